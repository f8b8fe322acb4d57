-- What of the open money must be expected to be lost, bucket by bucket for each risk group of the policy: IFRS 9, B5.5.35, asks for groups where their losses differ.
-- A group with enough history of its own has its own rate; one with less takes that of all clients together, and says so.
-- The rates that a policy fixes are the same for every group. Adjustments are those of provision.
-- formula: allowance_amount = gross_amount * (historical_rate + adjustment_rate)
-- credits: what is set against a debt is taken off it from the day it counts; unapplied money is not taken off
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: IFRS 9, 5.5.15 and B5.5.35
-- grain: currency, risk_group, bucket
-- currency: ISO 4217
-- risk_group: from the policy; 'all others' holds the clients that it does not name
-- bucket: label from the policy
-- bucket_number: order of the buckets, 0 for the first
-- gross_amount: currency; open in the bucket at as_of; >= 0
-- historical_rate: 0 to 1; null = unknown, rate_source says why
-- adjustment_rate: what the firm adds to historical_rate, in the same unit; null = unknown
-- loss_rate: 0 to 1; historical_rate + adjustment_rate; null = unknown
-- allowance_amount: currency; gross_amount * loss_rate; null = unknown and something is open; 0 where nothing is
-- debt_count: debts of the group's own history that reached the bucket and have had their time
-- rate_source: where historical_rate comes from, or why there is none
-- adjustment_reason: the firm's; null = nothing is added
with opened as (
    select
        o.currency as currency,
        coalesce(k.risk_group, 'all others') as risk_group,
        o.bucket_number as bucket_number,
        sum(o.open_amount) as gross_amount
    from open_items as o
    left join risk_groups as k on k.client = o.client
    group by o.currency, coalesce(k.risk_group, 'all others'), o.bucket_number
),

based as (
    select
        g.currency as currency,
        g.risk_group as risk_group,
        g.bucket as bucket,
        g.bucket_number as bucket_number,
        coalesce(o.gross_amount, 0) as gross_amount,
        g.debt_count as debt_count,
        case
            when v.provision_method = 'own_history' and g.debt_count >= v.loss_minimum_count
                then cast(g.lost_amount as double) / nullif(cast(g.reached_amount as double), 0)
            else p.historical_rate
        end as historical_rate,
        case
            when v.provision_method = 'own_history' and g.debt_count >= v.loss_minimum_count
                then concat('own history of the group: ', g.debt_count, ' debts, aged from ', g.oldest_on, ' to ', g.newest_on)
            when v.provision_method = 'own_history' and p.historical_rate is not null
                then concat('too little history of the group (', g.debt_count, ' debts), so that of all clients; ', p.rate_source)
            else p.rate_source
        end as rate_source,
        r.relative_rate as relative_rate,
        r.absolute_rate as absolute_rate,
        r.adjustment_reason as adjustment_reason
    from group_losses as g
    cross join conventions as v
    inner join provision as p on p.currency = g.currency and p.bucket_number = g.bucket_number
    inner join loss_rules as r on r.bucket_number = g.bucket_number
    left join opened as o
        on o.currency = g.currency and o.risk_group = g.risk_group and o.bucket_number = g.bucket_number
),

adjusted as (
    select
        b.currency as currency,
        b.risk_group as risk_group,
        b.bucket_number as bucket_number,
        -- an unknown rate stays unknown: greatest and least pass over nulls
        case
            when b.historical_rate is not null then least(
                greatest(b.historical_rate * (1 + cast(b.relative_rate as double)) + cast(b.absolute_rate as double), 0), 1
            )
        end as loss_rate
    from based as b
)

select
    b.currency as currency,
    b.risk_group as risk_group,
    b.bucket as bucket,
    b.bucket_number as bucket_number,
    cast(b.gross_amount as decimal(18, 4)) as gross_amount,
    b.historical_rate as historical_rate,
    a.loss_rate - b.historical_rate as adjustment_rate,
    a.loss_rate as loss_rate,
    cast(
        case when b.gross_amount = 0 then 0 else cast(b.gross_amount as double) * a.loss_rate end as decimal(18, 4)
    ) as allowance_amount,
    b.debt_count as debt_count,
    b.rate_source as rate_source,
    b.adjustment_reason as adjustment_reason
from based as b
inner join adjusted as a
    on a.currency = b.currency and a.risk_group = b.risk_group and a.bucket_number = b.bucket_number
order by b.currency, b.risk_group, b.bucket_number
