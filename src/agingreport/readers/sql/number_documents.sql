-- Tells documents without a number apart: equal ones are counted in the order of the file, so that the same export,
-- read again, gives the same ids.
update typed_rows
set document_id = typed_rows.document_id || ':' || numbered.running_number
from (
    select
        source_row,
        row_number() over (partition by document_id order by source_row) as running_number
    from typed_rows
    where is_unnumbered
        and refusal is null
        and not is_skipped
) as numbered
where typed_rows.source_row = numbered.source_row
