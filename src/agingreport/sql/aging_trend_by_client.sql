-- How late each client's open money was at each month end: the aging of every one of the month ends in one query.
-- formula: open_amount = billed - settled by month_end, in the bucket of month_end - due_date
-- credits: what is set against a debt is taken off it from the day it counts; unapplied money stands beside, in unapplied
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: days past due as in IFRS 9, B5.5.35, and the survey of the Credit Research Foundation; due today is current
-- grain: month_end, client, currency, bucket
-- month_end: close of that day; the last one is as_of
-- client: key of the client
-- currency: ISO 4217
-- bucket: label from the policy
-- bucket_number: order of the buckets, 0 for the first
-- open_amount: currency; > 0, buckets with nothing in them are left out
-- item_count: debts or instalments open then
select
    t.month_end as month_end,
    a.client as client,
    a.currency as currency,
    b.bucket as bucket,
    t.bucket_number as bucket_number,
    t.open_amount as open_amount,
    t.item_count as item_count
from account_trend as t
inner join accounts as a on a.account_key = t.account_key
inner join buckets as b on b.bucket_number = t.bucket_number
-- by client and currency, as accounts are numbered
order by t.month_end, t.account_key, t.bucket_number
