-- Projected: how late what is open at the close of as_of will be at the next month ends, if nothing of it is paid.
-- No forecast: nothing is billed, paid or credited in it. It shows what has to be asked for before it gets older.
-- formula: open_amount = open at as_of, in the bucket of projected_on - due_date
-- credits: what is set against a debt is taken off it from the day it counts; unapplied money is set against nothing
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: days past due as in IFRS 9, B5.5.35, and the survey of the Credit Research Foundation; due today is current
-- grain: projected_on, currency, bucket
-- projected_on: a month end after as_of; as many as the policy says
-- currency: ISO 4217
-- bucket: label from the policy, as it will be on that day
-- bucket_number: order of the buckets, 0 for the first
-- open_amount: currency; >= 0, buckets with nothing in them stand with 0
-- item_count: documents or instalments
with aged as (
    select
        p.projected_on as projected_on,
        o.currency as currency,
        date_diff(
            'day', case when v.aging_basis = 'document_date' then o.document_date else o.due_date end, p.projected_on
        ) as age_days,
        o.open_amount as open_amount
    from open_items as o
    cross join projection_days as p
    cross join conventions as v
),

bucketed as (
    select
        a.projected_on as projected_on,
        a.currency as currency,
        b.bucket_number as bucket_number,
        sum(a.open_amount) as open_amount,
        count(*) as item_count
    from aged as a
    inner join buckets as b
        on (b.days_from is null or a.age_days >= b.days_from)
        and (b.days_to is null or a.age_days <= b.days_to)
    group by a.projected_on, a.currency, b.bucket_number
),

currencies as (
    select distinct d.currency as currency from due_states as d
)

select
    p.projected_on as projected_on,
    c.currency as currency,
    b.bucket as bucket,
    b.bucket_number as bucket_number,
    cast(coalesce(k.open_amount, 0) as decimal(18, 4)) as open_amount,
    coalesce(k.item_count, 0) as item_count
from projection_days as p
cross join currencies as c
cross join buckets as b
left join bucketed as k
    on k.projected_on = p.projected_on and k.currency = c.currency and k.bucket_number = b.bucket_number
order by p.projected_on, c.currency, b.bucket_number
