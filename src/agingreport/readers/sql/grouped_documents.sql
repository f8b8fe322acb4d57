-- Typed rows -> one row each document that has several: the last row of an id speaks, the first gives its place.
create or replace temp table grouped_rows as
select
    typed_rows.* exclude (source_row),
    grouped.first_row as source_row,
    grouped.row_count as source_rows
from typed_rows
inner join (
    select
        min(source_row) as first_row,
        max(source_row) as last_row,
        count(*) as row_count
    from typed_rows
    where refusal is null
        and not is_skipped
    group by document_id
) as grouped on typed_rows.source_row = grouped.last_row;

create or replace temp view spoken_rows as
select * from grouped_rows
