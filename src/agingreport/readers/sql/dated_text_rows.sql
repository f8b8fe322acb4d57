-- The dates of the text rows that have two in ISO form.
create or replace temp view dated_rows as
select
    plain_date(document_date) as document_date,
    plain_date(due_date) as due_date
from text_rows
where plain_date(document_date) is not null
    and plain_date(due_date) is not null
