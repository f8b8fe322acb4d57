-- The rows that were read the quick way are all there are.
create or replace temp table typed_rows as
select * from plain_rows
