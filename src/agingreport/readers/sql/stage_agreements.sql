-- Typed rows -> staged agreements; the last row of a client, document and kind speaks.
insert into staged_agreements
select
    client,
    document_id,
    kind,
    is_on_file,
    agreed_on,
    min(source_row) over (partition by client, document_id, kind),
    count(*) over (partition by client, document_id, kind)
from typed_rows
where refusal is null
qualify row_number() over (partition by client, document_id, kind order by source_row desc) = 1
