-- The settlements of each part of a debit that took more than one.
-- Nine debits in ten are settled at one stroke, which due_states knows: only these are looked at one by one.
-- shared
-- grain: document_key, instalment_number, credit_id, allocated_on
-- document_key: of the debit, as in documents
-- instalment_number: part of the debit
-- credit_id: document that settles it
-- allocated_on: day of matching; null = unknown
-- currency: of both documents
-- credit_kind: kind of the credit
-- aged_from: date the part is aged from
-- settled_on: day the settlement counts from
-- settled_amount: currency; always > 0
select
    s.document_key as document_key,
    s.instalment_number as instalment_number,
    s.credit_id as credit_id,
    s.allocated_on as allocated_on,
    s.currency as currency,
    s.credit_kind as credit_kind,
    s.aged_from as aged_from,
    s.settled_on as settled_on,
    s.settled_amount as settled_amount
from due_settlements as s
where s.settlement_count > 1
    -- follows from it, and saves joining the others
    and not s.is_sole
