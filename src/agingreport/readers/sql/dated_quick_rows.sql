-- The dates of the rows of a plain file that have two in ISO form.
create or replace temp view dated_rows as
select
    document_date,
    due_date
from staged_documents
where document_date is not null
    and due_date is not null
