-- Documents of which less is open than the smallest amount that is chased: in every total, in no list.
-- grain: subject
-- severity: error, warning or info
-- subject: what it is about
-- client: key of the client; null = no one client
-- detail: what was seen
-- remedy: what to do
select
    'info' as severity,
    o.document_id as subject,
    o.client as client,
    concat(cast(cast(sum(o.open_amount) as decimal(18, 2)) as varchar), ' ', o.currency, ' open') as detail,
    'Write it off in the billing program, or leave it.' as remedy
from open_items as o
cross join conventions as v
group by o.document_id, o.client, o.currency
having sum(o.open_amount) < min(v.minimum_chase_amount)
order by o.document_id
