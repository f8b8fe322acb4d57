-- Files of which rows were refused.
-- grain: subject
-- severity: error, warning or info
-- subject: what it is about
-- client: key of the client; null = no one client
-- detail: what was seen
-- remedy: what to do
select
    'error' as severity,
    r.file_name as subject,
    cast(null as varchar) as client,
    concat(
        cast(count(distinct r.row_number) as varchar), ' rows refused; the first is row ',
        cast(min(r.row_number) as varchar), ': ', arg_min(r.reason, r.row_number)
    ) as detail,
    'agingreport show rejects lists them whole; mend them in the file and load it again.' as remedy
from rejects as r
group by r.file_name
order by r.file_name
