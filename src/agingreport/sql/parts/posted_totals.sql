-- What was posted on each day, whatever its date, by kind of document.
-- kept
-- grain: document_date, currency, kind
-- document_date: day of issue or of receipt
-- currency: ISO 4217
-- kind: as in documents
-- amount: currency; > 0, the side follows from the kind
select
    d.document_date as document_date,
    d.currency as currency,
    d.kind as kind,
    cast(sum(d.amount) as decimal(18, 4)) as amount
from documents as d
where d.status = 'posted'
group by d.document_date, d.currency, d.kind
