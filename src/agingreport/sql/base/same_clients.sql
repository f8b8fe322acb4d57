-- Names that are probably one client, for the owner to say: agingreport same "A" "B", or with --not.
-- grain: client, other
-- client: the first of the two names, as the books show it
-- other: the second
-- likeness: percent of the letters of the names that agree, legal forms aside; at least the policy's same_client_likeness
with told_apart as (
    select coalesce(a.known_as, r.client) as client, coalesce(b.known_as, r.other) as other
    from ledger.same_clients as r
    left join aliases as a on a.client = r.client
    left join aliases as b on b.client = r.other
    where r.loaded_by <= $known_load
        and (r.replaced_by is null or r.replaced_by > $known_load)
        and not r.is_same
),

alike as (
    select
        least(coalesce(a.known_as, p.client), coalesce(b.known_as, p.other)) as client,
        greatest(coalesce(a.known_as, p.client), coalesce(b.known_as, p.other)) as other,
        max(p.likeness) as likeness
    from ledger.alike_clients as p
    left join aliases as a on a.client = p.client
    left join aliases as b on b.client = p.other
    where p.loaded_by <= $known_load
    group by
        least(coalesce(a.known_as, p.client), coalesce(b.known_as, p.other)),
        greatest(coalesce(a.known_as, p.client), coalesce(b.known_as, p.other))
)

select
    p.client as client,
    p.other as other,
    p.likeness as likeness
from alike as p
inner join conventions as v on p.likeness >= v.same_client_likeness
where p.client <> p.other
    and not exists (
        select 1
        from told_apart as t
        where least(t.client, t.other) = p.client
            and greatest(t.client, t.other) = p.other
    )
order by likeness desc, client, other
