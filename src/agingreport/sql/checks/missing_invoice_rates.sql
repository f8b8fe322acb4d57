-- Currencies without an exchange rate on the day of an invoice that is older than the months shown and the sales period before them.
-- grain: subject
-- severity: error, warning or info
-- subject: what it is about
-- client: key of the client; null = no one client
-- detail: what was seen
-- remedy: what to do
with missing as (
    select o.currency as currency, min(o.billed_on) as first_day, max(o.billed_on) as last_day, count(*) as day_count
    from older_rates_missing as o
    where not o.is_in_sales_period
    group by o.currency
)

select
    'info' as severity,
    concat('rates of old invoices in ', m.currency) as subject,
    cast(null as varchar) as client,
    concat(
        'there is no rate of ', m.currency, ' in ', v.reporting_currency, ' for ', cast(m.first_day as varchar),
        ' or the ', cast(v.fx_rate_max_age_days as varchar), ' days before; days without a rate: ',
        cast(m.day_count as varchar), ', the last is ', cast(m.last_day as varchar)
    ) as detail,
    concat('Load a file of rates: date, currency, rate (units of ', v.reporting_currency, ' for one); or eurofxref-hist.csv of the European Central Bank.') as remedy
from missing as m
cross join conventions as v
order by m.currency
