-- Where each amount open a month ago is now: from its bucket at the month end before to its bucket now, or out of the books.
-- It follows the debts themselves, not the totals of buckets. What was billed in the month comes from "new". So the rows
-- of a bucket add up to what was open in it before, and the columns of a bucket to what is open in it now.
-- formula: moved_share = moved_amount / from_amount
-- credits: what credits settle has left as paid, credited or written off; unapplied money moves nothing
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: roll rates on the debts themselves (Cyert, Davidson and Thompson 1962; partial balances)
-- shared
-- grain: month_end, currency, from_state, to_state
-- month_end: close of that day; the last one is as_of, even in mid-month
-- opened_on: close of the month before
-- currency: ISO 4217
-- from_state: bucket at opened_on, or new = billed after it
-- from_number: order of the states: -1 for new, else the number of the bucket
-- to_state: bucket at month_end, or paid, credited or written off since
-- to_number: order of the states: the number of the bucket; the exits come after the last bucket
-- moved_amount: currency; what went from one to the other; >= 0, zeros stand
-- from_amount: currency; all that was in from_state: what the row adds up to
-- moved_share: 0 to 1; moved_amount / from_amount; null = nothing was in from_state
with periods as (
    select
        m.month_end as month_end,
        cast(date_trunc('month', m.month_end) as date) as month_start,
        cast(date_trunc('month', m.month_end) - interval 1 day as date) as opened_on
    from month_ends as m
),

still_open as (
    select
        p.month_end as month_end,
        v.currency as currency,
        v.billed_in = p.month_start as is_new,
        v.aged_from as aged_from,
        sum(v.move_amount) as moved_amount
    from periods as p
    inner join month_moves as v on v.moved_in <= p.month_start
    group by p.month_end, v.currency, v.billed_in = p.month_start, v.aged_from
    having sum(v.move_amount) <> 0
),

gone as (
    select
        p.month_end as month_end,
        v.currency as currency,
        v.billed_in = p.month_start as is_new,
        v.aged_from as aged_from,
        v.exit as exit,
        -sum(v.move_amount) as moved_amount
    from periods as p
    inner join month_moves as v on v.moved_in = p.month_start and v.exit is not null
    group by p.month_end, v.currency, v.billed_in = p.month_start, v.aged_from, v.exit
),

to_states as (
    select b.bucket as to_state, b.bucket_number as to_number, b.days_from as days_from, b.days_to as days_to, false as is_exit
    from buckets as b
    union
    select e.exit, l.last_number + e.exit_number, null, null, true
    from exits as e
    cross join (select max(b.bucket_number) as last_number from buckets as b) as l
),

from_states as (
    select b.bucket as from_state, b.bucket_number as from_number, b.days_from as days_from, b.days_to as days_to
    from buckets as b
    union all
    select 'new', -1, null, null
),

arrived as (
    select
        o.month_end as month_end,
        o.currency as currency,
        o.is_new as is_new,
        o.aged_from as aged_from,
        t.to_number as to_number,
        o.moved_amount as moved_amount
    from still_open as o
    inner join to_states as t
        on not t.is_exit
        and (t.days_from is null or date_diff('day', o.aged_from, o.month_end) >= t.days_from)
        and (t.days_to is null or date_diff('day', o.aged_from, o.month_end) <= t.days_to)
    union all
    select g.month_end, g.currency, g.is_new, g.aged_from, t.to_number, g.moved_amount
    from gone as g
    inner join to_states as t on t.is_exit and t.to_state = g.exit
),

moved as (
    select
        a.month_end as month_end,
        a.currency as currency,
        f.from_number as from_number,
        a.to_number as to_number,
        sum(a.moved_amount) as moved_amount
    from arrived as a
    inner join periods as p on p.month_end = a.month_end
    inner join from_states as f
        on (a.is_new and f.from_number = -1)
        or (
            not a.is_new
            and f.from_number >= 0
            and (f.days_from is null or date_diff('day', a.aged_from, p.opened_on) >= f.days_from)
            and (f.days_to is null or date_diff('day', a.aged_from, p.opened_on) <= f.days_to)
        )
    group by a.month_end, a.currency, f.from_number, a.to_number
),

currencies as (
    select distinct d.currency as currency from due_states as d
),

squared as (
    select
        p.month_end as month_end,
        p.opened_on as opened_on,
        c.currency as currency,
        f.from_state as from_state,
        f.from_number as from_number,
        t.to_state as to_state,
        t.to_number as to_number,
        coalesce(m.moved_amount, 0) as moved_amount,
        sum(coalesce(m.moved_amount, 0)) over (partition by p.month_end, c.currency, f.from_number) as from_amount
    from periods as p
    cross join currencies as c
    cross join from_states as f
    cross join to_states as t
    left join moved as m
        on m.month_end = p.month_end
        and m.currency = c.currency
        and m.from_number = f.from_number
        and m.to_number = t.to_number
)

select
    s.month_end as month_end,
    s.opened_on as opened_on,
    s.currency as currency,
    s.from_state as from_state,
    s.from_number as from_number,
    s.to_state as to_state,
    s.to_number as to_number,
    cast(s.moved_amount as decimal(18, 4)) as moved_amount,
    cast(s.from_amount as decimal(18, 4)) as from_amount,
    cast(s.moved_amount as double) / nullif(cast(s.from_amount as double), 0) as moved_share
from squared as s
order by s.month_end, s.currency, s.from_number, s.to_number
