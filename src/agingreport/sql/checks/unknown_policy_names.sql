-- Clients and documents that the policy names and the books do not know, so that it changes nothing, and numbers it names
-- that several documents bear, so that it counts for all of them.
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
),

several as (
    select n.name as name, n.place as place, count(*) as document_count
    from named as n
    inner join documents as d on d.number = n.name
    where n.kind = 'document'
        and d.status = 'posted'
        and d.kind in ('invoice', 'refund')
        and n.name not in (select i.document_id from documents as i)
    group by n.name, n.place
    having count(*) > 1
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
union all
select
    'warning',
    concat('document ', s.name),
    cast(null as varchar),
    concat('the policy names it in ', s.place, ', and ', cast(s.document_count as varchar), ' documents bear that number: it counts for all of them'),
    'Write the document_id of the one that is meant: agingreport show documents has it.'
from several as s
order by subject
