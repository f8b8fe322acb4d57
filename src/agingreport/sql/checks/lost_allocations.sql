-- Allocations that count for nothing: a document is not there, or the currencies differ.
-- grain: subject
-- severity: error, warning or info
-- subject: what it is about
-- client: key of the client; null = no one client
-- detail: what was seen
-- remedy: what to do
select distinct
    'error' as severity,
    concat(a.credit_id, ' to ', a.debit_id) as subject,
    coalesce(d.client, c.client) as client,
    case
        when d.document_id is null then concat('there is no document ', a.debit_id)
        when c.document_id is null then concat('there is no document ', a.credit_id)
        else concat('a credit in ', c.currency, ' cannot settle a debt in ', d.currency)
    end as detail,
    'Load the export that holds the missing document, or correct the allocation.' as remedy
from allocations as a
left join documents as d on d.document_id = a.debit_id
left join documents as c on c.document_id = a.credit_id
where d.document_id is null or c.document_id is null or d.currency <> c.currency
order by subject
