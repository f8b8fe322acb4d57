-- Sets the rows that were read the quick way aside, as typed rows, and names those that must be read the careful way.
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
where is_plain;

create or replace temp table odd_rows as
select source_row from staged_allocations where not is_plain
