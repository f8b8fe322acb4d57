-- Loads a file whose place, columns and delimiter are known; nothing is sniffed, every cell is text.
-- Columns whose name starts with an underscore are left; those that the file lacks are null.
-- Rows that cannot be cut go to csv_rejects. One statement, for DuckDB 2.0.0 loses rows that are inserted into a table
-- which the same transaction created empty by `create table as`.
drop table if exists csv_rejects;

drop table if exists csv_scans;

create or replace temp table text_rows as
select
    cast(null as bigint) as source_row,
    unnest($all_columns)
where false
union all by name
select
    columns('^[a-z]')
from read_csv(
    $path,
    columns = $columns,
    header = false,
    skip = $skip,
    delim = $delimiter,
    quote = $quote,
    escape = $quote,
    auto_detect = false,
    ignore_errors = true,
    store_rejects = true,
    rejects_table = 'csv_rejects',
    rejects_scan = 'csv_scans',
    max_line_size = 8000000
);

-- The rows with their numbers: those of a file loaded as it stands follow its header, in the first row.
create or replace temp view numbered_rows as
select
    coalesce(source_row, rowid - (select min(rowid) from text_rows) + 2) as source_row,
    text_rows.* exclude (source_row)
from text_rows
