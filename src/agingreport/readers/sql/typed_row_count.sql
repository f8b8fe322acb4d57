-- How many rows the file has below its header.
select count(*) from typed_rows
