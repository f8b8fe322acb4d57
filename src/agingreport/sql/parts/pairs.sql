-- Each allocation with the two posted documents that it brings together, in one currency, whatever their dates.
-- No date and no policy is in it, so it is worked out once a load: on a million invoices the joins by text id that it
-- saves every report are three quarters of a second.
-- kept
-- grain: debit_key, credit_key, allocated_on
-- debit_key: document_key of the document that is settled
-- credit_key: document_key of the document that settles it
-- debit_id: document_id of the same
-- credit_id: document_id of the same
-- allocated_on: day of matching; null = unknown
-- client: client of the debit
-- currency: of both documents
-- credit_kind: kind of the credit
-- documented_on: later of the two document dates
-- matched_on: day of matching where that is later still, else documented_on
-- allocated_amount: currency; > 0
-- debit_amount: currency; the whole debit
-- credit_amount: currency; the whole credit
-- is_sole: the debit has no other allocation
-- is_contested: more is allocated of its credit, or to its debit, than there is, on whatever date
-- is_whole: it takes the whole of its credit, and counts in full
-- origin: export, or derived where the match is ours
-- date_basis: what the date of a derived credit rests on; null for exported ones
with shared_debits as (
    select
        a.debit_id as debit_id,
        sum(a.amount) as allocated_amount
    from allocations as a
    group by a.debit_id
    having count(*) > 1
),

shared_credits as (
    select
        a.credit_id as credit_id,
        sum(a.amount) as allocated_amount
    from allocations as a
    group by a.credit_id
    having count(*) > 1
)

select
    d.document_key as debit_key,
    c.document_key as credit_key,
    a.debit_id as debit_id,
    a.credit_id as credit_id,
    a.allocated_on as allocated_on,
    d.client as client,
    d.currency as currency,
    c.kind as credit_kind,
    greatest(d.document_date, c.document_date) as documented_on,
    greatest(d.document_date, c.document_date, coalesce(a.allocated_on, d.document_date)) as matched_on,
    a.amount as allocated_amount,
    d.amount as debit_amount,
    c.amount as credit_amount,
    s.debit_id is null as is_sole,
    coalesce(s.allocated_amount, a.amount) > d.amount
        or coalesce(t.allocated_amount, a.amount) > c.amount as is_contested,
    a.amount = c.amount
        and coalesce(s.allocated_amount, a.amount) <= d.amount
        and coalesce(t.allocated_amount, a.amount) <= c.amount as is_whole,
    a.origin as origin,
    c.date_basis as date_basis
from allocations as a
inner join documents as d on d.document_id = a.debit_id
inner join documents as c on c.document_id = a.credit_id
left join shared_debits as s on s.debit_id = a.debit_id
left join shared_credits as t on t.credit_id = a.credit_id
-- One currency, so written that no plan can begin by joining all documents of a currency with one another.
where least(d.currency, c.currency) = greatest(d.currency, c.currency)
    and d.status = 'posted'
    and c.status = 'posted'
    and d.kind in ('invoice', 'journal_debit', 'refund')
    and c.kind in ('credit_note', 'payment', 'journal_credit', 'write_off')
-- The contested ones, one in a hundred, stand together, and so do those of a debit that has several, one in five: finding
-- them takes 0.01 s and not 0.07 s in a million.
order by is_contested, is_sole
