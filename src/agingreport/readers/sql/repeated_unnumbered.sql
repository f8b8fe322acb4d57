-- How many documents without a number are like one before them in everything.
select count(*)
from typed_rows
where is_unnumbered
    and refusal is null
    and not is_skipped
    and not ends_with(document_id, ':1')
