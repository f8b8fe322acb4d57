-- What was billed or otherwise put on a client's account by the close of as_of: posted debits only.
-- grain: document_id
-- document_id: text
-- document_key: as in documents; for joins
-- kind: invoice, journal_debit or refund
-- client: key of the client
-- number: what the client sees on the paper; null where the export has none
-- document_date: date of issue
-- due_date: as exported, else by the terms; null = neither is known
-- amount: currency of the document; always > 0
-- currency: ISO 4217
-- tax_amount: currency of the document, part of amount; null = unknown
-- is_disputed: the export marks it as disputed
select
    d.document_id as document_id,
    d.document_key as document_key,
    d.kind as kind,
    d.client as client,
    d.number as number,
    d.document_date as document_date,
    d.due_date as due_date,
    d.amount as amount,
    d.currency as currency,
    d.tax_amount as tax_amount,
    d.is_disputed as is_disputed
from dated_debits as d
where d.document_date <= $as_of
