-- How late each client's open money is at the close of as_of.
-- formula: open_amount = billed - settled by as_of, in the bucket of as_of - due_date
-- credits: what is set against a debt is taken off it from the day it counts; unapplied money stands beside, in unapplied
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: days past due as in IFRS 9, B5.5.35, and the survey of the Credit Research Foundation; due today is current
-- shared
-- grain: client, currency, bucket
-- client: key of the client
-- currency: ISO 4217
-- bucket: label from the policy
-- bucket_number: order of the buckets, 0 for the first
-- open_amount: currency; > 0, buckets with nothing in them are left out
-- item_count: open documents or instalments
with still_open as (
    select
        t.account_key as account_key,
        date_diff('day', t.aged_from, $as_of) as age_days,
        t.due_amount - t.settled_amount as open_amount
    from due_states as t
    where t.due_amount > t.settled_amount
),

bucketed as (
    select
        o.account_key as account_key,
        b.bucket as bucket,
        b.bucket_number as bucket_number,
        sum(o.open_amount) as open_amount,
        count(*) as item_count
    from still_open as o
    inner join buckets as b
        on (b.days_from is null or o.age_days >= b.days_from)
        and (b.days_to is null or o.age_days <= b.days_to)
    group by o.account_key, b.bucket, b.bucket_number
)

select
    a.client as client,
    a.currency as currency,
    b.bucket as bucket,
    b.bucket_number as bucket_number,
    cast(b.open_amount as decimal(18, 4)) as open_amount,
    b.item_count as item_count
from bucketed as b
inner join accounts as a on a.account_key = b.account_key
order by a.client, a.currency, b.bucket_number
