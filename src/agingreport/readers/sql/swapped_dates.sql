-- Of the rows with two dates in ISO form: how many there are, how many are due before their date, and how many would be
-- if day and month changed places in each date that allows it.
with swapped_rows as (
    select
        *,
        case
            when day(document_date) > 12 then document_date
            else make_date(year(document_date), day(document_date), month(document_date))
        end as swapped_date,
        case
            when day(due_date) > 12 then due_date
            else make_date(year(due_date), day(due_date), month(due_date))
        end as swapped_due_date
    from dated_rows
)
select
    count(*),
    count(*) filter (where due_date < document_date),
    count(*) filter (where swapped_due_date < swapped_date)
from swapped_rows
