-- How many rows DuckDB could not cut, or hold a cell that is not written plainly.
select
    (select count(*) from csv_rejects)
    + (select count(*) from typed_rows where not is_plain) as row_count
