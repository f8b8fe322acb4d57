-- How many rows settle the same debit with the same credit on the same day as another row. Equal hashes of different
-- ones only cost time.
select count(*) - count(distinct hash(debit_id, credit_id, allocated_on))
from typed_rows
where refusal is null
