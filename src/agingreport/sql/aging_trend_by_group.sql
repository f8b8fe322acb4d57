-- How late the open money of each parent group was at each month end: a parent with all clients below it, as they are now.
-- formula: aging_trend_by_client added up over the clients below one parent
-- credits: what is set against a debt is taken off it from the day it counts; unapplied money stands beside, in unapplied
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: days past due as in IFRS 9, B5.5.35, and the survey of the Credit Research Foundation; due today is current
-- grain: month_end, group_client, currency, bucket
-- month_end: close of that day; the last one is as_of
-- group_client: key of the topmost parent; a client without parent is a group of its own
-- group_name: for people
-- currency: ISO 4217
-- bucket: label from the policy
-- bucket_number: order of the buckets, 0 for the first
-- open_amount: currency; > 0, buckets with nothing in them are left out
-- item_count: debts or instalments open then
-- client_count: clients of the group with something in the bucket
with grouped as (
    -- A group in a currency under a number: it is quicker to add up under than its name, and in the same order.
    select
        a.account_key as account_key,
        a.currency as currency,
        g.group_client as group_client,
        g.group_name as group_name,
        dense_rank() over (order by g.group_client, a.currency) as group_number
    from accounts as a
    inner join client_groups as g on g.client = a.client
),

named as (
    select distinct
        g.group_number as group_number,
        g.group_client as group_client,
        g.group_name as group_name,
        g.currency as currency
    from grouped as g
),

summed as (
    select
        t.month_end as month_end,
        g.group_number as group_number,
        t.bucket_number as bucket_number,
        sum(t.open_amount) as open_amount,
        sum(t.item_count) as item_count,
        count(*) as client_count
    from account_trend as t
    inner join grouped as g on g.account_key = t.account_key
    group by t.month_end, g.group_number, t.bucket_number
)

select
    s.month_end as month_end,
    n.group_client as group_client,
    n.group_name as group_name,
    n.currency as currency,
    b.bucket as bucket,
    s.bucket_number as bucket_number,
    cast(s.open_amount as decimal(18, 4)) as open_amount,
    cast(s.item_count as bigint) as item_count,
    s.client_count as client_count
from summed as s
inner join named as n on n.group_number = s.group_number
inner join buckets as b on b.bucket_number = s.bucket_number
order by s.month_end, s.group_number, s.bucket_number
