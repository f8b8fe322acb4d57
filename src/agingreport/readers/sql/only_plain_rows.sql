-- The rows that were set aside are all there are.
create or replace temp table typed_rows as
select * from plain_rows
