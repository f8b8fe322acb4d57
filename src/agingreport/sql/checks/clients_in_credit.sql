-- Clients to whom money is owed rather than the other way round.
-- grain: subject
-- severity: error, warning or info
-- subject: what it is about
-- client: key of the client; null = no one client
-- detail: what was seen
-- remedy: what to do
select
    'info' as severity,
    concat('balance of ', b.client, ' in ', b.currency) as subject,
    b.client as client,
    concat(cast(cast(-b.balance as decimal(18, 2)) as varchar), ' ', b.currency, ' in credit') as detail,
    'Set it against an open invoice, or give it back.' as remedy
from balances as b
where b.balance < 0
order by b.client, b.currency
