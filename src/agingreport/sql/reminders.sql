-- What is to be reminded of before it falls due: open, neither disputed nor on hold, and inside the days that the ladder gives before the due date.
-- formula: open, due within the days that the ladder gives before the due date
-- credits: what is set against a debt is taken off it; unapplied money stands beside it
-- disputes: left out, whether the export or a contact says so
-- drafts: left out, and so are void documents
-- source: our own
-- grain: document_id, instalment_number
-- document_id: the debt to be
-- instalment_number: 1 for the earliest part
-- client: key of the client
-- currency: ISO 4217
-- number: what the client sees on the paper; null where the export has none
-- due_date: of this part
-- days_until_due: days; 0 on the due date
-- open_amount: currency; before any unapplied credit of the client; > 0
-- unapplied_amount: currency; the client's unapplied credit, to be set against its oldest debts first; >= 0
-- step: the step in words
with last_words as (
    select
        o.document_id as document_id,
        arg_max(k.kind, k.contact_id) filter (where k.kind in ('dispute', 'dispute_resolved')) as dispute_kind,
        arg_max(k.kind, k.contact_id) filter (where k.kind in ('hold', 'release')) as hold_kind
    from open_items as o
    inner join contacts as k on k.client = o.client and (k.document_id is null or k.document_id = o.document_id)
    where o.days_past_due <= 0
        and k.kind in ('dispute', 'dispute_resolved', 'hold', 'release')
    group by o.document_id
),

steps_before_due as (
    select
        o.document_id as document_id,
        o.instalment_number as instalment_number,
        max(l.step_number) as step_number,
        max(l.days_past_due) as opens_on_day
    from open_items as o
    cross join conventions as v
    inner join ladder as l on l.days_past_due <= o.days_past_due and l.days_past_due <= 0
    left join last_words as w on w.document_id = o.document_id
    where o.days_past_due <= 0
        and not coalesce(w.dispute_kind = 'dispute', o.is_disputed)
        and coalesce(w.hold_kind <> 'hold', true)
        and o.open_amount >= v.minimum_chase_amount
    group by o.document_id, o.instalment_number
),

credit_left as (
    select
        u.client as client,
        u.currency as currency,
        sum(u.unapplied_amount) as unapplied_amount
    from unapplied as u
    group by u.client, u.currency
)

select
    o.document_id as document_id,
    o.instalment_number as instalment_number,
    o.client as client,
    o.currency as currency,
    o.number as number,
    o.due_date as due_date,
    -o.days_past_due as days_until_due,
    o.open_amount as open_amount,
    cast(coalesce(c.unapplied_amount, 0) as decimal(18, 4)) as unapplied_amount,
    l.step as step
from open_items as o
inner join steps_before_due as s on s.document_id = o.document_id and s.instalment_number = o.instalment_number
inner join ladder as l on l.step_number = s.step_number
left join credit_left as c on c.client = o.client and c.currency = o.currency
where not exists (
    select 1
    from contacts as k
    inner join route_rules as r on r.contact_kind = k.kind and r.route = l.route
    where k.client = o.client
        and (k.document_id is null or k.document_id = o.document_id)
        and k.contact_date <= $as_of
        and date_diff('day', o.due_date, k.contact_date) >= s.opens_on_day
)
order by o.client, o.currency, o.due_date, o.document_id, o.instalment_number
