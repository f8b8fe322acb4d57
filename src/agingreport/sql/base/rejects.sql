-- Each refused row, whole, with the reason, and each refused file, until a later load has taken or mended it.
-- grain: source_id, row_number, column_name
-- source_id: the file
-- file_name: without the folder that was loaded
-- row_number: row of the file, its header counted; null = the whole file
-- column_name: where the trouble is; null = the whole row
-- reason: what is wrong with it
-- row_text: the row as it stood in the file; null = the whole file
select
    r.source_id as source_id,
    s.file_name as file_name,
    r.row_number as row_number,
    r.column_name as column_name,
    r.reason as reason,
    r.row_text as row_text
from ledger.rejects as r
inner join ledger.sources as s on s.source_id = r.source_id
where s.load_id <= $known_load
    and (r.settled_by is null or r.settled_by > $known_load)
