-- Of the rows that were read the quick way: how many, how many DuckDB could not cut, how many hold a cell that is not
-- written plainly, and how many name a document that another names too. Equal hashes of different ids only cost time.
select
    count(*),
    (select count(*) from csv_rejects),
    count(*) filter (not is_plain),
    count(*) - count(distinct hash(document_id))
from staged_documents
