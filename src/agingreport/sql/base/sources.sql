-- Each file loaded by the close of known_on, and what became of its rows.
-- grain: source_id
-- source_id: number in order of loading
-- load_id: the load it came with
-- file_name: without the folder that was loaded
-- sha256: of the file's bytes
-- reader: the format it was recognised as
-- statement_date: the day the export speaks of; null where it does not say
-- rows_read: rows below the header = new + unchanged + changed + skipped + refused
-- rows_new: rows that told something new
-- rows_unchanged: rows known already
-- rows_changed: rows that replaced a former version
-- rows_skipped: rows passed over by rule: headings, totals, footers, blanks
-- rows_refused: rows kept whole in rejects
-- loaded_at: UTC
select
    s.source_id as source_id,
    s.load_id as load_id,
    s.file_name as file_name,
    s.sha256 as sha256,
    s.reader as reader,
    s.statement_date as statement_date,
    s.rows_read as rows_read,
    s.rows_new as rows_new,
    s.rows_unchanged as rows_unchanged,
    s.rows_changed as rows_changed,
    s.rows_skipped as rows_skipped,
    s.rows_refused as rows_refused,
    l.loaded_at as loaded_at
from ledger.sources as s
inner join ledger.loads as l on l.load_id = s.load_id
where s.load_id <= $known_load
    and not s.is_refused
