-- Who owes: everyone a document or a client list names, as the ledger knew them at $known_load.
-- grain: client
-- client: key, as the exports write it
-- name: for people; the key where no other name is known
-- parent_client: key of the parent; null = none
-- email: null = unknown
-- phone: null = unknown
-- language: ISO 639; null = unknown
-- country: ISO 3166; null = unknown
-- region: state or province; null = unknown
-- is_consumer: a private person; null = unknown
with named as (
    select distinct d.client as client
    from ledger.documents as d
    where d.loaded_by <= $known_load
        and (d.replaced_by is null or d.replaced_by > $known_load)
    union
    select c.client from ledger.clients as c where c.loaded_by <= $known_load
)

select
    n.client as client,
    coalesce(c.name, n.client) as name,
    c.parent_client as parent_client,
    c.email as email,
    c.phone as phone,
    c.language as language,
    c.country as country,
    c.region as region,
    c.is_consumer as is_consumer
from named as n
left join ledger.clients as c
    on c.client = n.client
    and c.loaded_by <= $known_load
    and (c.replaced_by is null or c.replaced_by > $known_load)
order by n.client
