-- How many days of sales are waiting to be paid at each month end, by several definitions, with their parts.
-- Simple: open amount / billed amount * days. Best possible: the same with what is not yet due. The difference is
-- the average days delinquent. Open amounts and sales are both gross of tax; unapplied money is not taken off.
-- formula: dso_days = open_amount / billed_amount * period_days; best possible: the same of current_amount
-- credits: what is set against a debt is taken off it from the day it counts; unapplied money stands beside, in unapplied; sales are before credit notes
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: simple, best possible, average days delinquent (creditguru.com); countback
-- grain: month_end, currency
-- month_end: close of that day; the last one is as_of
-- currency: ISO 4217
-- open_amount: currency; >= 0
-- current_amount: currency; part of open_amount not past its due date, whatever the buckets are
-- overdue_amount: currency; open_amount less current_amount
-- unapplied_amount: currency; clients' money not yet set against a debt; >= 0
-- billed_amount: currency; invoices of the last period_days days, month_end included
-- period_days: days, from the policy
-- dso_days: days; null = undefined: nothing was billed in the period
-- best_possible_dso_days: days; null = undefined
-- average_days_delinquent: days; dso_days less best_possible_dso_days; null = undefined
-- countback_dso_days: days; null = undefined: the history is too short
-- has_whole_period: sales go back to the first month of the period, or further; false = the days are too many
with open_at as (
    select
        t.month_end as month_end,
        t.currency as currency,
        sum(t.open_amount) as open_amount,
        sum(t.current_amount) as current_amount
    from aging_trend as t
    group by t.month_end, t.currency
),

billed as (
    select
        m.month_end as month_end,
        s.currency as currency,
        sum(s.billed_amount) as billed_amount
    from month_ends as m
    cross join conventions as v
    inner join sales as s
        on s.billed_on <= m.month_end
        and date_diff('day', s.billed_on, m.month_end) < v.dso_period_days
    group by m.month_end, s.currency
),

first_sales as (
    select s.currency as currency, date_trunc('month', min(s.billed_on)) as first_month
    from sales as s
    group by s.currency
),

balance_at as (
    select
        m.month_end as month_end,
        t.currency as currency,
        sum(case when t.kind in ('invoice', 'journal_debit', 'refund') then t.amount else -t.amount end) as balance
    from month_ends as m
    inner join daily_totals as t on t.document_date <= m.month_end
    group by m.month_end, t.currency
),

with_sales as (
    select
        o.month_end as month_end,
        o.currency as currency,
        o.open_amount as open_amount,
        o.current_amount as current_amount,
        coalesce(b.billed_amount, 0) as billed_amount,
        v.dso_period_days as period_days,
        v.dso_period_days / nullif(cast(b.billed_amount as double), 0) as days_per_unit,
        coalesce(date_diff('day', f.first_month, o.month_end) >= v.dso_period_days - 1, false) as has_whole_period
    from open_at as o
    cross join conventions as v
    left join first_sales as f on f.currency = o.currency
    left join billed as b on b.month_end = o.month_end and b.currency = o.currency
)

select
    w.month_end as month_end,
    w.currency as currency,
    cast(w.open_amount as decimal(18, 4)) as open_amount,
    cast(w.current_amount as decimal(18, 4)) as current_amount,
    cast(w.open_amount - w.current_amount as decimal(18, 4)) as overdue_amount,
    cast(w.open_amount - coalesce(r.balance, 0) as decimal(18, 4)) as unapplied_amount,
    cast(w.billed_amount as decimal(18, 4)) as billed_amount,
    w.period_days as period_days,
    cast(w.open_amount as double) * w.days_per_unit as dso_days,
    cast(w.current_amount as double) * w.days_per_unit as best_possible_dso_days,
    cast(w.open_amount - w.current_amount as double) * w.days_per_unit as average_days_delinquent,
    c.countback_dso_days as countback_dso_days,
    w.has_whole_period as has_whole_period
from with_sales as w
left join balance_at as r on r.month_end = w.month_end and r.currency = w.currency
left join countback as c on c.month_end = w.month_end and c.currency = w.currency
order by w.month_end, w.currency
