-- How many documents the file gives more than once, with something changed between.
select count(*)
from (
    select document_id
    from typed_rows
    where refusal is null
        and not is_skipped
    group by document_id
    having count(*) > 1
        and count(distinct (client, kind, document_date, due_date, amount, currency, status)) > 1
)
