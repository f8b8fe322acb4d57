-- Who owes: everyone a document or a client list names, as the ledger knew them at the close of known_on.
-- kept
-- grain: client
-- client: key: the name that the books show, see aliases
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
),

shown as (
    select distinct coalesce(a.known_as, n.client) as client
    from named as n
    left join aliases as a on a.client = n.client
),

-- Under several names several things may be told: what is told under the name shown goes before the others.
told as (
    select
        coalesce(a.known_as, c.client) as client,
        c.name as name,
        coalesce(p.known_as, c.parent_client) as parent_client,
        c.email as email,
        c.phone as phone,
        c.language as language,
        c.country as country,
        c.region as region,
        c.is_consumer as is_consumer,
        row_number() over (
            partition by coalesce(a.known_as, c.client) order by a.client is not null, c.client
        ) as place
    from ledger.clients as c
    left join aliases as a on a.client = c.client
    left join aliases as p on p.client = c.parent_client
    where c.loaded_by <= $known_load
        and (c.replaced_by is null or c.replaced_by > $known_load)
),

described as (
    select
        t.client as client,
        arg_min(t.name, t.place) filter (where t.name is not null) as name,
        arg_min(t.parent_client, t.place) filter (where t.parent_client <> t.client) as parent_client,
        arg_min(t.email, t.place) filter (where t.email is not null) as email,
        arg_min(t.phone, t.place) filter (where t.phone is not null) as phone,
        arg_min(t.language, t.place) filter (where t.language is not null) as language,
        arg_min(t.country, t.place) filter (where t.country is not null) as country,
        arg_min(t.region, t.place) filter (where t.region is not null) as region,
        arg_min(t.is_consumer, t.place) filter (where t.is_consumer is not null) as is_consumer
    from told as t
    group by t.client
)

select
    s.client as client,
    coalesce(t.name, s.client) as name,
    t.parent_client as parent_client,
    t.email as email,
    t.phone as phone,
    t.language as language,
    t.country as country,
    t.region as region,
    t.is_consumer as is_consumer
from shown as s
left join described as t on t.client = s.client
order by s.client
