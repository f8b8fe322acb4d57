-- The distinct pairs of a document date and its due date as written, and how many rows have them.
select
    document_date,
    due_date,
    count(*) as row_count
from text_rows
where clean(document_date) is not null
    and clean(due_date) is not null
group by all
