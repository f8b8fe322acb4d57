-- Typed rows -> staged allocations, where each row is one of its own.
insert into staged_allocations
select
    debit_id,
    credit_id,
    amount,
    allocated_on,
    source_row,
    1
from typed_rows
where refusal is null
