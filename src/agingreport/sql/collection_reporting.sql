-- How much of what could be collected in each month was collected, and what share of it all is current, all currencies together in the reporting currency: the twin of collection and percent_current.
-- (opening open + billed - closing open) / (opening open + billed - closing current), open amounts at the closing rate of
-- their month end and invoices at the rate of their date: so what the rates did in the month is in it too.
-- formula: (opening open + billed - closing open) / (opening open + billed - closing current)
-- credits: what is set against a debt is taken off it from the day it counts; unapplied money collects nothing yet
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: Credit Research Foundation, with one month; rates as in IAS 21.21 and 21.23
-- guarded by missing_past_rates
-- grain: month_end
-- month_end: close of that day; the last one is as_of
-- reporting_currency: ISO 4217; from the policy
-- opening_open_amount: reporting currency; open at the month end before; null = before the first of the month ends
-- billed_amount: reporting currency; invoices of the month up to month_end
-- open_amount: reporting currency; open at month_end
-- current_amount: reporting currency; part of open_amount in the first bucket
-- collection_effectiveness: 1 = all that was due came in, 0 = nothing did; negative = charges or rates outweigh what came in, above 1 = rates do the other way; null = undefined: nothing could be collected
-- current_rate: 0 to 1; current_amount / open_amount; null = nothing was open
with open_at as (
    select
        t.month_end as month_end,
        t.reporting_currency as reporting_currency,
        sum(t.open_amount) as open_amount,
        coalesce(sum(t.open_amount) filter (where t.bucket_number = 0), 0) as current_amount
    from aging_trend_reporting as t
    group by t.month_end, t.reporting_currency
),

billed as (
    select
        date_trunc('month', s.billed_on) as billed_in,
        sum(s.billed_amount) as billed_amount
    from sales_reporting as s
    group by date_trunc('month', s.billed_on)
),

monthly as (
    select
        o.month_end as month_end,
        o.reporting_currency as reporting_currency,
        lag(o.open_amount) over (order by o.month_end) as opening_open_amount,
        coalesce(b.billed_amount, 0) as billed_amount,
        o.open_amount as open_amount,
        o.current_amount as current_amount
    from open_at as o
    left join billed as b on b.billed_in = date_trunc('month', o.month_end)
)

select
    m.month_end as month_end,
    m.reporting_currency as reporting_currency,
    cast(m.opening_open_amount as decimal(18, 4)) as opening_open_amount,
    cast(m.billed_amount as decimal(18, 4)) as billed_amount,
    cast(m.open_amount as decimal(18, 4)) as open_amount,
    cast(m.current_amount as decimal(18, 4)) as current_amount,
    case
        when m.opening_open_amount + m.billed_amount - m.current_amount > 0
            then cast(m.opening_open_amount + m.billed_amount - m.open_amount as double)
                / cast(m.opening_open_amount + m.billed_amount - m.current_amount as double)
    end as collection_effectiveness,
    cast(m.current_amount as double) / nullif(cast(m.open_amount as double), 0) as current_rate
from monthly as m
order by m.month_end
