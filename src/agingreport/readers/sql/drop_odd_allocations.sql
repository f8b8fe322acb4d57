-- Names the rows that must be read the careful way, and leaves only the others staged.
create or replace temp table odd_rows as
select source_row from staged_allocations where not is_plain;

delete from staged_allocations where not is_plain
