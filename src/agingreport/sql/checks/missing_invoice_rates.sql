-- Currencies without an exchange rate on the day of an invoice that is older than the months shown and the sales period before them.
-- grain: subject
-- severity: error, warning or info
-- subject: what it is about
-- client: key of the client; null = no one client
-- detail: what was seen
-- remedy: what to do
select
    'info' as severity,
    concat('rates of old invoices in ', o.currency) as subject,
    cast(null as varchar) as client,
    o.detail as detail,
    o.remedy as remedy
from older_rates_missing as o
where not o.is_in_sales_period
order by o.currency
