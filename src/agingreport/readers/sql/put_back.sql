-- Brings the rows that were read the quick way and those that were read the careful way together.
create or replace temp table typed_rows as
select * from plain_rows
union all by name
select * from typed_rows
