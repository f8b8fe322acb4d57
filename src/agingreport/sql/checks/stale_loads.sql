-- Programs of which the newest export is older than as_of by more than the policy allows: their books may have moved since.
-- grain: subject
-- severity: error, warning or info
-- subject: what it is about
-- client: key of the client; null = no one client
-- detail: what was seen
-- remedy: what to do
with loaded as (
    select
        s.reader as reader,
        max(cast(s.loaded_at as date)) as loaded_on
    from sources as s
    where s.source_id in (select d.source_id from documents as d)
    group by s.reader
)

select
    'info' as severity,
    concat('exports of ', l.reader) as subject,
    cast(null as varchar) as client,
    concat(
        'last loaded on ', cast(l.loaded_on as varchar), ', ',
        cast(date_diff('day', l.loaded_on, $as_of) as varchar), ' days before ', cast($as_of as varchar)
    ) as detail,
    'Load its newest export, unless the program is no longer used.' as remedy
from loaded as l
cross join conventions as v
where date_diff('day', l.loaded_on, $as_of) > v.stale_load_days
order by l.reader
