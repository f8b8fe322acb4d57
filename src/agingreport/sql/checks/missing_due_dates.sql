-- Invoices with neither a due date nor terms that say one: they age from the document date.
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
        'no due date and ', case when s.terms is null then 'no terms' else concat('terms that leave it open: ', s.terms) end,
        '; aged from its date, ', cast(d.document_date as varchar)
    ) as detail,
    'Add the due date or the terms in the billing program and export again.' as remedy
from debits as d
inner join documents as s on s.document_id = d.document_id
where d.kind = 'invoice' and d.due_date is null
order by d.document_id
