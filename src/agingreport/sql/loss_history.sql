-- What the firm's own history says is lost of the money that reaches each bucket: flow to loss.
-- Lost is what was neither paid nor credited within the policy's loss_after_days after the date a debt is aged from,
-- written off or not: a recovery in that time is a payment, what came later is no part of it. Only debts whose time is
-- over at as_of count, paid or not, so that recent ones, most of them still open, do not pass for losses nor for money.
-- formula: loss_rate = lost_amount / reached_amount
-- credits: what was credited is neither paid nor lost
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: flow to loss: what is never paid over what reached the bucket (IFRScommunity example of IFRS 9)
-- shared
-- grain: currency, bucket
-- currency: ISO 4217
-- bucket: label from the policy
-- bucket_number: order of the buckets, 0 for the first
-- debt_count: debts or instalments open on the first day of the bucket, or on their own where billed later, whose time is over
-- reached_amount: currency; what was open of them on that day; what was settled on it never reached the bucket
-- paid_amount: currency; of that, paid in time, also after a write-off
-- credited_amount: currency; of that, credited in time
-- lost_amount: currency; the rest of it
-- loss_rate: 0 to 1; lost_amount / reached_amount; null = nothing reached the bucket
-- oldest_on: date the oldest of these debts is aged from; null = there is none
-- newest_on: date the newest of these debts is aged from; null = there is none
select
    g.currency as currency,
    g.bucket as bucket,
    g.bucket_number as bucket_number,
    cast(sum(g.debt_count) as bigint) as debt_count,
    cast(sum(g.reached_amount) as decimal(18, 4)) as reached_amount,
    cast(sum(g.paid_amount) as decimal(18, 4)) as paid_amount,
    cast(sum(g.credited_amount) as decimal(18, 4)) as credited_amount,
    cast(sum(g.lost_amount) as decimal(18, 4)) as lost_amount,
    cast(sum(g.lost_amount) as double) / nullif(cast(sum(g.reached_amount) as double), 0) as loss_rate,
    min(g.oldest_on) as oldest_on,
    max(g.newest_on) as newest_on
from group_losses as g
group by g.currency, g.bucket, g.bucket_number
order by g.currency, g.bucket_number
