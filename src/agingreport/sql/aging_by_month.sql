-- How late each client's open money is at the close of as_of, by the calendar month it fell due in.
-- What falls due on as_of or later is current. Where the policy ages by document date, it is by the month of issue, that
-- of as_of included, and nothing is current.
-- formula: open_amount = billed - settled by as_of, by the month of due_date
-- credits: what is set against a debt is taken off it from the day it counts; unapplied money stands beside, in unapplied
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: our own
-- grain: client, currency, bucket
-- client: key of the client
-- currency: ISO 4217
-- bucket: current, the month as 2025-03, or before 2025-01 for all older ones
-- bucket_number: order of the buckets, 0 for the first; as many months as the policy says
-- open_amount: currency; > 0, buckets with nothing in them are left out
-- item_count: open documents or instalments
with aged as (
    select
        o.client as client,
        o.currency as currency,
        case when v.aging_basis = 'document_date' then o.document_date else o.due_date end as aged_from,
        o.open_amount as open_amount
    from open_items as o
    cross join conventions as v
)

select
    a.client as client,
    a.currency as currency,
    b.bucket as bucket,
    b.bucket_number as bucket_number,
    cast(sum(a.open_amount) as decimal(18, 4)) as open_amount,
    count(*) as item_count
from aged as a
inner join month_buckets as b
    on (b.first_day is null or a.aged_from >= b.first_day)
    and (b.last_day is null or a.aged_from <= b.last_day)
group by a.client, a.currency, b.bucket, b.bucket_number
order by a.client, a.currency, b.bucket_number
