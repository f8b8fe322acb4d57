-- Documents that name no client: they are all put on the account of one, (unknown).
-- grain: subject
-- severity: error, warning or info
-- subject: what it is about
-- client: key of the client; null = no one client
-- detail: what was seen
-- remedy: what to do
select
    'warning' as severity,
    d.document_id as subject,
    d.client as client,
    concat(
        d.kind, coalesce(concat(' ', d.number), ''), ' of ', cast(d.document_date as varchar), ' over ',
        cast(cast(d.amount as decimal(18, 2)) as varchar), ' ', d.currency, ' names no client'
    ) as detail,
    'Name the client in the billing program and export again; until then nobody can be asked for it.' as remedy
from documents as d
where d.client = '(unknown)'
    and d.status = 'posted'
    and d.document_date <= $as_of
order by d.document_id
