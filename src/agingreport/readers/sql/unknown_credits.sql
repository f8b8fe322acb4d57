-- How many rows speak of credits that the ledger does not know: no debt of it can be among them.
select count(*)
from typed_rows
where document_id is null
    and refusal is not null
    and is_credit
