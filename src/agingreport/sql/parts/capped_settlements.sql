-- What counts by the close of as_of of the allocations that compete for a credit or a debit that is too small for all.
-- grain: debit_id, credit_id, allocated_on
-- debit_id: document that is settled
-- credit_id: document that settles it
-- debit_key: document_key of the debit; for joins
-- credit_key: document_key of the credit; for joins
-- allocated_on: day of matching; null = unknown
-- client: client of the debit
-- currency: of both documents
-- credit_kind: kind of the credit
-- settled_on: later of the two document dates, or by policy the day of matching where that is later still
-- settled_amount: currency of the documents; always > 0
-- is_sole: the debit has no other allocation, on any date
-- origin: export, or derived where the match is ours
-- date_basis: what the date of a derived credit rests on; null for exported ones
select
    c.debit_id as debit_id,
    c.credit_id as credit_id,
    c.debit_key as debit_key,
    c.credit_key as credit_key,
    c.allocated_on as allocated_on,
    c.client as client,
    c.currency as currency,
    c.credit_kind as credit_kind,
    c.settled_on as settled_on,
    c.settled_amount as settled_amount,
    c.is_sole as is_sole,
    c.origin as origin,
    c.date_basis as date_basis
from contested_settlements as c
inner join conventions as v on c.is_by_match = (v.allocation_effective = 'allocation')
where c.settled_on <= $as_of
