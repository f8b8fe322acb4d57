-- The days that a report can speak of, by the days past due of its rows: one, if they agree.
select distinct
    cast(typed_rows.due_date + to_days(try_cast(trim(numbered_rows.days_past_due) as integer)) as date) as stated_on
from typed_rows
inner join numbered_rows on numbered_rows.source_row = typed_rows.source_row
where try_cast(trim(numbered_rows.days_past_due) as integer) > 0
    and typed_rows.due_date is not null
limit 2
