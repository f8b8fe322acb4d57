-- Which part of a credit settles which debit, as the ledger knew it at $known_load.
-- grain: debit_id, credit_id, allocated_on
-- debit_id: document that is settled
-- credit_id: document that settles it
-- allocated_on: day of matching; null = unknown
-- amount: currency of both documents; always > 0
-- origin: export, or derived where the export cannot say it
select
    a.debit_id as debit_id,
    a.credit_id as credit_id,
    a.allocated_on as allocated_on,
    a.amount as amount,
    a.origin as origin
from ledger.allocations as a
where a.loaded_by <= $known_load
    and (a.replaced_by is null or a.replaced_by > $known_load)
