-- Loads, as text, the rows of a file that could not be read the quick way; see load_text.sql.
drop table if exists csv_rejects;

drop table if exists csv_scans;

create or replace temp table text_rows as
select
    cast(null as bigint) as source_row,
    unnest($all_columns)
where false
union all by name
select * from (
    select
        row_number() over () + 1 as source_row,
        columns('^[a-z]')
    from read_csv(
        $path,
        columns = $columns,
        header = false,
        skip = 1,
        delim = $delimiter,
        quote = $quote,
        escape = $quote,
        auto_detect = false,
        ignore_errors = true,
        store_rejects = true,
        rejects_table = 'csv_rejects',
        rejects_scan = 'csv_scans',
        max_line_size = 8000000
    )
)
where source_row in (select source_row from odd_rows);

create or replace temp view numbered_rows as
select * from text_rows
