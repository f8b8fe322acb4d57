-- What was billed or otherwise put on a client's account, whatever its date: posted debits with the due date agreed.
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
    coalesce(
        d.due_date,
        -- "Net 30", "2/10 net 30", "30 days": the days after the word net, else the only number there is
        d.document_date + coalesce(
            try_cast(nullif(regexp_extract(lower(d.terms), 'net\s*([0-9]+)', 1), '') as integer),
            try_cast(nullif(regexp_extract(lower(d.terms), '^[^0-9]*([0-9]+)[^0-9]*$', 1), '') as integer)
        )
    ) as due_date,
    d.amount as amount,
    d.currency as currency,
    d.tax_amount as tax_amount,
    d.is_disputed as is_disputed
from documents as d
where d.kind in ('invoice', 'journal_debit', 'refund')
    and d.status = 'posted'
