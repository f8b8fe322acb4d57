-- How many rows speak of documents that the ledger does not know, and how many there are.
select
    count(*) filter (where document_id is null and refusal is not null and not is_skipped),
    count(*)
from typed_rows
