-- Which credit has settled which debit by the close of as_of, and on what day.
-- An allocation counts up to what is left of its credit and then up to what is left of its debit, earliest first;
-- the rest of it stays unapplied. It needs both documents posted, in one currency.
-- formula: settled_amount = allocated amount, capped by what is left of credit and debit, earliest first
-- credits: what is not set against a debt is not here: it is unapplied
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: our own
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
    p.debit_id as debit_id,
    p.credit_id as credit_id,
    p.debit_key as debit_key,
    p.credit_key as credit_key,
    p.allocated_on as allocated_on,
    p.client as client,
    p.currency as currency,
    p.credit_kind as credit_kind,
    case when v.allocation_effective = 'allocation' then p.matched_on else p.documented_on end as settled_on,
    p.allocated_amount as settled_amount,
    p.is_sole as is_sole,
    p.origin as origin,
    p.date_basis as date_basis
from pairs as p
cross join conventions as v
where not p.is_contested
    and case when v.allocation_effective = 'allocation' then p.matched_on else p.documented_on end <= $as_of
union all
select
    c.debit_id,
    c.credit_id,
    c.debit_key,
    c.credit_key,
    c.allocated_on,
    c.client,
    c.currency,
    c.credit_kind,
    c.settled_on,
    c.settled_amount,
    c.is_sole,
    c.origin,
    c.date_basis
from capped_settlements as c
