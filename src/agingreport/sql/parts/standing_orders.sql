-- What a person has ordered about an overdue debt and not taken back: a hold, a decision overruled, a write-off decided.
-- shared
-- grain: document_id
-- document_id: the debt
-- held_on: day of the hold that still stands; null = none
-- ordered_route: route that overrules ours until its step is on record; null = none
-- ordered_on: day of that order; null = none
-- order_note: what was said; null = nothing
with concerning as (
    select
        d.document_id as document_id,
        k.contact_id as contact_id,
        k.contact_date as contact_date,
        k.kind as kind,
        k.outcome as outcome,
        k.note as note
    from debts as d
    inner join contacts as k
        on k.client = d.client
        and (k.document_id is null or k.document_id = d.document_id)
    where k.contact_date <= $as_of
),

holds_in_order as (
    select
        c.document_id as document_id,
        arg_max(c.kind, c.contact_id) as kind,
        max(c.contact_date) as contact_date
    from concerning as c
    where c.kind in ('hold', 'release')
    group by c.document_id
),

orders as (
    select
        c.document_id as document_id,
        c.contact_id as contact_id,
        c.contact_date as contact_date,
        r.route as route,
        r.contact_kind as contact_kind,
        c.note as note,
        row_number() over (partition by c.document_id order by c.contact_date desc, c.contact_id desc) as recency
    from concerning as c
    inner join route_rules as r
        on (c.kind = 'overrule' and r.route = replace(lower(trim(c.outcome)), ' ', '_'))
        or (c.kind = 'write_off_decision' and r.route = 'write_off')
),

standing as (
    select
        o.document_id as document_id,
        o.contact_date as contact_date,
        o.route as route,
        o.note as note
    from orders as o
    where o.recency = 1
        and (o.route in ('write_off', 'wait') or not exists (
            select 1
            from concerning as c
            where c.document_id = o.document_id and c.kind = o.contact_kind and c.contact_date > o.contact_date
        ))
)

select
    d.document_id as document_id,
    case when h.kind = 'hold' then h.contact_date end as held_on,
    s.route as ordered_route,
    s.contact_date as ordered_on,
    s.note as order_note
from debts as d
left join holds_in_order as h on h.document_id = d.document_id
left join standing as s on s.document_id = d.document_id
where h.kind = 'hold' or s.route is not null
