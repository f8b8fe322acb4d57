-- What was paid, credited or written off on a client's account by the close of as_of: posted credits only.
-- grain: document_id
-- document_id: text
-- document_key: as in documents; for joins
-- kind: credit_note, payment, journal_credit or write_off
-- client: key of the client
-- number: null where the export has none
-- document_date: date of receipt or of issue
-- amount: currency of the document; always > 0
-- currency: ISO 4217
-- tax_amount: currency of the document, part of amount; null = unknown
-- origin: export, or derived where an export shows only that something was settled
-- date_basis: what the date of a derived credit rests on; null for exported ones
select
    d.document_id as document_id,
    d.document_key as document_key,
    d.kind as kind,
    d.client as client,
    d.number as number,
    d.document_date as document_date,
    d.amount as amount,
    d.currency as currency,
    d.tax_amount as tax_amount,
    d.origin as origin,
    d.date_basis as date_basis
from documents as d
where d.kind in ('credit_note', 'payment', 'journal_credit', 'write_off')
    and d.status = 'posted'
    and d.document_date <= $as_of
