-- Files that were refused, or of which rows were, and that nothing has mended since.
-- grain: subject, detail
-- severity: error, warning or info
-- subject: what it is about
-- client: key of the client; null = no one client
-- detail: what was seen
-- remedy: what to do
select
    case when count(r.row_number) = 0 then 'warning' else 'error' end as severity,
    r.file_name as subject,
    cast(null as varchar) as client,
    case
        when count(r.row_number) = 0 then concat('refused whole: ', min(r.reason))
        else concat(
            cast(count(distinct r.row_number) as varchar), ' rows refused; the first is row ',
            cast(min(r.row_number) as varchar), ': ', arg_min(r.reason, r.row_number)
        )
    end as detail,
    'agingreport show rejects lists them whole. Mend them in the file, then agingreport load --retry.' as remedy
from rejects as r
group by r.source_id, r.file_name
order by r.file_name, r.source_id
