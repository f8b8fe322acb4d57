-- Debts of which more was settled than was due, so that less than nothing is open: a fault of this package.
-- grain: subject
-- severity: error, warning or info
-- subject: what it is about
-- client: key of the client; null = no one client
-- detail: what was seen
-- remedy: what to do
select
    'error' as severity,
    concat(d.document_id, ', part ', cast(t.instalment_number as varchar)) as subject,
    t.client as client,
    concat(
        cast(cast(t.settled_amount as decimal(18, 2)) as varchar), ' settled of ',
        cast(cast(t.due_amount as decimal(18, 2)) as varchar), ' ', t.currency
    ) as detail,
    'Please report it; the figures of this client are not to be relied on.' as remedy
from due_totals as t
inner join debits as d on d.document_key = t.document_key
where t.settled_amount > t.due_amount
order by d.document_id, t.instalment_number
