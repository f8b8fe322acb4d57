-- The days that a report can speak of, by the ages of its rows: one, if they agree. Ages are counted from the due date,
-- or all from the date of the document: the file does not say which, so only one of the two may give a single day.
with aged_rows as (
    select
        typed_rows.document_date,
        coalesce(typed_rows.due_date, typed_rows.document_date) as due_date,
        to_days(try_cast(trim(numbered_rows.age_days) as integer)) as age
    from typed_rows
    inner join numbered_rows on numbered_rows.source_row = typed_rows.source_row
    where try_cast(trim(numbered_rows.age_days) as integer) is not null
        and typed_rows.document_date is not null
),

possible_days as (
    select 'due date' as counted_from, document_date, cast(due_date + age as date) as stated_on
    from aged_rows
    union all
    select 'document date', document_date, cast(document_date + age as date)
    from aged_rows
)

select distinct min(stated_on) as stated_on
from possible_days
group by counted_from
having min(stated_on) = max(stated_on)
    and min(stated_on) >= max(document_date)
