-- How much of what could be collected in each month was collected: the collection effectiveness index, month by month.
-- (opening open + billed - closing open) / (opening open + billed - closing current).
-- formula: (opening open + billed - closing open) / (opening open + billed - closing current)
-- credits: what is set against a debt is taken off it from the day it counts; unapplied money collects nothing yet
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: Credit Research Foundation, collection effectiveness index, with one month
-- grain: month_end, currency
-- month_end: close of that day; the last one is as_of
-- currency: ISO 4217
-- opening_open_amount: currency; open at the month end before; null = before the first of the month ends
-- billed_amount: currency; invoices of the month up to month_end
-- open_amount: currency; open at month_end
-- current_amount: currency; part of open_amount in the first bucket
-- collection_effectiveness: 1 = all that was due came in, 0 = nothing did; negative = bounced payments or other charges outweigh what came in; null = undefined: nothing could be collected
with open_at as (
    select
        t.month_end as month_end,
        t.currency as currency,
        sum(t.open_amount) as open_amount,
        sum(t.open_amount) filter (where t.bucket_number = 0) as current_amount
    from aging_trend as t
    group by t.month_end, t.currency
),

billed as (
    select
        date_trunc('month', s.billed_on) as billed_in,
        s.currency as currency,
        sum(s.billed_amount) as billed_amount
    from sales as s
    group by date_trunc('month', s.billed_on), s.currency
),

monthly as (
    select
        o.month_end as month_end,
        o.currency as currency,
        lag(o.open_amount) over (partition by o.currency order by o.month_end) as opening_open_amount,
        coalesce(b.billed_amount, 0) as billed_amount,
        o.open_amount as open_amount,
        o.current_amount as current_amount
    from open_at as o
    left join billed as b on b.currency = o.currency and b.billed_in = date_trunc('month', o.month_end)
)

select
    m.month_end as month_end,
    m.currency as currency,
    cast(m.opening_open_amount as decimal(18, 4)) as opening_open_amount,
    cast(m.billed_amount as decimal(18, 4)) as billed_amount,
    cast(m.open_amount as decimal(18, 4)) as open_amount,
    cast(m.current_amount as decimal(18, 4)) as current_amount,
    case
        when m.opening_open_amount + m.billed_amount - m.current_amount > 0
            then cast(m.opening_open_amount + m.billed_amount - m.open_amount as double)
                / cast(m.opening_open_amount + m.billed_amount - m.current_amount as double)
    end as collection_effectiveness
from monthly as m
order by m.month_end, m.currency
