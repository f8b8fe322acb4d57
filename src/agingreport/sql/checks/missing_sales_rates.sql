-- Currencies without an exchange rate on the day of an invoice before the months shown, yet in the sales period of their first month end.
-- grain: subject
-- severity: error, warning or info
-- subject: what it is about
-- client: key of the client; null = no one client
-- detail: what was seen
-- remedy: what to do
select
    'info' as severity,
    concat('rates of the first sales in ', o.currency) as subject,
    cast(null as varchar) as client,
    o.detail as detail,
    o.remedy as remedy
from older_rates_missing as o
where o.is_in_sales_period
order by o.currency
