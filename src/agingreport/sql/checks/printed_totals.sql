-- Files that print a total which is not that of their rows, or an age group which is not that of the due dates.
-- grain: subject
-- severity: error, warning or info
-- subject: what it is about
-- client: key of the client; null = no one client
-- detail: what was seen
-- remedy: what to do
with firsts as (
    select
        t.file_name as file_name,
        t.is_by_date as is_by_date,
        count(*) as total_count,
        arg_min(t.label, t.row_number) as label,
        min(t.row_number) as row_number,
        arg_min(t.printed_amount, t.row_number) as printed_amount,
        arg_min(t.counted_amount, t.row_number) as counted_amount,
        arg_min(t.currency, t.row_number) as currency
    from total_differences as t
    group by t.source_id, t.file_name, t.is_by_date
    qualify row_number() over (partition by t.file_name, t.is_by_date order by t.source_id desc) = 1
)

select
    case when f.is_by_date then 'info' else 'warning' end as severity,
    concat(case when f.is_by_date then 'age groups of ' else 'totals of ' end, f.file_name) as subject,
    cast(null as varchar) as client,
    concat(
        cast(f.total_count as varchar), ' differ; the first is row ', cast(f.row_number as varchar), ' (', f.label,
        '): ', cast(cast(f.printed_amount as decimal(18, 2)) as varchar), ' is printed, ',
        cast(cast(f.counted_amount as decimal(18, 2)) as varchar), coalesce(concat(' ', f.currency), ''),
        case when f.is_by_date then ' is of that age by the due dates' else ' is what the rows taken come to' end
    ) as detail,
    case
        when f.is_by_date then 'Nothing, if the program ages by another date; our buckets come from the due dates.'
        else 'See that no row is missing or refused; ours come from the rows, and the printed total is never used.'
    end as remedy
from firsts as f
order by subject
