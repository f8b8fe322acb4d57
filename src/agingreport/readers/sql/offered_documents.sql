-- Whether the documents of a ledger are offered to the reader, as a view `known_documents`: 0 or 1.
select count(*) from duckdb_views() where view_name = 'known_documents'
