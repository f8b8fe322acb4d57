-- The totals that a report prints, against the rows that were taken from it -> staged differences, in order of the file.
create or replace temp table printed_totals as
select
    unnest($rows::bigint[]) as row_number,
    unnest($labels::varchar[]) as label,
    unnest($first_rows::bigint[]) as first_row,
    unnest($columns::varchar[]) as column_name,
    unnest($amounts::decimal(18, 4)[]) as printed_amount,
    unnest($least_days::integer[]) as least_days,
    unnest($most_days::integer[]) as most_days;

create or replace temp table counted_cells as
with written_cells as (
    unpivot (
        select
            source_row,
            columns(lambda name: name in ('amount', 'open_amount'))
        from numbered_rows
    )
    on columns(* exclude (source_row))
    into name column_name value cell
),
all_cells as (
    select
        written_cells.source_row,
        written_cells.column_name,
        coalesce(plain_amount(written_cells.cell, $decimal_mark), cast(words.value as decimal(18, 4))) as amount
    from written_cells
    left join number_words as words on words.word = written_cells.cell
    union all
    select
        unnest($cell_rows::bigint[]),
        unnest($cell_titles::varchar[]),
        unnest($cell_amounts::decimal(18, 4)[])
)
select
    all_cells.*,
    typed_rows.currency,
    date_diff('day', coalesce(typed_rows.due_date, typed_rows.document_date), cast($statement_date as date)) as days_past_due
from all_cells
inner join typed_rows on typed_rows.source_row = all_cells.source_row
where typed_rows.refusal is null
    and not typed_rows.is_skipped;

insert into staged_total_differences
with compared_totals as (
    select
        total.*,
        coalesce(sum(cell.amount), 0) as counted_amount,
        min(cell.currency) as currency,
        count(distinct cell.currency) as currency_count
    from printed_totals as total
    left join counted_cells as cell
        on cell.column_name = total.column_name
        and cell.source_row between total.first_row and total.row_number
    group by all
),
aged_totals as (
    select
        total.*,
        coalesce(sum(cell.amount), 0) as counted_amount,
        min(cell.currency) as currency,
        count(distinct cell.currency) as currency_count
    from printed_totals as total
    left join counted_cells as cell
        on cell.column_name = total.column_name
        and cell.days_past_due between total.least_days and total.most_days
    where total.column_name = 'open_amount'
        and total.least_days is not null
        and $statement_date is not null
    group by all
),
all_totals as (
    select compared_totals.*, false as is_by_date from compared_totals
    union all
    select aged_totals.*, true from aged_totals
)
select
    row_number,
    label,
    column_name,
    currency,
    printed_amount,
    counted_amount,
    is_by_date
from all_totals
where currency_count <= 1
    and round(printed_amount, 2) <> round(counted_amount, 2)
-- One that is not even that of its rows says nothing of ages.
qualify row_number() over (partition by all_totals.row_number, column_name order by is_by_date) = 1;

select
    row_number,
    label,
    column_name,
    currency,
    printed_amount,
    counted_amount,
    is_by_date
from staged_total_differences
order by is_by_date, row_number, column_name
