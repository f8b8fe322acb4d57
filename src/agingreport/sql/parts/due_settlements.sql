-- Which credit has settled which part of a debit by the close of as_of; the earliest part is filled first.
-- grain: document_id, instalment_number, credit_id, allocated_on
-- document_id: the debit
-- document_key: as in documents; for joins
-- instalment_number: part of the debit
-- credit_id: document that settles it
-- allocated_on: day of matching; null = unknown
-- currency: of both documents
-- credit_kind: kind of the credit
-- aged_from: date the part is aged from
-- settlement_count: settlements of the part, this one and the others
-- settled_on: day the settlement counts from
-- settled_amount: currency; always > 0
-- date_basis: what the date of a derived credit rests on; null for exported ones
select
    s.debit_id as document_id,
    t.document_key as document_key,
    t.instalment_number as instalment_number,
    s.credit_id as credit_id,
    s.allocated_on as allocated_on,
    s.currency as currency,
    s.credit_kind as credit_kind,
    t.aged_from as aged_from,
    t.settlement_count as settlement_count,
    s.settled_on as settled_on,
    s.settled_amount as settled_amount,
    s.date_basis as date_basis
from settlements as s
inner join due_states as t on t.document_key = s.debit_key
where t.is_single
union all
select
    p.document_id,
    t.document_key,
    t.instalment_number,
    p.credit_id,
    p.allocated_on,
    p.currency,
    p.credit_kind,
    t.aged_from,
    t.settlement_count,
    p.settled_on,
    p.settled_amount,
    p.date_basis
from part_settlements as p
inner join due_states as t on t.document_key = p.document_key and t.instalment_number = p.instalment_number
