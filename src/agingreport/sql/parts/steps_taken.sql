-- Which steps are on record for each overdue debt since it fell due.
-- A step about the whole client counts for each of its debts.
-- shared
-- grain: document_id, contact_kind
-- document_id: the debt
-- contact_kind: reminder, call, statement ... as recorded
-- step_count: number of such contacts since the due date; > 0
-- first_on: day of the first
-- last_on: day of the last
select
    d.document_id as document_id,
    k.kind as contact_kind,
    count(*) as step_count,
    min(k.contact_date) as first_on,
    max(k.contact_date) as last_on
from debts as d
inner join contacts as k
    on k.client = d.client
    and (k.document_id is null or k.document_id = d.document_id)
where k.contact_date > d.due_date
    and k.contact_date <= $as_of
    and k.kind in (select r.contact_kind from route_rules as r where r.kind <> 'wait')
group by d.document_id, k.kind
