-- Allocations that count for nothing: a document is not there or not posted, is on the wrong side, or the currencies differ.
-- grain: subject
-- severity: error, warning or info
-- subject: what it is about
-- client: key of the client; null = no one client
-- detail: what was seen
-- remedy: what to do
select distinct
    case when d.status <> 'posted' or c.status <> 'posted' then 'warning' else 'error' end as severity,
    concat(a.credit_id, ' to ', a.debit_id) as subject,
    coalesce(d.client, c.client) as client,
    case
        when d.document_id is null then concat('there is no document ', a.debit_id)
        when c.document_id is null then concat('there is no document ', a.credit_id)
        when d.kind not in ('invoice', 'journal_debit', 'refund')
            then concat(a.debit_id, ' is a ', replace(d.kind, '_', ' '), ' and no debt that could be settled')
        when c.kind in ('invoice', 'journal_debit', 'refund')
            then concat(a.credit_id, ' is a debt, the ', replace(c.kind, '_', ' '), ', and cannot settle another')
        when d.status <> 'posted' then concat(a.debit_id, ' is ', d.status)
        when c.status <> 'posted' then concat(a.credit_id, ' is ', c.status)
        else concat('a credit in ', c.currency, ' cannot settle a debt in ', d.currency)
    end as detail,
    case
        when d.document_id is null or c.document_id is null
            then 'Load the export that holds the missing document, or correct the allocation.'
        else 'Correct the allocation; until then what it settles stays open, and the credit unapplied.'
    end as remedy
from allocations as a
left join documents as d on d.document_id = a.debit_id
left join documents as c on c.document_id = a.credit_id
where d.document_id is null
    or c.document_id is null
    or d.kind not in ('invoice', 'journal_debit', 'refund')
    or c.kind in ('invoice', 'journal_debit', 'refund')
    or ((d.status <> 'posted') <> (c.status <> 'posted'))
    or d.currency <> c.currency
order by subject
