-- Clients and documents that the policy names and the books do not know: what it says of them changes nothing.
-- grain: subject
-- severity: error, warning or info
-- subject: what it is about
-- client: key of the client; null = no one client
-- detail: what was seen
-- remedy: what to do
with named as (
    select g.client as name, concat('provision.risk_groups, ', g.risk_group) as place, 'client' as kind
    from risk_groups as g
    union all
    select c.client, 'late_interest.clients', 'client'
    from interest_contracts as c
    where c.client is not null
    union all
    select c.document, 'late_interest.documents', 'document'
    from interest_contracts as c
    where c.document is not null
)

select
    'warning' as severity,
    concat(n.kind, ' ', n.name) as subject,
    cast(null as varchar) as client,
    concat('the policy names it in ', n.place, ', and no such ', n.kind, ' is on the books') as detail,
    'Write it in the policy as the exports do.' as remedy
from named as n
where (n.kind = 'client' and n.name not in (select c.client from clients as c))
    or (
        n.kind = 'document'
        and not exists (select 1 from documents as d where d.document_id = n.name or d.number = n.name)
    )
order by n.kind, n.name
