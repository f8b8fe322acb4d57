-- How many days of sales are waiting to be paid at each month end, all currencies together in the reporting currency: the twin of dso.
-- What is open is at the closing rate of the month end, each invoice of the period at the rate of its own date; both are
-- gross of tax. A rate that moves in between moves these days too: dso, currency by currency, stays as it is.
-- formula: dso_days = open_amount / billed_amount * period_days
-- credits: what is set against a debt is taken off it from the day it counts; unapplied money stands beside, in unapplied; sales are before credit notes
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: as dso; open amounts at the closing rate, sales at the rate of their date (IAS 21.21, 21.23)
-- guarded by missing_past_rates
-- guarded by missing_sales_rates
-- grain: month_end
-- month_end: close of that day; the last one is as_of
-- reporting_currency: ISO 4217; from the policy
-- open_amount: reporting currency; >= 0
-- current_amount: reporting currency; part of open_amount not past its due date, whatever the buckets are
-- overdue_amount: reporting currency; open_amount less current_amount
-- billed_amount: reporting currency; invoices of the last period_days days, month_end included
-- period_days: days, from the policy
-- dso_days: days; open_amount / billed_amount * period_days; null = undefined: nothing was billed in the period
-- best_possible_dso_days: days; the same of current_amount; null = undefined
-- average_days_delinquent: days; dso_days less best_possible_dso_days; null = undefined
-- has_whole_period: sales go back to the first month of the period, or further; false = the days are too many
with open_at as (
    select
        t.month_end as month_end,
        t.reporting_currency as reporting_currency,
        sum(t.open_amount) as open_amount,
        sum(t.current_amount) as current_amount
    from aging_trend_reporting as t
    group by t.month_end, t.reporting_currency
),

billed as (
    select
        m.month_end as month_end,
        sum(s.billed_amount) as billed_amount
    from month_ends as m
    cross join conventions as v
    inner join sales_reporting as s
        on s.billed_on <= m.month_end
        and date_diff('day', s.billed_on, m.month_end) < v.dso_period_days
    group by m.month_end
),

first_sales as (
    select date_trunc('month', min(s.billed_on)) as first_month
    from sales as s
),

with_sales as (
    select
        o.month_end as month_end,
        o.reporting_currency as reporting_currency,
        o.open_amount as open_amount,
        o.current_amount as current_amount,
        coalesce(b.billed_amount, 0) as billed_amount,
        v.dso_period_days as period_days,
        v.dso_period_days / nullif(cast(b.billed_amount as double), 0) as days_per_unit,
        coalesce(date_diff('day', f.first_month, o.month_end) >= v.dso_period_days - 1, false) as has_whole_period
    from open_at as o
    cross join conventions as v
    cross join first_sales as f
    left join billed as b on b.month_end = o.month_end
)

select
    w.month_end as month_end,
    w.reporting_currency as reporting_currency,
    cast(w.open_amount as decimal(18, 4)) as open_amount,
    cast(w.current_amount as decimal(18, 4)) as current_amount,
    cast(w.open_amount - w.current_amount as decimal(18, 4)) as overdue_amount,
    cast(w.billed_amount as decimal(18, 4)) as billed_amount,
    w.period_days as period_days,
    cast(w.open_amount as double) * w.days_per_unit as dso_days,
    cast(w.current_amount as double) * w.days_per_unit as best_possible_dso_days,
    cast(w.open_amount - w.current_amount as double) * w.days_per_unit as average_days_delinquent,
    w.has_whole_period as has_whole_period
from with_sales as w
order by w.month_end
