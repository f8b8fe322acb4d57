-- How late the open money of each parent group was at each month end: a parent with all clients below it, as they are now.
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
select
    t.month_end as month_end,
    g.group_client as group_client,
    g.group_name as group_name,
    t.currency as currency,
    t.bucket as bucket,
    t.bucket_number as bucket_number,
    cast(sum(t.open_amount) as decimal(18, 4)) as open_amount,
    cast(sum(t.item_count) as bigint) as item_count,
    count(*) as client_count
from aging_trend_by_client as t
inner join client_groups as g on g.client = t.client
group by t.month_end, g.group_client, g.group_name, t.currency, t.bucket, t.bucket_number
order by t.month_end, g.group_client, t.currency, t.bucket_number
