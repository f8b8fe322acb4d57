-- Invoices due before they were issued.
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
    concat('dated ', cast(d.document_date as varchar), ' but due ', cast(d.due_date as varchar)) as detail,
    'Correct the date that is wrong in the billing program and export again.' as remedy
from debits as d
where d.due_date < d.document_date and d.kind = 'invoice'
order by d.document_id
