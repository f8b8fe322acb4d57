-- Papers that prove a debt, and whether they are on file, as the ledger knew it at the close of known_on.
-- grain: client, document_id, kind
-- client: key of the client
-- document_id: the debt it proves; null = all of the client's
-- kind: signed_terms, contract, invoice or delivery_receipt
-- is_on_file: null = unknown
-- agreed_on: date of the paper; null = unknown
select
    coalesce(a.known_as, g.client) as client,
    coalesce(t.counted_as, g.document_id) as document_id,
    g.kind as kind,
    bool_or(g.is_on_file) as is_on_file,
    max(g.agreed_on) as agreed_on
from ledger.agreements as g
left join aliases as a on a.client = g.client
left join twins as t on t.document_id = g.document_id
where g.loaded_by <= $known_load
    and (g.replaced_by is null or g.replaced_by > $known_load)
group by coalesce(a.known_as, g.client), coalesce(t.counted_as, g.document_id), g.kind
