-- How many rows name a document that the ledger knows, by number and client: no amount need be readable for that.
select count(*)
from numbered_rows
inner join known_documents as known
    on folded(known.client) = folded(clean(numbered_rows.client)) and lower(known.number) = lower(clean(numbered_rows.number))
