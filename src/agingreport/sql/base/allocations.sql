-- Which part of a credit settles which debit, as the ledger knew it at the close of known_on.
-- What a program says of two documents that both are left out as told twice, the other program says too, or knows better.
-- grain: debit_id, credit_id, allocated_on
-- debit_id: document that is settled
-- credit_id: document that settles it
-- allocated_on: day of matching; null = unknown
-- amount: currency of both documents; always > 0
-- origin: export, or derived where the export cannot say it
select
    coalesce(d.counted_as, a.debit_id) as debit_id,
    coalesce(c.counted_as, a.credit_id) as credit_id,
    a.allocated_on as allocated_on,
    a.amount as amount,
    a.origin as origin
from ledger.allocations as a
left join twins as d on d.document_id = a.debit_id
left join twins as c on c.document_id = a.credit_id
where (d.document_id is null or c.document_id is null)
    and a.loaded_by <= $known_load
    and (a.replaced_by is null or a.replaced_by > $known_load)
