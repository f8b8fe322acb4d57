-- The currencies of invoices before the months shown without an exchange rate on some of their days, in words for a check.
-- grain: currency, is_in_sales_period
-- currency: ISO 4217
-- is_in_sales_period: the sales that the first of the month ends is measured against hold the days
-- detail: what was seen
-- remedy: what to do
with first_days as (
    select
        date_trunc('month', min(e.month_end)) as first_day,
        min(e.month_end) as first_month_end
    from month_ends as e
),

missing_days as (
    select
        s.currency as currency,
        s.billed_on as billed_on,
        date_diff('day', s.billed_on, f.first_month_end) < v.dso_period_days as is_in_sales_period
    from sales as s
    cross join first_days as f
    cross join conventions as v
    inner join conversion_rates as r on r.currency = s.currency and r.needed_on = s.billed_on
    where s.billed_on < f.first_day
        and r.rate is null
        and v.reporting_currency is not null
),

missing as (
    select
        d.currency as currency,
        d.is_in_sales_period as is_in_sales_period,
        min(d.billed_on) as first_day,
        max(d.billed_on) as last_day,
        count(*) as day_count
    from missing_days as d
    group by d.currency, d.is_in_sales_period
)

select
    m.currency as currency,
    m.is_in_sales_period as is_in_sales_period,
    concat(
        'there is no rate of ', m.currency, ' in ', v.reporting_currency, ' for ', cast(m.first_day as varchar),
        ' or the ', cast(v.fx_rate_max_age_days as varchar), ' days before; days without a rate: ',
        cast(m.day_count as varchar), ', the last is ', cast(m.last_day as varchar)
    ) as detail,
    concat('Load a file of rates: date, currency, rate (units of ', v.reporting_currency, ' for one); or eurofxref-hist.csv of the European Central Bank.') as remedy
from missing as m
cross join conventions as v
