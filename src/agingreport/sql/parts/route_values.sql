-- What each route is worth for each overdue debt, barred or not: recovery, fee, cost and what is left.
-- Agencies and courts take a client's debts together: limit, fee and least amount go by the claim, shared by amount.
-- shared
-- grain: document_id, route
-- document_id: the debt
-- route: remind, call, statement, stop_work, demand_letter, payment_plan, settle, agency ... as in the policy
-- claim_amount: currency; this debt, and for a route outside the client's other debts that are old enough for it; >= 0
-- recovery_rate: 0 to 1; null = unknown
-- expected_recovery_amount: currency; debt times rate, to the cent; null = unknown
-- fee_rate: 0 to 1, of what is recovered; null = no such fee, or unknown
-- fee_amount: currency; the share of this debt; null = unknown
-- cost_amount: currency; own time and expenses, the share of this debt; null = unknown
-- expected_net_amount: currency; recovery less fee less cost; null = unknown
-- claim_net_amount: currency; the same for the whole claim; null = unknown
-- expected_days: until the money is there; null = unknown
-- rate_source: where the rate comes from; null = unknown
-- court_barred_by: why the court is closed to this claim; null = it is open, or none is needed
-- forum: name of the court for small claims; null = another route, or unknown
with claims as (
    select
        d.document_id as document_id,
        d.client as client,
        d.currency as currency,
        d.days_past_due as days_past_due,
        d.debt_amount as debt_amount,
        d.reporting_rate as reporting_rate,
        d.jurisdiction as jurisdiction,
        r.route as route,
        r.recovery as recovery,
        r.recovery_rate as policy_rate,
        r.expected_days as expected_days,
        r.cost_amount as cost_amount,
        r.kind = 'outside' and d.days_past_due >= r.opens_on_day as is_claimed,
        case
            when r.kind = 'outside' and d.days_past_due >= r.opens_on_day
                then sum(case when d.days_past_due >= r.opens_on_day then d.debt_amount else 0 end) over (
                    partition by d.client, d.currency, r.route
                )
            else d.debt_amount
        end as claim_amount
    from debts as d
    cross join route_rules as r
),

fee_bands as (
    select
        c.document_id as document_id,
        c.route as route,
        f.fee_rate as fee_rate,
        row_number() over (
            partition by c.document_id, c.route
            order by case when f.currency is null then 1 else 0 end, f.fee_rate desc
        ) as choice
    from claims as c
    inner join agency_fees as f
        on (f.days_from is null or c.days_past_due >= f.days_from)
        and (f.days_to is null or c.days_past_due <= f.days_to)
        and (f.amount_from is null or c.claim_amount >= f.amount_from)
        and (f.amount_below is null or c.claim_amount < f.amount_below)
        and (f.currency is null or c.currency = f.currency)
    where c.recovery = 'agency'
),

filings as (
    select
        c.document_id as document_id,
        c.route as route,
        k.forum as forum,
        f.fee_amount as fee_amount,
        case
            when c.jurisdiction is null then 'unknown jurisdiction'
            when k.jurisdiction is null then 'unknown court limit'
            when k.barred_by is not null then k.barred_by
            when k.currency <> c.currency then 'unknown limit in this currency'
            when c.claim_amount > k.limit_amount then 'over the court limit'
            when f.fee_amount is null then 'unknown court fee'
        end as barred_by
    from claims as c
    left join courts as k on k.jurisdiction = c.jurisdiction
    left join court_fees as f
        on f.jurisdiction = c.jurisdiction
        and k.currency = c.currency
        and (f.amount_above is null or c.claim_amount > f.amount_above)
        and c.claim_amount <= f.amount_to
    where c.route = 'small_claims'
),

rated as (
    select
        c.document_id as document_id,
        c.route as route,
        case
            when c.policy_rate is not null then c.policy_rate
            when c.recovery = 'own' then h.recovery_rate
            when o.recovery_rate is not null then least(o.recovery_rate, h.recovery_rate)
        end as recovery_rate,
        case
            when c.policy_rate is not null then 'policy'
            when c.recovery = 'own' or h.recovery_rate < o.recovery_rate then h.rate_source
            when o.recovery_rate is not null then concat('prior: ', o.source)
        end as rate_source,
        case when c.recovery = 'own' then coalesce(c.expected_days, h.median_days) else c.expected_days end as expected_days
    from claims as c
    left join recovery_rates as h
        on h.currency = c.currency
        and c.days_past_due >= h.days_from
        and (h.days_to is null or c.days_past_due <= h.days_to)
    left join outside_recovery as o on o.recovery = c.recovery
),

shared_out as (
    select
        c.document_id as document_id,
        c.route as route,
        -- wide: DuckDB multiplies two decimals of up to 18 digits within 18
        cast(round(cast(c.debt_amount as decimal(19, 4)) * r.recovery_rate, 2) as decimal(18, 4)) as expected_recovery_amount,
        cast(
            case
                when c.cost_amount = 0 then 0
                when c.claim_amount = c.debt_amount then round(c.cost_amount / c.reporting_rate, 2)
                else round(c.cost_amount / c.reporting_rate * c.debt_amount / c.claim_amount, 2)
            end as decimal(18, 4)
        ) as cost_amount,
        cast(
            case
                when c.claim_amount = c.debt_amount then f.fee_amount
                else round(cast(f.fee_amount as decimal(19, 4)) * c.debt_amount / c.claim_amount, 2)
            end as decimal(18, 4)
        ) as filing_amount
    from claims as c
    inner join rated as r on r.document_id = c.document_id and r.route = c.route
    left join filings as f on f.document_id = c.document_id and f.route = c.route
),

priced as (
    select
        s.document_id as document_id,
        s.route as route,
        b.fee_rate as fee_rate,
        case
            when c.recovery = 'agency' then cast(round(cast(s.expected_recovery_amount as decimal(19, 4)) * b.fee_rate, 2) as decimal(18, 4))
            when c.route = 'small_claims' then s.filing_amount
            else cast(0 as decimal(18, 4))
        end as fee_amount
    from shared_out as s
    inner join claims as c on c.document_id = s.document_id and c.route = s.route
    left join fee_bands as b on b.document_id = s.document_id and b.route = s.route and b.choice = 1
)

select
    c.document_id as document_id,
    c.route as route,
    cast(c.claim_amount as decimal(18, 4)) as claim_amount,
    cast(r.recovery_rate as double) as recovery_rate,
    s.expected_recovery_amount as expected_recovery_amount,
    cast(p.fee_rate as double) as fee_rate,
    p.fee_amount as fee_amount,
    s.cost_amount as cost_amount,
    cast(s.expected_recovery_amount - p.fee_amount - s.cost_amount as decimal(18, 4)) as expected_net_amount,
    cast(
        case
            when c.is_claimed
                then sum(case when c.is_claimed then s.expected_recovery_amount - p.fee_amount - s.cost_amount end) over (
                    partition by c.client, c.currency, c.route
                )
            else s.expected_recovery_amount - p.fee_amount - s.cost_amount
        end as decimal(18, 4)
    ) as claim_net_amount,
    r.expected_days as expected_days,
    r.rate_source as rate_source,
    case
        when c.route = 'small_claims' then f.barred_by
        when c.recovery = 'court' and c.jurisdiction is null then 'unknown jurisdiction'
    end as court_barred_by,
    f.forum as forum
from claims as c
inner join rated as r on r.document_id = c.document_id and r.route = c.route
inner join shared_out as s on s.document_id = c.document_id and s.route = c.route
inner join priced as p on p.document_id = c.document_id and p.route = c.route
left join filings as f on f.document_id = c.document_id and f.route = c.route
