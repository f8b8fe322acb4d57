-- Every route open to each overdue debt with its arithmetic, and every route that is not, with the rule that bars it.
-- formula: expected_net_amount = debt_amount * recovery_rate - fee_amount - cost_amount
-- credits: a client's unapplied money is set against its oldest debts before anything is asked for
-- disputes: every route is barred while a debt is disputed
-- drafts: left out, and so are void documents
-- source: our own; figures of the policy with their sources
-- shared
-- grain: document_id, route
-- document_id: the debt
-- client: key of the client
-- currency: ISO 4217
-- route: remind, call, statement, stop_work, demand_letter, payment_plan, settle, agency ... as in the policy
-- route_number: order of the routes, 1 for the mildest
-- days_past_due: days; > 0
-- debt_amount: currency; what there is to ask for after credit, disputes and promises; >= 0
-- claim_amount: currency; the client's debts that go this way together, this one included; >= 0
-- recovery_rate: 0 to 1 of debt_amount; null = unknown
-- expected_recovery_amount: currency; null = unknown
-- fee_rate: 0 to 1 of what is recovered; null = no such fee, or unknown
-- fee_amount: currency; null = unknown
-- cost_amount: currency; own time and expenses; null = unknown
-- expected_net_amount: currency; recovery less fee less cost; null = unknown
-- claim_net_amount: currency; expected net of the whole claim; null = unknown
-- expected_days: until the money is there; null = unknown
-- rate_source: own history with the number of cases, prior with its source, or policy; null = unknown
-- step: the step of the ladder that is due by this route, in words; null = none
-- forum: name of the court for small claims; null = another route, or unknown
-- preference: of two open routes the lower number is taken, and at the same number the greater claim_net_amount
-- barred_by: the rules that bar it, with semicolons between; null = open
with next_steps as (
    select
        l.document_id as document_id,
        l.route as route,
        min(l.opens_on_day) filter (where not l.is_behind) as next_day,
        bool_or(l.is_on_record) as is_on_record
    from ladder_steps as l
    group by l.document_id, l.route
),

situations as (
    select
        d.document_id as document_id,
        d.client as client,
        d.currency as currency,
        d.days_past_due as days_past_due,
        d.debt_amount as debt_amount,
        d.reporting_rate as reporting_rate,
        r.route as route,
        r.route_number as route_number,
        r.kind as kind,
        r.preference as preference,
        r.closes_after_day as closes_after_day,
        r.minimum_amount as minimum_amount,
        r.recovery as recovery,
        b.barred_by as debt_barred_by,
        s.route is not null as has_step_due,
        case when s.route = r.route then s.step end as step,
        s.is_on_record as is_on_record,
        n.document_id is not null as is_on_ladder,
        coalesce(case when s.is_on_record then n.next_day end, least(n.next_day, r.opens_on_day), r.opens_on_day) as opens_on_day,
        n.next_day as next_day,
        coalesce(t.step_count, 0) as step_count,
        g.document_id is not null as is_handed_over,
        r.after_contact_kind is not null and s.is_on_record and p.document_id is null as lacks_letter,
        coalesce(d.is_consumer and not r.is_open_to_consumers, false) as is_closed_to_consumer,
        case when r.recovery = 'court' and d.due_date <= l.barred_due_date then l.barred_by end as limitation_barred_by
    from debts as d
    cross join route_rules as r
    left join debt_bars as b on b.document_id = d.document_id
    left join steps_due as s on s.document_id = d.document_id
    left join next_steps as n on n.document_id = d.document_id and n.route = r.route
    left join steps_taken as t on t.document_id = d.document_id and t.contact_kind = r.contact_kind
    left join steps_taken as p on p.document_id = d.document_id and p.contact_kind = r.after_contact_kind
    left join limitations as l on l.jurisdiction = d.jurisdiction
    left join (
        select distinct k.document_id as document_id
        from steps_taken as k
        where k.contact_kind in ('agency', 'court')
    ) as g on g.document_id = d.document_id
),

judged as (
    select
        s.document_id as document_id,
        s.route as route,
        s.kind as kind,
        nullif(concat_ws(
            '; ',
            case when s.debt_barred_by = 'too small' and s.kind = 'end' then null else s.debt_barred_by end,
            case when s.days_past_due < s.opens_on_day then 'too young' end,
            case when s.days_past_due > s.closes_after_day then 'too old' end,
            case
                when s.kind = 'own' and s.is_on_ladder and s.step is null and s.next_day is null
                    then case when s.step_count > 0 then 'already tried' else 'a firmer step was taken' end
                when s.kind in ('own', 'outside') and not s.is_on_ladder and s.step_count > 0 then 'already tried'
            end,
            case when s.kind = 'own' and s.is_handed_over then 'already handed over' end,
            case when s.lacks_letter then 'demand letter first' end,
            case when s.is_closed_to_consumer then 'consumer debt' end,
            case when s.debt_amount > 0 and v.claim_amount * s.reporting_rate < s.minimum_amount then 'too small' end,
            v.court_barred_by,
            s.limitation_barred_by,
            case when s.kind = 'outside' and v.recovery_rate is null then 'unknown recovery rate' end,
            case when s.recovery = 'agency' and v.fee_amount is null then 'unknown fee' end,
            case when s.kind = 'outside' and v.cost_amount is null then 'unknown cost' end,
            case
                when s.kind = 'outside' and v.claim_net_amount * s.reporting_rate < c.minimum_net_amount
                    then 'costs more than it brings'
                when s.kind = 'own' and v.expected_net_amount <= 0 then 'costs more than it brings'
            end
        ), '') as barred_by
    from situations as s
    inner join route_values as v on v.document_id = s.document_id and v.route = s.route
    cross join conventions as c
    where s.kind <> 'wait'
),

openings as (
    select
        j.document_id as document_id,
        bool_or(j.kind = 'outside' and j.barred_by is null) as is_outside_open,
        bool_or(j.barred_by is null) as is_any_open
    from judged as j
    group by j.document_id
)

select
    s.document_id as document_id,
    s.client as client,
    s.currency as currency,
    s.route as route,
    s.route_number as route_number,
    s.days_past_due as days_past_due,
    s.debt_amount as debt_amount,
    v.claim_amount as claim_amount,
    v.recovery_rate as recovery_rate,
    v.expected_recovery_amount as expected_recovery_amount,
    v.fee_rate as fee_rate,
    v.fee_amount as fee_amount,
    v.cost_amount as cost_amount,
    v.expected_net_amount as expected_net_amount,
    v.claim_net_amount as claim_net_amount,
    v.expected_days as expected_days,
    v.rate_source as rate_source,
    s.step as step,
    v.forum as forum,
    case
        when s.step is not null then 2
        when s.kind = 'own' and not s.has_step_due then 6
        else s.preference
    end as preference,
    case
        when s.kind = 'own'
            then nullif(concat_ws('; ', j.barred_by, case when o.is_outside_open then 'own chasing has ended' end), '')
        when s.kind = 'wait' and s.debt_barred_by is null and s.has_step_due and o.is_any_open then 'nothing to wait for'
        else j.barred_by
    end as barred_by
from situations as s
inner join route_values as v on v.document_id = s.document_id and v.route = s.route
left join judged as j on j.document_id = s.document_id and j.route = s.route
left join openings as o on o.document_id = s.document_id
order by s.client, s.currency, s.document_id, s.route_number
