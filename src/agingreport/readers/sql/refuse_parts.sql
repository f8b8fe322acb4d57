-- Refuses the lines of a document that has a refused line: without it their total would be wrong.
update typed_rows
set refusal = 'number: another line of it is refused'
from (
    select distinct
        lower(number) as number,
        folded(client) as client
    from typed_rows
    where refusal is not null
        and number is not null
) as spoilt
where lower(typed_rows.number) = spoilt.number
    and folded(typed_rows.client) = spoilt.client
    and typed_rows.refusal is null
    and not typed_rows.is_skipped
    and not typed_rows.is_unnumbered
