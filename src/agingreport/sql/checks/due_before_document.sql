-- Invoices due before they were issued, or a part of them.
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
union all
select
    'warning',
    concat(d.document_id, ', part due ', cast(i.due_date as varchar)),
    d.client,
    concat('dated ', cast(d.document_date as varchar), ' but a part is due ', cast(i.due_date as varchar)),
    'Correct the date that is wrong in the billing program and export again.'
from instalments as i
inner join debits as d on d.document_id = i.document_id
where i.due_date < d.document_date
order by subject
