-- Typed rows -> one row each document, where no document has several.
create or replace temp view spoken_rows as
select
    typed_rows.*,
    1 as source_rows
from typed_rows
where refusal is null
    and not is_skipped
