-- How many rows speak of documents that the ledger does not know.
select count(*)
from typed_rows
where document_id is null
    and refusal is not null
    and not is_skipped
