-- Which step of the ladder is due for each overdue debt at the close of as_of.
-- With steps on record: the one after the last of them, once its day has come; the last step of all is repeated.
-- With none on record: the last step whose day has come. So a missed month neither skips nor doubles a step.
-- shared
-- grain: document_id
-- document_id: the debt
-- is_on_record: any step of the ladder is on record
-- route: of the step due; null = none is due
-- step: the step due, in words; null = none is due
-- next_day: days past due on which the next step comes where none is due; null = one is due
-- awaited_on: day of the last step, while it still has time to be answered; null = no answer is awaited
with last_reached as (
    select
        l.document_id as document_id,
        max(l.place) as place
    from ladder_steps as l
    inner join debts as d on d.document_id = l.document_id
    where l.opens_on_day <= d.days_past_due
    group by l.document_id
),

next_in_line as (
    select
        l.document_id as document_id,
        bool_or(l.is_on_record) as is_on_record,
        case
            when bool_or(l.is_on_record) then coalesce(min(l.place) filter (where not l.is_behind), max(l.last_place))
            else coalesce(max(r.place), 1)
        end as place
    from ladder_steps as l
    left join last_reached as r on r.document_id = l.document_id
    group by l.document_id
),

answers as (
    select
        t.document_id as document_id,
        max(t.last_on) as awaited_on
    from steps_taken as t
    inner join route_rules as r on r.contact_kind = t.contact_kind
    left join broken_promises as b on b.document_id = t.document_id
    where r.kind in ('own', 'outside')
        and date_diff('day', t.last_on, $as_of) < r.answer_days
        and (b.promised_date is null or b.promised_date < t.last_on)
    group by t.document_id
)

select
    d.document_id as document_id,
    coalesce(n.is_on_record, false) as is_on_record,
    case when l.opens_on_day <= d.days_past_due then l.route end as route,
    case when l.opens_on_day <= d.days_past_due then l.step end as step,
    case when l.opens_on_day > d.days_past_due then l.opens_on_day end as next_day,
    a.awaited_on as awaited_on
from debts as d
left join next_in_line as n on n.document_id = d.document_id
left join ladder_steps as l on l.document_id = n.document_id and l.place = n.place
left join answers as a on a.document_id = d.document_id
