-- Of the rows that were read the quick way: how many, how many DuckDB could not cut, how many hold a cell that is not
-- written plainly, and how many settle the same as another. Equal hashes of different ones only cost time.
select
    count(*),
    (select count(*) from csv_rejects),
    count(*) filter (not is_plain),
    count(*) - count(distinct hash(debit_id, credit_id, allocated_on))
from staged_allocations
