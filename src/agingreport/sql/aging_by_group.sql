-- How late the open money of each parent group is at the close of as_of: a parent with all clients below it.
-- formula: aging added up over the clients below one parent
-- credits: what is set against a debt is taken off it from the day it counts; unapplied money stands beside, in unapplied
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: days past due as in IFRS 9, B5.5.35, and the survey of the Credit Research Foundation; due today is current
-- grain: group_client, currency, bucket
-- group_client: key of the topmost parent; a client without parent is a group of its own
-- group_name: for people
-- currency: ISO 4217
-- bucket: label from the policy
-- bucket_number: order of the buckets, 0 for the first
-- open_amount: currency; > 0, buckets with nothing in them are left out
-- item_count: open documents or instalments
-- client_count: clients of the group with something in the bucket
select
    g.group_client as group_client,
    g.group_name as group_name,
    a.currency as currency,
    a.bucket as bucket,
    a.bucket_number as bucket_number,
    cast(sum(a.open_amount) as decimal(18, 4)) as open_amount,
    sum(a.item_count) as item_count,
    count(*) as client_count
from aging as a
inner join client_groups as g on g.client = a.client
group by g.group_client, g.group_name, a.currency, a.bucket, a.bucket_number
order by g.group_client, a.currency, a.bucket_number
