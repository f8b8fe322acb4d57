-- Each total that a file prints and that differs from ours.
-- grain: source_id, row_number, column_name, is_by_date
-- source_id: the file
-- file_name: without its folder
-- row_number: row of the total in the file, its header counted
-- label: the total, as the file names it
-- column_name: the column, in our words, or the title of a bucket
-- currency: currency of both amounts; null where nothing was read
-- printed_amount: as the file prints it; credits below zero
-- counted_amount: sum of the rows taken from the file; credits below zero
-- is_by_date: counted by the due dates of all rows on the day of the report, not as the rows are grouped in it
select
    t.source_id as source_id,
    s.file_name as file_name,
    t.row_number as row_number,
    t.label as label,
    t.column_name as column_name,
    t.currency as currency,
    t.printed_amount as printed_amount,
    t.counted_amount as counted_amount,
    t.is_by_date as is_by_date
from ledger.total_differences as t
inner join ledger.sources as s on s.source_id = t.source_id
where s.load_id <= $known_load
