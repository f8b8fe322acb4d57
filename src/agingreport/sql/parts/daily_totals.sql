-- What was posted on each day up to as_of, by kind of document.
-- grain: document_date, currency, kind
-- document_date: day of issue or of receipt
-- currency: ISO 4217
-- kind: as in documents
-- amount: currency; > 0, the side follows from the kind
select
    t.document_date as document_date,
    t.currency as currency,
    t.kind as kind,
    t.amount as amount
from posted_totals as t
where t.document_date <= $as_of
