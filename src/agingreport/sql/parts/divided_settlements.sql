-- The settlements of what is in divided_dues: the only ones that have to be added up.
-- Nine debits in ten are simple, and settled at one stroke: posted_debits has what has settled those.
-- shared
-- grain: document_key, instalment_number, credit_id, allocated_on
-- document_key: of the debit, as in documents
-- instalment_number: part of the debit
-- credit_id: document that settles it
-- credit_key: document_key of the same
-- allocated_on: day of matching; null = unknown
-- credit_kind: kind of the credit
-- settled_on: day the settlement counts from
-- settled_amount: currency; always > 0
-- date_basis: what the date of a derived credit rests on; null for exported ones
select
    d.document_key as document_key,
    d.instalment_number as instalment_number,
    s.credit_id as credit_id,
    s.credit_key as credit_key,
    s.allocated_on as allocated_on,
    s.credit_kind as credit_kind,
    s.settled_on as settled_on,
    s.settled_amount as settled_amount,
    s.date_basis as date_basis
from settlements as s
inner join divided_dues as d on d.document_key = s.debit_key
where d.is_single
union all
select
    p.document_key,
    p.instalment_number,
    p.credit_id,
    p.credit_key,
    p.allocated_on,
    p.credit_kind,
    p.settled_on,
    p.settled_amount,
    p.date_basis
from part_settlements as p
