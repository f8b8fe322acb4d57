-- Puts the rows that were set aside to those that were read the careful way.
create or replace temp table typed_rows as
select * from plain_rows
union all by name
select * from typed_rows
