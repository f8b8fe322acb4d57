-- The days before the months shown on which an invoice is dated whose currency has no exchange rate for the day.
-- grain: currency, billed_on
-- currency: ISO 4217
-- billed_on: document date of invoices
-- is_in_sales_period: the sales that the first of the month ends is measured against hold the day
with first_days as (
    select
        date_trunc('month', min(e.month_end)) as first_day,
        min(e.month_end) as first_month_end
    from month_ends as e
)

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
