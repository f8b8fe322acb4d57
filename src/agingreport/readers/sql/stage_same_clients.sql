-- Typed rows -> staged pairs of names, each in one order; the last row of a pair speaks.
insert into staged_same_clients
select
    least(client, other),
    greatest(client, other),
    is_same,
    client,
    min(source_row) over (partition by least(client, other), greatest(client, other)),
    count(*) over (partition by least(client, other), greatest(client, other))
from typed_rows
where refusal is null
qualify row_number() over (partition by least(client, other), greatest(client, other) order by source_row desc) = 1
