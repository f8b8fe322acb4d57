-- A file of allocations, straight into staged allocations, where every cell is written as we would write it.
-- is_plain: false where a cell is not, and the row must be read the careful way (text rows, then allocations.sql)
drop table if exists csv_rejects;

drop table if exists csv_scans;

create or replace temp table staged_allocations as
with text_rows as (
    select unnest($all_columns)
    where false
    union all by name
    select columns('^[a-z]')
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
),
read_rows as (
    select
        clean(debit_id) as debit_id,
        clean(credit_id) as credit_id,
        plain_amount(amount, '.') as amount,
        plain_date(allocated_on) as allocated_on,
        allocated_on as seen_date
    from text_rows
)
select
    debit_id,
    credit_id,
    amount,
    allocated_on,
    cast(null as bigint) as source_row,
    1 as source_rows,
    coalesce(
        debit_id is not null
        and credit_id is not null
        and amount > 0
        and (allocated_on is not null or seen_date is null),
        false
    ) as is_plain
from read_rows
