-- How late the open money was at each month end, from changes and not from snapshots.
-- Each debit adds its amount in the month of its date, each settlement takes its amount off in the month it counts
-- from; grouped by the date they age from, that is one small table which any number of month ends can read.
-- formula: open_amount = billed - settled by month_end, in the bucket of month_end - due_date
-- credits: what is set against a debt is taken off it from the day it counts; unapplied money stands beside, in unapplied
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: days past due as in IFRS 9, B5.5.35, and the survey of the Credit Research Foundation; due today is current
-- shared
-- grain: month_end, currency, bucket
-- month_end: close of that day; the last one is as_of
-- currency: ISO 4217
-- bucket: label from the policy
-- bucket_number: order of the buckets, 0 for the first
-- open_amount: currency; >= 0, buckets with nothing in them stand with 0
-- current_amount: currency; part of open_amount not past its due date, whatever it ages from and the buckets are; >= 0
-- long_overdue_amount: currency; part of open_amount more than the policy's long_overdue_days past its due date; >= 0
with changes as (
    select
        t.document_date as changed_on,
        t.aged_from as aged_from,
        t.due_date as due_date,
        t.currency as currency,
        t.due_amount as change_amount
    from due_states as t
    union all
    -- Nine in ten are settled at one stroke, which due_states knows: it saves joining every settlement again.
    select t.settled_on, t.aged_from, t.due_date, t.currency, -t.settled_amount
    from due_states as t
    where t.settlement_count = 1
    union all
    select s.settled_on, t.aged_from, t.due_date, t.currency, -s.settled_amount
    from divided_settlements as s
    inner join due_states as t on t.document_key = s.document_key and t.instalment_number = s.instalment_number
    where t.settlement_count > 1
),

monthly_changes as (
    select
        c.currency as currency,
        date_trunc('month', c.changed_on) as changed_in,
        c.aged_from as aged_from,
        c.due_date as due_date,
        sum(c.change_amount) as change_amount
    from changes as c
    group by c.currency, date_trunc('month', c.changed_on), c.aged_from, c.due_date
    having sum(c.change_amount) <> 0
),

aged as (
    select
        m.month_end as month_end,
        c.currency as currency,
        b.bucket_number as bucket_number,
        sum(c.change_amount) as open_amount,
        sum(c.change_amount) filter (where c.due_date >= m.month_end) as current_amount,
        sum(c.change_amount) filter (where date_diff('day', c.due_date, m.month_end) > v.long_overdue_days)
            as long_overdue_amount
    from month_ends as m
    cross join conventions as v
    inner join monthly_changes as c on c.changed_in <= m.month_end
    inner join buckets as b
        on (b.days_from is null or date_diff('day', c.aged_from, m.month_end) >= b.days_from)
        and (b.days_to is null or date_diff('day', c.aged_from, m.month_end) <= b.days_to)
    group by m.month_end, c.currency, b.bucket_number
),

currencies as (
    select distinct d.currency as currency from due_states as d
)

select
    m.month_end as month_end,
    k.currency as currency,
    b.bucket as bucket,
    b.bucket_number as bucket_number,
    cast(coalesce(a.open_amount, 0) as decimal(18, 4)) as open_amount,
    cast(coalesce(a.current_amount, 0) as decimal(18, 4)) as current_amount,
    cast(coalesce(a.long_overdue_amount, 0) as decimal(18, 4)) as long_overdue_amount
from month_ends as m
cross join currencies as k
cross join buckets as b
left join aged as a
    on a.month_end = m.month_end and a.currency = k.currency and a.bucket_number = b.bucket_number
order by m.month_end, k.currency, b.bucket_number
