-- How late the open money of all clients together is at the close of as_of, and what share each bucket holds.
-- Open items are never negative, and what clients have paid ahead stands in unapplied: so the shares are of what is
-- positive, and add up to 1.
-- formula: open_share = open_amount / total_open_amount
-- credits: what is set against a debt is taken off it from the day it counts; unapplied money stands beside, in unapplied
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: days past due as in IFRS 9, B5.5.35, and the survey of the Credit Research Foundation; due today is current
-- grain: currency, bucket
-- currency: ISO 4217
-- bucket: label from the policy
-- bucket_number: order of the buckets, 0 for the first
-- open_amount: currency; >= 0, buckets with nothing in them stand with 0
-- item_count: open documents or instalments
-- client_count: clients with something in the bucket
-- total_open_amount: currency; all buckets together
-- open_share: 0 to 1; open_amount / total_open_amount; null = nothing is open
with currencies as (
    select distinct d.currency as currency from due_states as d
),

bucketed as (
    select
        a.currency as currency,
        a.bucket_number as bucket_number,
        sum(a.open_amount) as open_amount,
        sum(a.item_count) as item_count,
        count(*) as client_count
    from aging as a
    group by a.currency, a.bucket_number
),

every_bucket as (
    select
        c.currency as currency,
        b.bucket as bucket,
        b.bucket_number as bucket_number,
        coalesce(k.open_amount, 0) as open_amount,
        coalesce(k.item_count, 0) as item_count,
        coalesce(k.client_count, 0) as client_count,
        sum(coalesce(k.open_amount, 0)) over (partition by c.currency) as total_open_amount
    from currencies as c
    cross join buckets as b
    left join bucketed as k on k.currency = c.currency and k.bucket_number = b.bucket_number
)

select
    e.currency as currency,
    e.bucket as bucket,
    e.bucket_number as bucket_number,
    cast(e.open_amount as decimal(18, 4)) as open_amount,
    e.item_count as item_count,
    e.client_count as client_count,
    cast(e.total_open_amount as decimal(18, 4)) as total_open_amount,
    cast(e.open_amount as double) / nullif(cast(e.total_open_amount as double), 0) as open_share
from every_bucket as e
order by e.currency, e.bucket_number
