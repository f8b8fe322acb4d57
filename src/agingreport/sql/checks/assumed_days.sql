-- Write-offs and refunds that an export shows without their day.
-- grain: subject
-- severity: error, warning or info
-- subject: what it is about
-- client: key of the client; null = no one client
-- detail: what was seen
-- remedy: what to do
select
    'info' as severity,
    concat(d.kind, ' without a day in ', d.currency) as subject,
    cast(null as varchar) as client,
    concat(
        cast(count(*) as varchar), ' of ', cast(cast(sum(d.amount) as decimal(18, 2)) as varchar), ' ', d.currency,
        ': taken as the day of the last payment, else the due date, else the document'
    ) as detail,
    'Write the true day in documents.csv under the same document_id, and load it.' as remedy
from documents as d
where d.origin = 'export'
    and d.date_basis = 'assumed'
    and d.status = 'posted'
group by d.kind, d.currency
order by d.kind, d.currency
