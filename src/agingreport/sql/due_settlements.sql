-- Which credit has settled which part of a debit by the close of as_of; the earliest part is filled first.
-- shared
-- grain: document_id, instalment_number, credit_id, allocated_on
-- document_id: the debit
-- instalment_number: part of the debit
-- credit_id: document that settles it
-- allocated_on: day of matching; null = unknown
-- currency: of both documents
-- credit_kind: kind of the credit
-- aged_from: date the part is aged from
-- settled_on: day the settlement counts from
-- settled_amount: currency; always > 0
-- date_basis: what the date of a derived credit rests on; null for exported ones
with settled_parts as (
    select
        s.debit_id as debit_id,
        s.credit_id as credit_id,
        s.allocated_on as allocated_on,
        s.currency as currency,
        s.credit_kind as credit_kind,
        s.settled_on as settled_on,
        s.settled_amount as settled_amount,
        s.date_basis as date_basis,
        coalesce(sum(s.settled_amount) over (
            partition by s.debit_id
            order by s.settled_on, s.allocated_on, s.credit_id
            rows between unbounded preceding and 1 preceding
        ), 0) as settled_from
    from settlements as s
    where s.debit_id in (select d.document_id from dues as d where not d.is_single)
)

select
    d.document_id as document_id,
    d.instalment_number as instalment_number,
    s.credit_id as credit_id,
    s.allocated_on as allocated_on,
    s.currency as currency,
    s.credit_kind as credit_kind,
    d.aged_from as aged_from,
    s.settled_on as settled_on,
    s.settled_amount as settled_amount,
    s.date_basis as date_basis
from settlements as s
inner join dues as d on d.document_id = s.debit_id
where d.is_single
union all
select
    d.document_id,
    d.instalment_number,
    s.credit_id,
    s.allocated_on,
    s.currency,
    s.credit_kind,
    d.aged_from,
    s.settled_on,
    cast(
        least(s.settled_from + s.settled_amount, d.due_from + d.due_amount) - greatest(s.settled_from, d.due_from)
        as decimal(18, 4)
    ),
    s.date_basis
from settled_parts as s
inner join dues as d on d.document_id = s.debit_id
where not d.is_single
    and s.settled_from < d.due_from + d.due_amount
    and d.due_from < s.settled_from + s.settled_amount
