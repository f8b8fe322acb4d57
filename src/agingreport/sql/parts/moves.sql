-- Everything that has changed what is open on a debit by the close of as_of: its billing, and each settlement.
-- Added up, the moves of a debit are what is still open of it.
-- grain: document_id, instalment_number, credit_id, allocated_on
-- document_id: the debit
-- instalment_number: part of the debit
-- credit_id: document that settles it; null = the billing itself
-- allocated_on: day of matching; null = unknown, or the billing
-- currency: ISO 4217
-- kind: of the debit: invoice, journal_debit or refund
-- document_date: of the debit
-- aged_from: date the debit is aged from
-- exit: paid, credited or written off; null = the billing
-- moved_on: document date of the billing, or the day the settlement counts from
-- move_amount: currency; positive for the billing, negative for a settlement
select
    d.document_id as document_id,
    d.instalment_number as instalment_number,
    cast(null as varchar) as credit_id,
    cast(null as date) as allocated_on,
    d.currency as currency,
    d.kind as kind,
    d.document_date as document_date,
    d.aged_from as aged_from,
    cast(null as varchar) as exit,
    d.document_date as moved_on,
    d.due_amount as move_amount
from dues as d
union all
select
    d.document_id,
    d.instalment_number,
    s.credit_id,
    s.allocated_on,
    d.currency,
    d.kind,
    d.document_date,
    d.aged_from,
    e.exit,
    s.settled_on,
    -s.settled_amount
from due_settlements as s
inner join dues as d on d.document_id = s.document_id and d.instalment_number = s.instalment_number
inner join exits as e on e.credit_kind = s.credit_kind
