-- The program that each file came from: its files describe one set of books.
-- grain: source_id
-- source_id: the file
-- program: prefix of the ids of its documents
select
    s.source_id as source_id,
    s.family as program
from ledger.sources as s
where s.load_id <= $known_load
    and not s.is_refused
