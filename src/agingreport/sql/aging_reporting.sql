-- How late each client's open money is at the close of as_of, in the reporting currency: all currencies together.
-- Each is converted at its closing rate, that of as_of or the latest before it; balances_reporting states the rates.
-- formula: open_amount = sum of aging * closing rate, each client and currency to four decimals
-- credits: what is set against a debt is taken off it from the day it counts; unapplied money stands beside, in unapplied
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: IAS 21.23: monetary items at the closing rate
-- guarded by missing_closing_rates
-- grain: client, bucket
-- client: key of the client
-- reporting_currency: ISO 4217; from the policy
-- bucket: label from the policy
-- bucket_number: order of the buckets, 0 for the first
-- open_amount: reporting currency; >= 0, buckets with nothing in them are left out
-- item_count: open documents or instalments
-- currency_count: currencies they are in
with converted as (
    select
        a.client as client,
        r.reporting_currency as reporting_currency,
        a.bucket as bucket,
        a.bucket_number as bucket_number,
        cast(a.open_amount * r.rate as decimal(18, 4)) as open_amount,
        a.item_count as item_count
    from aging as a
    inner join conversion_rates as r on r.currency = a.currency and r.needed_on = $as_of
)

select
    c.client as client,
    c.reporting_currency as reporting_currency,
    c.bucket as bucket,
    c.bucket_number as bucket_number,
    cast(sum(c.open_amount) as decimal(18, 4)) as open_amount,
    sum(c.item_count) as item_count,
    count(*) as currency_count
from converted as c
group by c.client, c.reporting_currency, c.bucket, c.bucket_number
order by c.client, c.bucket_number
