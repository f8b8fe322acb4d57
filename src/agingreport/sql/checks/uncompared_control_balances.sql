-- Control balances of days that are no month end of the trend: nothing is compared with them.
-- grain: subject
-- severity: error, warning or info
-- subject: what it is about
-- client: key of the client; null = no one client
-- detail: what was seen
-- remedy: what to do
select
    'warning' as severity,
    concat('control balance in ', c.currency, ' of ', cast(c.control_date as varchar)) as subject,
    cast(null as varchar) as client,
    concat(cast(cast(c.balance as decimal(18, 2)) as varchar), ' is compared with nothing: its day is no month end') as detail,
    concat(
        'Give the balance of ', cast(last_day(c.control_date) as varchar), ', or ask for that day: show tie_out --as-of ',
        cast(c.control_date as varchar)
    ) as remedy
from control_balances as c
where c.control_date <= $as_of
    and c.control_date >= (select date_trunc('month', min(e.month_end)) from month_ends as e)
    and c.control_date not in (select e.month_end from month_ends as e)
order by c.control_date, c.currency
