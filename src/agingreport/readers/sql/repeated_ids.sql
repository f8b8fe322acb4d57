-- How many rows name a document that another row names too. Equal hashes of different ids only cost time.
select count(*) - count(distinct hash(document_id))
from typed_rows
where refusal is null
    and not is_skipped
