-- What of the money that reached each bucket was lost, by risk group: the sums that loss rates are read from.
-- Lost is what was neither paid nor credited within the policy's loss_after_days after the date a debt is aged from.
-- shared
-- grain: currency, risk_group, bucket
-- currency: ISO 4217
-- risk_group: of the clients, by the policy; 'all others' where it names none
-- bucket: label from the policy
-- bucket_number: order of the buckets, 0 for the first
-- debt_count: debts or instalments open on the first day of the bucket, or on their own where billed later, whose time is over
-- reached_amount: currency; what was open of them on that day; what was settled on it never reached the bucket
-- paid_amount: currency; of that, paid in time, also after a write-off
-- credited_amount: currency; of that, credited in time
-- lost_amount: currency; the rest of it
-- oldest_on: date the oldest of these debts is aged from; null = there is none
-- newest_on: date the newest of these debts is aged from; null = there is none
with lives as (
    select
        d.currency as currency,
        coalesce(k.risk_group, 'all others') as risk_group,
        date_diff('day', d.aged_from, d.document_date) as first_age,
        case when d.settled_amount = d.due_amount then date_diff('day', d.aged_from, d.settled_on) end as closed_age,
        count(*) as debt_count,
        min(d.aged_from) as oldest_on,
        max(d.aged_from) as newest_on
    from due_states as d
    cross join conventions as v
    left join account_groups as k on k.account_key = d.account_key
    where date_diff('day', d.aged_from, $as_of) >= v.loss_after_days
    group by
        d.currency,
        coalesce(k.risk_group, 'all others'),
        date_diff('day', d.aged_from, d.document_date),
        case when d.settled_amount = d.due_amount then date_diff('day', d.aged_from, d.settled_on) end
),

counted as (
    select
        l.currency as currency,
        l.risk_group as risk_group,
        b.bucket_number as bucket_number,
        sum(l.debt_count) as debt_count,
        min(l.oldest_on) as oldest_on,
        max(l.newest_on) as newest_on
    from lives as l
    inner join buckets as b
        on (b.days_to is null or l.first_age <= b.days_to)
        and (l.closed_age is null or l.closed_age > greatest(l.first_age, coalesce(b.days_from, l.first_age)))
    group by l.currency, l.risk_group, b.bucket_number
),

flows as (
    select
        m.currency as currency,
        m.risk_group as risk_group,
        b.bucket_number as bucket_number,
        sum(m.move_amount) filter (where not m.moved_age > greatest(m.first_age, coalesce(b.days_from, m.first_age)))
            as reached_amount,
        -sum(m.move_amount) filter (
            where m.exit = 'paid'
                and m.moved_age > greatest(m.first_age, coalesce(b.days_from, m.first_age))
                and m.moved_age <= v.loss_after_days
        ) as paid_amount,
        -sum(m.move_amount) filter (
            where m.exit = 'credited'
                and m.moved_age > greatest(m.first_age, coalesce(b.days_from, m.first_age))
                and m.moved_age <= v.loss_after_days
        ) as credited_amount
    from age_moves as m
    cross join conventions as v
    inner join buckets as b on b.days_to is null or m.first_age <= b.days_to
    group by m.currency, m.risk_group, b.bucket_number
),

groups as (
    select distinct d.currency as currency, coalesce(k.risk_group, 'all others') as risk_group
    from due_states as d
    left join account_groups as k on k.account_key = d.account_key
),

squared as (
    select
        c.currency as currency,
        c.risk_group as risk_group,
        b.bucket as bucket,
        b.bucket_number as bucket_number,
        coalesce(n.debt_count, 0) as debt_count,
        coalesce(f.reached_amount, 0) as reached_amount,
        coalesce(f.paid_amount, 0) as paid_amount,
        coalesce(f.credited_amount, 0) as credited_amount,
        coalesce(f.reached_amount, 0) - coalesce(f.paid_amount, 0) - coalesce(f.credited_amount, 0) as lost_amount,
        n.oldest_on as oldest_on,
        n.newest_on as newest_on
    from groups as c
    cross join buckets as b
    left join flows as f
        on f.currency = c.currency and f.risk_group = c.risk_group and f.bucket_number = b.bucket_number
    left join counted as n
        on n.currency = c.currency and n.risk_group = c.risk_group and n.bucket_number = b.bucket_number
)

select
    s.currency as currency,
    s.risk_group as risk_group,
    s.bucket as bucket,
    s.bucket_number as bucket_number,
    cast(s.debt_count as bigint) as debt_count,
    cast(s.reached_amount as decimal(18, 4)) as reached_amount,
    cast(s.paid_amount as decimal(18, 4)) as paid_amount,
    cast(s.credited_amount as decimal(18, 4)) as credited_amount,
    cast(s.lost_amount as decimal(18, 4)) as lost_amount,
    s.oldest_on as oldest_on,
    s.newest_on as newest_on
from squared as s
