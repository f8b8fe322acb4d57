-- Instalments that do not add up to their invoice.
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
        'instalments of ', cast(cast(sum(i.amount) as decimal(18, 2)) as varchar), ', invoice of ',
        cast(cast(min(d.amount) as decimal(18, 2)) as varchar), ' ', min(d.currency)
    ) as detail,
    'Correct the instalments; until then what they leave over falls due with the invoice, or with the last of them where that is later.' as remedy
from instalments as i
inner join debits as d on d.document_id = i.document_id
group by d.document_id, d.client
having sum(i.amount) <> min(d.amount)
order by d.document_id
