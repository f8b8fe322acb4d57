-- How much of each bucket was in a later one a month after: roll rates on the debts themselves, so new billing cannot blur them.
-- formula: roll_rate = rolled_amount / from_amount; chained_rate = product of this and all later ones
-- credits: what was paid or credited has settled; what was written off has rolled
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: roll rates, on invoice cohorts and not on totals of buckets (textbooks)
-- grain: month_end, currency, bucket
-- month_end: close of that day; the last one is as_of, even in mid-month
-- currency: ISO 4217
-- bucket: label from the policy, at the close of the month before
-- bucket_number: order of the buckets, 0 for the first
-- from_amount: currency; open in the bucket at the close of the month before
-- settled_amount: currency; of that, paid or credited since
-- stayed_amount: currency; of that, still in the same bucket
-- rolled_amount: currency; of that, now in a later bucket, or written off
-- roll_rate: 0 to 1; rolled_amount / from_amount; null = nothing was in the bucket
-- chained_rate: 0 to 1; product of this and all later roll rates: the share that ends in loss if each month is like this one and nothing stays; null = a later one is undefined
with rolled as (
    select
        m.month_end as month_end,
        m.currency as currency,
        m.from_state as bucket,
        m.from_number as bucket_number,
        sum(m.moved_amount) as from_amount,
        coalesce(sum(m.moved_amount) filter (where m.to_state in ('paid', 'credited')), 0) as settled_amount,
        coalesce(sum(m.moved_amount) filter (where m.to_number = m.from_number), 0) as stayed_amount,
        coalesce(sum(m.moved_amount) filter (
            where m.to_number > m.from_number and m.to_state not in ('paid', 'credited')
        ), 0) as rolled_amount
    from migration as m
    where m.from_number >= 0
    group by m.month_end, m.currency, m.from_state, m.from_number
),

rated as (
    select
        r.month_end as month_end,
        r.currency as currency,
        r.bucket as bucket,
        r.bucket_number as bucket_number,
        r.from_amount as from_amount,
        r.settled_amount as settled_amount,
        r.stayed_amount as stayed_amount,
        r.rolled_amount as rolled_amount,
        cast(r.rolled_amount as double) / nullif(cast(r.from_amount as double), 0) as roll_rate
    from rolled as r
),

chained as (
    select
        r.month_end as month_end,
        r.currency as currency,
        r.bucket_number as bucket_number,
        -- a product as a sum of logarithms, which zero has none of
        exp(sum(ln(nullif(r.roll_rate, 0))) over later) as product_rate,
        min(r.roll_rate) over later as least_rate,
        count(r.roll_rate) over later as defined_count,
        count(*) over later as bucket_count
    from rated as r
    window later as (partition by r.month_end, r.currency order by r.bucket_number desc)
)

select
    r.month_end as month_end,
    r.currency as currency,
    r.bucket as bucket,
    r.bucket_number as bucket_number,
    cast(r.from_amount as decimal(18, 4)) as from_amount,
    cast(r.settled_amount as decimal(18, 4)) as settled_amount,
    cast(r.stayed_amount as decimal(18, 4)) as stayed_amount,
    cast(r.rolled_amount as decimal(18, 4)) as rolled_amount,
    r.roll_rate as roll_rate,
    case
        when c.defined_count < c.bucket_count then null
        when c.least_rate = 0 then 0
        else c.product_rate
    end as chained_rate
from rated as r
inner join chained as c
    on c.month_end = r.month_end and c.currency = r.currency and c.bucket_number = r.bucket_number
order by r.month_end, r.currency, r.bucket_number
