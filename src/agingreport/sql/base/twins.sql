-- Documents that two programs have told, as the ledger knew it at the close of known_on: each counts once.
-- grain: document_id
-- document_id: the one that is left out
-- counted_as: the one that counts: same kind, number, client, date, amount and currency
select
    t.document_id as document_id,
    t.counted_as as counted_as
from ledger.twins as t
where t.loaded_by <= $known_load
    and (t.replaced_by is null or t.replaced_by > $known_load)
