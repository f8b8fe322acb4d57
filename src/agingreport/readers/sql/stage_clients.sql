-- Typed rows -> staged clients; the last row of a client speaks, the first gives its place.
insert into staged_clients
select
    client,
    name,
    parent_client,
    email,
    phone,
    language,
    country,
    region,
    is_consumer,
    min(source_row) over (partition by client),
    count(*) over (partition by client)
from typed_rows
where refusal is null
qualify row_number() over (partition by client order by source_row desc) = 1
