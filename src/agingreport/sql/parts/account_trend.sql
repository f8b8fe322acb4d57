-- How late each account's open money was at each month end: the small table that the trends by client and group read.
-- shared
-- grain: month_end, account_key, bucket_number
-- month_end: close of that day; the last one is as_of
-- account_key: as in accounts
-- bucket_number: order of the buckets, 0 for the first
-- open_amount: currency of the account; > 0, buckets with nothing in them are left out
-- item_count: debts or instalments open then
with aging_dates as (
    select distinct t.aged_from as aged_from from due_states as t
),

-- Each date once at each month end: far fewer than there are debts.
bucketed as (
    select
        m.month_end as month_end,
        d.aged_from as aged_from,
        b.bucket_number as bucket_number
    from month_ends as m
    cross join aging_dates as d
    inner join buckets as b
        on (b.days_from is null or date_diff('day', d.aged_from, m.month_end) >= b.days_from)
        and (b.days_to is null or date_diff('day', d.aged_from, m.month_end) <= b.days_to)
)

select
    o.month_end as month_end,
    o.account_key as account_key,
    b.bucket_number as bucket_number,
    cast(sum(o.open_amount) as decimal(18, 4)) as open_amount,
    count(*) as item_count
from open_at_month_ends as o
inner join bucketed as b on b.month_end = o.month_end and b.aged_from = o.aged_from
group by o.month_end, o.account_key, b.bucket_number
