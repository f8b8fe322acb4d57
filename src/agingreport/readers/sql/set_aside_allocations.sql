-- Sets the rows that were read the quick way aside, as typed rows.
create or replace temp table plain_rows as
select
    source_row,
    debit_id,
    credit_id,
    amount,
    allocated_on,
    false as is_skipped,
    cast(null as varchar) as refusal
from staged_allocations
