-- Hands over the refused rows with what was seen in the column that is to blame; the text of the row follows.
insert into staged_rejects (row_number, column_name, reason)
with refused_rows as (
    select
        source_row,
        split_part(refusal, ': ', 1) as column_name,
        split_part(refusal, ': ', 2) as reason
    from typed_rows
    where refusal is not null
),
refused_cells as (
    unpivot (
        select numbered_rows.*
        from numbered_rows
        inner join refused_rows on refused_rows.source_row = numbered_rows.source_row
    )
    on columns(* exclude (source_row))
    into name column_name value cell
)
select
    refused_rows.source_row,
    refused_rows.column_name,
    case
        when clean(refused_cells.cell) is null then 'empty'
        else refused_rows.reason || ': "' || clean(refused_cells.cell) || '"'
    end
from refused_rows
left join refused_cells
    on refused_cells.source_row = refused_rows.source_row
    and refused_cells.column_name = refused_rows.column_name
order by refused_rows.source_row
