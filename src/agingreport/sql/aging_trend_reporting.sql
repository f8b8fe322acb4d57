-- How late the open money was at each month end, in the reporting currency: each at the closing rate of its month end.
-- formula: open_amount = sum of aging_trend * closing rate of month_end
-- credits: what is set against a debt is taken off it from the day it counts; unapplied money stands beside, in unapplied
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: IAS 21.23: monetary items at the closing rate
-- shared
-- guarded by missing_past_rates
-- grain: month_end, bucket
-- month_end: close of that day; the last one is as_of
-- reporting_currency: ISO 4217; from the policy
-- bucket: label from the policy
-- bucket_number: order of the buckets, 0 for the first
-- open_amount: reporting currency; >= 0, buckets with nothing in them stand with 0
-- current_amount: reporting currency; part of open_amount not past its due date; >= 0
select
    t.month_end as month_end,
    r.reporting_currency as reporting_currency,
    t.bucket as bucket,
    t.bucket_number as bucket_number,
    cast(
        sum(case when t.open_amount = 0 then 0 else cast(t.open_amount * r.rate as decimal(18, 4)) end) as decimal(18, 4)
    ) as open_amount,
    cast(
        sum(case when t.current_amount = 0 then 0 else cast(t.current_amount * r.rate as decimal(18, 4)) end)
        as decimal(18, 4)
    ) as current_amount
from aging_trend as t
inner join conversion_rates as r on r.currency = t.currency and r.needed_on = t.month_end
group by t.month_end, r.reporting_currency, t.bucket, t.bucket_number
order by t.month_end, t.bucket_number
