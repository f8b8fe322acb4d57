-- One number on several documents of one kind and client, in capitals or not.
-- grain: client, subject
-- severity: error, warning or info
-- subject: what it is about
-- client: key of the client; null = no one client
-- detail: what was seen
-- remedy: what to do
select
    'warning' as severity,
    concat(d.kind, ' ', min(trim(d.number))) as subject,
    d.client as client,
    concat(
        cast(count(*) as varchar), ' documents bear this number, from ', cast(min(d.document_date) as varchar), ' to ',
        cast(max(d.document_date) as varchar)
    ) as detail,
    'If it is one document, void the others in the billing program; if not, nothing.' as remedy
from documents as d
where d.status = 'posted' and d.number is not null and d.document_date <= $as_of
group by d.kind, lower(trim(d.number)), d.client
having count(*) > 1
order by d.client, subject
