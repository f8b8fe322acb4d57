-- What of the open money must be expected to be lost, bucket by bucket: the provision matrix of IFRS 9 (simplified approach, B5.5.35) and the aging method of US CECL (ASC 326-20-55-37).
-- Three columns make the rate: what history says, what the firm adds for today's conditions and its reason, and the
-- result. The history is the firm's own flow to loss, or by policy the rates it gives. Open amounts are gross of tax;
-- clients' unapplied money is not taken off, and currencies are not added.
-- formula: allowance_amount = gross_amount * (historical_rate + adjustment_rate)
-- credits: what is set against a debt is taken off it from the day it counts; unapplied money is not taken off
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: IFRS 9, 5.5.15 and B5.5.35; ASC 326-20-55-37
-- shared
-- grain: currency, bucket
-- currency: ISO 4217
-- bucket: label from the policy
-- bucket_number: order of the buckets, 0 for the first
-- gross_amount: currency; open in the bucket at as_of; >= 0
-- historical_rate: 0 to 1; null = unknown, rate_source says why
-- adjustment_rate: what the firm adds to historical_rate (negative = takes off), in the same unit; null = unknown
-- loss_rate: 0 to 1; historical_rate + adjustment_rate; null = unknown
-- allowance_amount: currency; gross_amount * loss_rate; null = unknown and something is open; 0 where nothing is
-- debt_count: debts of the firm's own history that reached the bucket and have had their time
-- reached_amount: currency; what was open of them
-- lost_amount: currency; what was lost of that
-- rate_source: where historical_rate comes from, or why there is none
-- adjustment_reason: the firm's; null = nothing is added
with opened as (
    select
        o.currency as currency,
        o.bucket_number as bucket_number,
        sum(o.open_amount) as gross_amount
    from open_items as o
    group by o.currency, o.bucket_number
),

based as (
    select
        h.currency as currency,
        h.bucket as bucket,
        h.bucket_number as bucket_number,
        coalesce(o.gross_amount, 0) as gross_amount,
        h.debt_count as debt_count,
        h.reached_amount as reached_amount,
        h.lost_amount as lost_amount,
        case
            when v.provision_method = 'fixed_rates' then cast(r.fixed_rate as double)
            when h.debt_count >= v.loss_minimum_count then h.loss_rate
        end as historical_rate,
        case
            when v.provision_method = 'fixed_rates' then concat('rates given: ', r.fixed_rates_reason)
            when h.debt_count >= v.loss_minimum_count
                then concat('own history: ', h.debt_count, ' debts, aged from ', h.oldest_on, ' to ', h.newest_on)
            else concat(
                'too little history: ', h.debt_count, ' debts reached this bucket and have had their ',
                v.loss_after_days, ' days, ', v.loss_minimum_count, ' are needed'
            )
        end as rate_source,
        r.relative_rate as relative_rate,
        r.absolute_rate as absolute_rate,
        r.adjustment_reason as adjustment_reason
    from loss_history as h
    cross join conventions as v
    inner join loss_rules as r on r.bucket_number = h.bucket_number
    left join opened as o on o.currency = h.currency and o.bucket_number = h.bucket_number
),

adjusted as (
    select
        b.currency as currency,
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
    b.reached_amount as reached_amount,
    b.lost_amount as lost_amount,
    b.rate_source as rate_source,
    b.adjustment_reason as adjustment_reason
from based as b
inner join adjusted as a on a.currency = b.currency and a.bucket_number = b.bucket_number
order by b.currency, b.bucket_number
