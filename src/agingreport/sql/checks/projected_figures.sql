-- Figures of a day that the books have not heard of yet: as_of is later than the last load.
-- grain: subject
-- severity: error, warning or info
-- subject: what it is about
-- client: key of the client; null = no one client
-- detail: what was seen
-- remedy: what to do
with last_load as (
    select cast(max(s.loaded_at) as date) as loaded_on from sources as s
)

select
    'warning' as severity,
    concat('day ', cast($as_of as varchar)) as subject,
    cast(null as varchar) as client,
    concat(
        'projected: the books were last loaded on ', cast(l.loaded_on as varchar),
        ', and these figures are as if nothing happened since'
    ) as detail,
    'Read them as what will be if nobody pays, or load newer exports.' as remedy
from last_load as l
where l.loaded_on < $as_of
