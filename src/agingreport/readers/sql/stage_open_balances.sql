-- Typed rows -> what is still open of each document; rows that say the same of one document count together.
insert into staged_open_balances
select
    document_id,
    any_value(open_amount),
    null,
    min(source_row),
    count(*)
from typed_rows
where refusal is null
    and not is_skipped
group by document_id
