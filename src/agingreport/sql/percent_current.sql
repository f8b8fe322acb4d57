-- What share of the open money is current, and what share is long overdue, at each month end.
-- formula: current_rate = current_amount / open_amount; long_overdue_rate = long_overdue_amount / open_amount
-- credits: what is set against a debt is taken off it from the day it counts; unapplied money stands beside, in unapplied
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: Credit Research Foundation: percent current, percent over 90 days
-- grain: month_end, currency
-- month_end: close of that day; the last one is as_of
-- currency: ISO 4217
-- open_amount: currency; >= 0
-- current_amount: currency; part of open_amount not past its due date, whatever the buckets are
-- current_rate: 0 to 1; current_amount / open_amount; null = nothing was open
-- long_overdue_days: days; from the policy
-- long_overdue_amount: currency; more days than that past its due date, whatever the buckets are; >= 0
-- long_overdue_rate: 0 to 1; long_overdue_amount / open_amount; null = nothing was open
with open_at as (
    select
        t.month_end as month_end,
        t.currency as currency,
        sum(t.open_amount) as open_amount,
        sum(t.current_amount) as current_amount,
        sum(t.long_overdue_amount) as long_overdue_amount
    from aging_trend as t
    group by t.month_end, t.currency
)

select
    o.month_end as month_end,
    o.currency as currency,
    cast(o.open_amount as decimal(18, 4)) as open_amount,
    cast(o.current_amount as decimal(18, 4)) as current_amount,
    cast(o.current_amount as double) / nullif(cast(o.open_amount as double), 0) as current_rate,
    v.long_overdue_days as long_overdue_days,
    cast(o.long_overdue_amount as decimal(18, 4)) as long_overdue_amount,
    cast(o.long_overdue_amount as double) / nullif(cast(o.open_amount as double), 0) as long_overdue_rate
from open_at as o
cross join conventions as v
order by o.month_end, o.currency
