-- How many rows name a document that another row names too.
select count(*) - count(distinct document_id)
from typed_rows
where refusal is null
    and not is_skipped
