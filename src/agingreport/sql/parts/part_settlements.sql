-- Which settlement has settled which part of a document that falls due in instalments.
-- The earliest part is filled first.
-- shared
-- grain: document_key, instalment_number, credit_key, allocated_on
-- document_key: of the debit
-- instalment_number: part of the debit
-- document_id: the debit
-- credit_id: document that settles it
-- credit_key: document_key of the same
-- allocated_on: day of matching; null = unknown
-- currency: of both documents
-- credit_kind: kind of the credit
-- settled_on: day the settlement counts from
-- settled_amount: currency; always > 0
-- date_basis: what the date of a derived credit rests on; null for exported ones
with in_order as (
    select
        s.debit_key as document_key,
        s.debit_id as document_id,
        s.credit_id as credit_id,
        s.credit_key as credit_key,
        s.allocated_on as allocated_on,
        s.currency as currency,
        s.credit_kind as credit_kind,
        s.settled_on as settled_on,
        s.settled_amount as settled_amount,
        s.date_basis as date_basis,
        coalesce(sum(s.settled_amount) over (
            partition by s.debit_key
            order by s.settled_on, s.allocated_on, s.credit_id
            rows between unbounded preceding and 1 preceding
        ), 0) as settled_from
    from settlements as s
    where s.debit_key in (select p.document_key from instalment_parts as p)
)

select
    p.document_key as document_key,
    p.instalment_number as instalment_number,
    o.document_id as document_id,
    o.credit_id as credit_id,
    o.credit_key as credit_key,
    o.allocated_on as allocated_on,
    o.currency as currency,
    o.credit_kind as credit_kind,
    o.settled_on as settled_on,
    cast(
        least(o.settled_from + o.settled_amount, p.due_from + p.due_amount) - greatest(o.settled_from, p.due_from)
        as decimal(18, 4)
    ) as settled_amount,
    o.date_basis as date_basis
from in_order as o
inner join instalment_parts as p on p.document_key = o.document_key
where o.settled_from < p.due_from + p.due_amount
    and p.due_from < o.settled_from + o.settled_amount
