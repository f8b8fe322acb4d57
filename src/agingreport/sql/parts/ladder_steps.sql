-- Each step of the ladder after the due date for each overdue debt, in the order of their days, and whether it lies behind.
-- A step lies behind when it, or a later one, is on record: a firmer step is never followed by a softer one.
-- The second step of a route is on record when a second contact of its kind came on its day or later, so that a
-- statement every week does not use up the ladder.
-- shared
-- grain: document_id, place
-- document_id: the debt
-- place: order of the step for this debt, 1 for the first
-- route: route of the step
-- step: the step in words
-- opens_on_day: days past due on which its day comes; sooner for some steps where the client owes a substantial sum
-- is_behind: it or a later step is on record
-- is_on_record: any step of the ladder is on record for this debt
-- last_place: place of the last step
with dated as (
    select
        d.document_id as document_id,
        d.due_date as due_date,
        l.step_number as step_number,
        l.route as route,
        l.step as step,
        l.route_step as route_step,
        r.contact_kind as contact_kind,
        case when d.is_substantial then l.substantial_days_past_due else l.days_past_due end as opens_on_day
    from debts as d
    cross join ladder as l
    inner join route_rules as r on r.route = l.route
    where l.days_past_due > 0
),

in_order as (
    select
        s.document_id as document_id,
        s.route as route,
        s.step as step,
        s.opens_on_day as opens_on_day,
        row_number() over (partition by s.document_id order by s.opens_on_day, s.step_number) as place,
        coalesce(
            t.step_count >= s.route_step
            and (s.route_step = 1 or date_diff('day', s.due_date, t.last_on) >= s.opens_on_day),
            false
        ) as is_taken
    from dated as s
    left join steps_taken as t on t.document_id = s.document_id and t.contact_kind = s.contact_kind
),

progress as (
    select
        o.document_id as document_id,
        coalesce(max(o.place) filter (where o.is_taken), 0) as taken_place,
        max(o.place) as last_place
    from in_order as o
    group by o.document_id
)

select
    o.document_id as document_id,
    o.place as place,
    o.route as route,
    o.step as step,
    o.opens_on_day as opens_on_day,
    o.place <= p.taken_place as is_behind,
    p.taken_place > 0 as is_on_record,
    p.last_place as last_place
from in_order as o
inner join progress as p on p.document_id = o.document_id
