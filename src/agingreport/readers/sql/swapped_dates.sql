-- Of the rows with two dates in ISO form: how many there are, how many are due before their date, and how many would be
-- if day and month changed places in each date that allows it.
with dated_rows as (
    select
        plain_date(document_date) as document_date,
        plain_date(due_date) as due_date
    from text_rows
    where plain_date(document_date) is not null
        and plain_date(due_date) is not null
),
swapped_rows as (
    select
        *,
        coalesce(try_strptime(strftime(document_date, '%Y-%d-%m'), '%Y-%m-%d'), document_date) as swapped_date,
        coalesce(try_strptime(strftime(due_date, '%Y-%d-%m'), '%Y-%m-%d'), due_date) as swapped_due_date
    from dated_rows
)
select
    count(*),
    count(*) filter (where due_date < document_date),
    count(*) filter (where swapped_due_date < swapped_date)
from swapped_rows
