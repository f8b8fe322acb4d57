-- How late each client's open money is at the close of as_of.
-- Clients' unapplied money is not in here: it stands beside the buckets, in unapplied and balances.
-- grain: client, currency, bucket
-- client: key of the client
-- currency: ISO 4217
-- bucket: label from the policy
-- bucket_number: order of the buckets, 0 for the first
-- open_amount: currency; > 0, buckets with nothing in them are left out
-- item_count: open documents or instalments
select
    o.client as client,
    o.currency as currency,
    o.bucket as bucket,
    o.bucket_number as bucket_number,
    cast(sum(o.open_amount) as decimal(18, 4)) as open_amount,
    count(*) as item_count
from open_items as o
group by o.client, o.currency, o.bucket, o.bucket_number
order by o.client, o.currency, o.bucket_number
