-- How many rows of a plain file are in facts: each row is in one, and clients only come along with documents.
select
    (select coalesce(sum(source_rows), 0) from staged_documents)
    + (select coalesce(sum(source_rows), 0) from staged_allocations)
