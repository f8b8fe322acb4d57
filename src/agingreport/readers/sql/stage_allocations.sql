-- Typed rows -> staged allocations; parts of one credit for one debit on one day are one allocation.
insert into staged_allocations
select
    debit_id,
    credit_id,
    sum(amount),
    allocated_on,
    min(source_row),
    count(*)
from typed_rows
where refusal is null
group by debit_id, credit_id, allocated_on
