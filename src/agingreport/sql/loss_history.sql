-- What the firm's own history says is lost of the money that reaches each bucket: flow to loss.
-- Lost is what was neither paid nor credited within the policy's loss_after_days after the date a debt is aged from,
-- written off or not; what came later is no part of it. Only debts whose time is over at as_of count, paid or not, so
-- that recent ones, most of them still open, do not pass for losses nor for money.
-- shared
-- grain: currency, bucket
-- currency: ISO 4217
-- bucket: label from the policy
-- bucket_number: order of the buckets, 0 for the first
-- debt_count: debts or instalments that were open on the first day of the bucket and whose time is over
-- reached_amount: currency; what was open of them on that day; what was settled on it never reached the bucket
-- paid_amount: currency; of that, paid in time
-- credited_amount: currency; of that, credited in time
-- lost_amount: currency; the rest of it
-- loss_rate: 0 to 1; lost_amount / reached_amount; null = nothing reached the bucket
-- oldest_on: date the oldest of these debts is aged from; null = there is none
-- newest_on: date the newest of these debts is aged from; null = there is none
with lives as (
    select
        d.currency as currency,
        date_diff('day', d.aged_from, d.document_date) as first_age,
        case when d.settled_amount = d.due_amount then date_diff('day', d.aged_from, d.settled_on) end as closed_age,
        count(*) as debt_count,
        min(d.aged_from) as oldest_on,
        max(d.aged_from) as newest_on
    from due_states as d
    cross join conventions as v
    where date_diff('day', d.aged_from, $as_of) >= v.loss_after_days
    group by
        d.currency,
        date_diff('day', d.aged_from, d.document_date),
        case when d.settled_amount = d.due_amount then date_diff('day', d.aged_from, d.settled_on) end
),

counted as (
    select
        l.currency as currency,
        b.bucket_number as bucket_number,
        sum(l.debt_count) as debt_count,
        min(l.oldest_on) as oldest_on,
        max(l.newest_on) as newest_on
    from lives as l
    inner join buckets as b
        on (b.days_to is null or l.first_age <= b.days_to)
        and (l.closed_age is null or l.closed_age > greatest(l.first_age, coalesce(b.days_from, l.first_age)))
    group by l.currency, b.bucket_number
),

flows as (
    select
        m.currency as currency,
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
    group by m.currency, b.bucket_number
),

currencies as (
    select distinct d.currency as currency from due_states as d
),

squared as (
    select
        c.currency as currency,
        b.bucket as bucket,
        b.bucket_number as bucket_number,
        coalesce(n.debt_count, 0) as debt_count,
        coalesce(f.reached_amount, 0) as reached_amount,
        coalesce(f.paid_amount, 0) as paid_amount,
        coalesce(f.credited_amount, 0) as credited_amount,
        coalesce(f.reached_amount, 0) - coalesce(f.paid_amount, 0) - coalesce(f.credited_amount, 0) as lost_amount,
        n.oldest_on as oldest_on,
        n.newest_on as newest_on
    from currencies as c
    cross join buckets as b
    left join flows as f on f.currency = c.currency and f.bucket_number = b.bucket_number
    left join counted as n on n.currency = c.currency and n.bucket_number = b.bucket_number
)

select
    s.currency as currency,
    s.bucket as bucket,
    s.bucket_number as bucket_number,
    s.debt_count as debt_count,
    cast(s.reached_amount as decimal(18, 4)) as reached_amount,
    cast(s.paid_amount as decimal(18, 4)) as paid_amount,
    cast(s.credited_amount as decimal(18, 4)) as credited_amount,
    cast(s.lost_amount as decimal(18, 4)) as lost_amount,
    cast(s.lost_amount as double) / nullif(cast(s.reached_amount as double), 0) as loss_rate,
    s.oldest_on as oldest_on,
    s.newest_on as newest_on
from squared as s
order by s.currency, s.bucket_number
