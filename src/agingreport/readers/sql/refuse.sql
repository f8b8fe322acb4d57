-- Hands over the refused rows; their text follows.
insert into staged_rejects
select
    source_row,
    refusal.column_name,
    refusal.reason,
    null
from typed_rows
where refusal is not null
order by source_row
