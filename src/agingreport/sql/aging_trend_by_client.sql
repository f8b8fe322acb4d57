-- How late each client's open money was at each month end: the aging of every one of the month ends in one query.
-- shared
-- grain: month_end, client, currency, bucket
-- month_end: close of that day; the last one is as_of
-- client: key of the client
-- currency: ISO 4217
-- bucket: label from the policy
-- bucket_number: order of the buckets, 0 for the first
-- open_amount: currency; > 0, buckets with nothing in them are left out
-- item_count: debts or instalments open then
select
    o.month_end as month_end,
    o.client as client,
    o.currency as currency,
    b.bucket as bucket,
    b.bucket_number as bucket_number,
    cast(sum(o.open_amount) as decimal(18, 4)) as open_amount,
    count(*) as item_count
from open_at_month_ends as o
inner join buckets as b
    on (b.days_from is null or date_diff('day', o.aged_from, o.month_end) >= b.days_from)
    and (b.days_to is null or date_diff('day', o.aged_from, o.month_end) <= b.days_to)
group by o.month_end, o.client, o.currency, b.bucket, b.bucket_number
order by o.month_end, o.client, o.currency, b.bucket_number
