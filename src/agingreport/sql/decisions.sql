-- What to do about each overdue debt: the best route that is not barred, why in words, and the next best.
-- A client's debts that go to an agency or a court together go the same way: what the whole claim brings decides.
-- A step that a person has ordered instead is taken in its place and shown.
-- formula: the open route with the highest expected_net_amount, once own chasing has ended; the ladder until then
-- credits: a client's unapplied money is set against its oldest debts before anything is asked for
-- disputes: nothing is asked for while a debt is disputed, and the reason says so
-- drafts: left out, and so are void documents
-- source: our own; figures of the policy with their sources
-- grain: document_id
-- document_id: the debt
-- client: key of the client
-- currency: ISO 4217
-- number: what the client sees on the paper; null where the export has none
-- due_date: of its earliest overdue part
-- days_past_due: days; > 0
-- open_amount: currency; open and overdue, all parts together; > 0
-- credit_to_apply_amount: currency; the client's unapplied credit to set against it first; >= 0
-- debt_amount: currency; what is left to ask for after credit, disputes and promises; >= 0
-- list: chase, agency or court, write off, or none
-- route: the route taken
-- step: the step in words
-- reason: why, in words with figures
-- runner_up: the next best open route; null = no other is open
-- expected_net_amount: currency; what the route is expected to bring after fee and cost; null = unknown
-- runner_up_net_amount: currency; the same for runner_up; null = unknown or no other is open
-- expected_days: until the money is there; null = unknown
-- rate_source: where the recovery rate comes from; null = unknown
-- overruled_by: the order that overrules ours, with its day; null = none
with ranked as (
    select
        r.document_id as document_id,
        r.route as route,
        row_number() over (
            partition by r.document_id
            order by
                case when r.route = o.ordered_route then 0 else 1 end,
                case when r.barred_by is null then 0 else 1 end,
                r.preference,
                coalesce(r.claim_net_amount, -99999999999999) desc,
                r.route_number
        ) as place,
        r.barred_by is null as is_open
    from routes as r
    left join standing_orders as o on o.document_id = r.document_id
),

chosen as (
    select
        r.document_id as document_id,
        max(r.route) filter (where r.place = 1) as route,
        max(r.route) filter (where r.place = 2 and r.is_open) as runner_up
    from ranked as r
    group by r.document_id
),

outside_bars as (
    select
        r.document_id as document_id,
        nullif(concat_ws(
            '; ',
            max(concat('agency: ', r.barred_by)) filter (where r.route = 'agency' and r.barred_by is not null),
            max(concat('small claims: ', r.barred_by)) filter (where r.route = 'small_claims' and r.barred_by is not null),
            max(concat('a lawsuit: ', r.barred_by)) filter (where r.route = 'lawsuit' and r.barred_by is not null)
        ), '') as bars
    from routes as r
    inner join route_rules as k on k.route = r.route
    where r.days_past_due >= k.opens_on_day
    group by r.document_id
),

plurals as (
    select true as is_one, '' as ending
    union all
    select false, 's'
),

counted as (
    select
        t.document_id as document_id,
        coalesce(sum(t.step_count) filter (where t.contact_kind = 'reminder'), 0) as reminder_count,
        coalesce(sum(t.step_count) filter (where t.contact_kind = 'call'), 0) as call_count,
        coalesce(sum(t.step_count) filter (where t.contact_kind = 'statement'), 0) as statement_count,
        coalesce(sum(t.step_count) filter (where t.contact_kind = 'demand_letter'), 0) as letter_count,
        max(t.last_on) filter (where t.contact_kind = 'stop_work') as stopped_on,
        max(t.last_on) filter (where t.contact_kind = 'agency') as agency_on,
        max(t.last_on) filter (where t.contact_kind = 'court') as court_on
    from steps_taken as t
    group by t.document_id
),

told as (
    select
        c.document_id as document_id,
        nullif(concat_ws(
            ', ',
            case when c.reminder_count > 0 then concat(c.reminder_count, ' reminder', r.ending) end,
            case when c.call_count > 0 then concat(c.call_count, ' call', k.ending) end,
            case when c.statement_count > 0 then concat(c.statement_count, ' statement', s.ending) end,
            case when c.letter_count > 0 then concat(c.letter_count, ' formal letter', l.ending) end
        ), '') as steps,
        nullif(concat_ws(
            '; ',
            'work stopped on ' || cast(c.stopped_on as varchar),
            'with an agency since ' || cast(c.agency_on as varchar),
            'in court since ' || cast(c.court_on as varchar)
        ), '') as measures
    from counted as c
    inner join plurals as r on r.is_one = (c.reminder_count = 1)
    inner join plurals as k on k.is_one = (c.call_count = 1)
    inner join plurals as s on s.is_one = (c.statement_count = 1)
    inner join plurals as l on l.is_one = (c.letter_count = 1)
),

money as (
    select
        d.document_id as document_id,
        cast(cast(d.credit_to_apply_amount as decimal(18, 2)) as varchar) as credit,
        cast(cast(d.debt_amount as decimal(18, 2)) as varchar) as debt,
        cast(cast(d.disputed_amount as decimal(18, 2)) as varchar) as disputed,
        cast(cast(d.promised_amount as decimal(18, 2)) as varchar) as promised
    from debts as d
),

actions as (
    select
        c.document_id as document_id,
        coalesce(r.step, k.label) as step,
        replace(replace(replace(replace(replace(replace(
            k.phrase,
            '{step}', coalesce(r.step, k.label)),
            '{net}', coalesce(cast(cast(r.expected_net_amount as decimal(18, 2)) as varchar), 'an unknown sum')),
            '{fee}', coalesce(cast(cast(r.fee_amount as decimal(18, 2)) as varchar), 'an unknown')),
            '{fee_rate}', coalesce(concat(cast(cast(r.fee_rate * 100 as decimal(9, 0)) as varchar), '%'), 'an unknown price')),
            '{cost}', coalesce(cast(cast(r.cost_amount as decimal(18, 2)) as varchar), 'an unknown')),
            '{forum}', coalesce(r.forum, 'court')
        ) as phrase
    from chosen as c
    inner join routes as r on r.document_id = c.document_id and r.route = c.route
    inner join route_rules as k on k.route = c.route
)

select
    d.document_id as document_id,
    d.client as client,
    d.currency as currency,
    d.number as number,
    d.due_date as due_date,
    d.days_past_due as days_past_due,
    d.open_amount as open_amount,
    d.credit_to_apply_amount as credit_to_apply_amount,
    d.debt_amount as debt_amount,
    k.list as list,
    c.route as route,
    a.step as step,
    concat(
        case
            when d.credit_to_apply_amount > 0 and d.debt_amount > 0
                then concat('Apply the credit of ', m.credit, ', then ask for ', m.debt, ': ')
            when d.credit_to_apply_amount > 0 then concat('Apply the credit of ', m.credit, '; ')
            else ''
        end,
        concat_ws(
            '; ',
            case when b.barred_by = 'credit covers it' then w.phrase end,
            concat(d.days_past_due, case when d.days_past_due = 1 then ' day late' else ' days late' end),
            coalesce(
                t.steps || ' unanswered',
                case
                    when k.kind = 'outside' and not s.is_on_record
                        then 'no step on record: if no formal letter with a deadline has gone out, send that first'
                    when k.kind = 'own' and not s.is_on_record then 'no step on record'
                end
            ),
            t.measures,
            case when d.disputed_amount > 0 then concat(m.disputed, ' disputed') end,
            case when d.promised_amount > 0 then concat(m.promised, ' promised for ', d.promised_date) end,
            cast(p.promise_count as varchar)
                || case when p.promise_count = 1 then ' promise broken, for ' else ' promises broken, the last for ' end
                || cast(p.promised_date as varchar),
            'on hold since ' || cast(o.held_on as varchar),
            case when d.is_consumer and k.kind <> 'wait' then 'a consumer debt: rules of its own apply' end,
            case
                when d.due_date <= l.barred_due_date and l.years is not null
                    then concat('may be time-barred: the shortest period seen there is ', l.years, ' years')
                when d.due_date <= l.warned_due_date
                    then concat('soon time-barred: the shortest period seen there is ', l.years, ' years')
            end,
            case when k.kind <> 'wait' then x.bars end,
            case
                when o.ordered_route is not null then a.phrase
                when k.kind <> 'wait' then a.phrase
                when b.barred_by is null and s.next_day is not null then concat('the next step comes on day ', s.next_day)
                when coalesce(b.barred_by, '') <> 'credit covers it' then replace(coalesce(w.phrase, n.phrase), '{date}', coalesce(cast(s.awaited_on as varchar), 'late'))
            end,
            case
                when r.claim_amount > d.debt_amount and k.kind = 'outside' and d.debt_amount > 0
                    then concat('with the client''s other debts ', cast(cast(r.claim_amount as decimal(18, 2)) as varchar), ' in all')
            end,
            case when o.ordered_route is not null then concat('ordered on ', o.ordered_on, coalesce(': ' || o.order_note, '')) end
        )
    ) as reason,
    c.runner_up as runner_up,
    r.expected_net_amount as expected_net_amount,
    u.expected_net_amount as runner_up_net_amount,
    r.expected_days as expected_days,
    r.rate_source as rate_source,
    case when o.ordered_route is not null then concat(o.ordered_on, coalesce(': ' || o.order_note, '')) end as overruled_by
from debts as d
inner join chosen as c on c.document_id = d.document_id
inner join routes as r on r.document_id = c.document_id and r.route = c.route
inner join route_rules as k on k.route = c.route
inner join actions as a on a.document_id = d.document_id
inner join money as m on m.document_id = d.document_id
left join routes as u on u.document_id = c.document_id and u.route = c.runner_up
left join debt_bars as b on b.document_id = d.document_id
left join steps_due as s on s.document_id = d.document_id
left join broken_promises as p on p.document_id = d.document_id
left join standing_orders as o on o.document_id = d.document_id
left join told as t on t.document_id = d.document_id
left join outside_bars as x on x.document_id = d.document_id
left join limitations as l on l.jurisdiction = d.jurisdiction
left join wait_phrases as w on w.barred_by = b.barred_by
left join wait_phrases as n on n.barred_by = 'nothing open'
order by d.client, d.currency, d.due_date, d.document_id
