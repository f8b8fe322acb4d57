-- Orders of a person that name no route: they change nothing.
-- grain: subject
-- severity: error, warning or info
-- subject: what it is about
-- client: key of the client; null = no one client
-- detail: what was seen
-- remedy: what to do
select
    'warning' as severity,
    concat('order ', cast(k.contact_id as varchar), ' of ', cast(k.contact_date as varchar)) as subject,
    k.client as client,
    concat('"', coalesce(k.outcome, ''), '" is no route', coalesce(concat(', for ', k.document_id), '')) as detail,
    'Write a route as its outcome, such as agency or write_off: agingreport show routes names them.' as remedy
from contacts as k
where k.kind = 'overrule'
    and not exists (
        select 1 from route_rules as r where r.route = replace(lower(trim(k.outcome)), ' ', '_')
    )
order by k.contact_id
