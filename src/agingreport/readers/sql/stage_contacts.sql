-- Typed rows -> staged contacts; each row is a contact of its own.
insert into staged_contacts
select
    client,
    document_id,
    contact_date,
    kind,
    channel,
    outcome,
    promised_date,
    promised_amount,
    note,
    source_row,
    1
from typed_rows
where refusal is null
order by source_row
