-- Documents with more allocated than there is; the excess is left unapplied.
-- grain: subject
-- severity: error, warning or info
-- subject: what it is about
-- client: key of the client; null = no one client
-- detail: what was seen
-- remedy: what to do
with used as (
    select a.debit_id as document_id, sum(a.amount) as allocated_amount
    from allocations as a
    group by a.debit_id
    union all
    select a.credit_id, sum(a.amount)
    from allocations as a
    inner join debits as d on d.document_id = a.debit_id and d.kind <> 'refund'
    group by a.credit_id
)

select
    'warning' as severity,
    d.document_id as subject,
    d.client as client,
    concat(
        cast(cast(u.allocated_amount as decimal(18, 2)) as varchar), ' allocated, ',
        cast(cast(d.amount as decimal(18, 2)) as varchar), ' ', d.currency, ' is all there is'
    ) as detail,
    'Correct the matching in the billing program; until then the earliest matches count and the rest is unapplied.'
        as remedy
from used as u
inner join documents as d on d.document_id = u.document_id
where u.allocated_amount > d.amount and d.document_date <= $as_of and d.status = 'posted'
order by d.document_id
