-- Payments that no export holds: one shows only that something was settled.
-- grain: subject
-- severity: error, warning or info
-- subject: what it is about
-- client: key of the client; null = no one client
-- detail: what was seen
-- remedy: what to do
select
    'info' as severity,
    concat('derived payments in ', c.currency) as subject,
    cast(null as varchar) as client,
    concat(
        cast(count(*) as varchar), ' payments of ', cast(cast(sum(c.amount) as decimal(18, 2)) as varchar), ' ',
        c.currency, ' are derived; the day of ', cast(count(*) filter (where c.date_basis = 'assumed') as varchar),
        ' of them is not known: taken as the due date and left out of lateness'
    ) as detail,
    'Export the payments too, and load them: what is derived is then replaced.' as remedy
from credits as c
where c.origin = 'derived'
group by c.currency
order by c.currency
