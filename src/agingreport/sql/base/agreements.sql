-- Papers that prove a debt, and whether they are on file, as the ledger knew it at $known_load.
-- grain: client, document_id, kind
-- client: key of the client
-- document_id: the debt it proves; null = all of the client's
-- kind: signed_terms, contract, invoice or delivery_receipt
-- is_on_file: null = unknown
-- agreed_on: date of the paper; null = unknown
select
    g.client as client,
    g.document_id as document_id,
    g.kind as kind,
    g.is_on_file as is_on_file,
    g.agreed_on as agreed_on
from ledger.agreements as g
where g.loaded_by <= $known_load
    and (g.replaced_by is null or g.replaced_by > $known_load)
