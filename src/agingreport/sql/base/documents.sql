-- Everything dated that moves a client's account, as the ledger knew it at the close of known_on.
-- grain: document_id
-- document_id: text, stable across exports
-- document_key: number of the document in this ledger; for joins, it tells nothing
-- kind: invoice, journal_debit, refund (debits); credit_note, payment, journal_credit, write_off (credits)
-- client: key of the client: the name that the books show, see aliases
-- number: what the client sees on the paper; null where the export has none
-- document_date: date of issue or of receipt
-- due_date: as exported; null where the export has none
-- amount: currency of the document; always > 0, the side follows from the kind
-- currency: ISO 4217
-- status: posted, draft or void; only posted documents age
-- tax_amount: currency of the document, part of amount; null = unknown
-- terms: words of the export; null = unknown
-- is_disputed: the export marks it as disputed
-- origin: export, or derived where an export shows only that something was settled
-- date_basis: what the date rests on where no export says it (assumed for write-offs and refunds without a day); else null
-- source_id: file it came from
-- source_row: row of that file; null for derived documents
select
    d.document_id as document_id,
    d.document_key as document_key,
    d.kind as kind,
    coalesce(a.known_as, d.client) as client,
    d.number as number,
    d.document_date as document_date,
    d.due_date as due_date,
    d.amount as amount,
    d.currency as currency,
    coalesce(d.status, 'posted') as status,
    d.tax_amount as tax_amount,
    d.terms as terms,
    coalesce(d.is_disputed, false) as is_disputed,
    d.origin as origin,
    d.date_basis as date_basis,
    d.source_id as source_id,
    d.source_row as source_row
from ledger.documents as d
left join aliases as a on a.client = d.client
left join twins as t on t.document_id = d.document_id
where t.document_id is null
    and d.loaded_by <= $known_load
    and (d.replaced_by is null or d.replaced_by > $known_load)
