-- How many days of sales are waiting to be paid at each month end, net of tax on both sides: the twin of dso.
-- Invoices only, open and billed: what is open of an invoice holds the same share of tax as the whole.
-- formula: dso_net_days = open_net_amount / billed_net_amount * period_days
-- credits: what is set against a debt is taken off it from the day it counts; unapplied money stands beside, in unapplied; sales are before credit notes
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: as dso; net on both sides, since gross over net overstates it
-- grain: month_end, currency
-- month_end: close of that day; the last one is as_of
-- currency: ISO 4217
-- open_net_amount: currency; >= 0; null = unknown_tax_amount is not 0
-- current_net_amount: currency; part of open_net_amount not past its due date, whatever the buckets are; null = unknown
-- billed_net_amount: currency; invoices of the last period_days days, month_end included; null = unknown
-- unknown_tax_amount: currency, gross; open, or billed in the period, of which nobody says what tax is in it
-- period_days: days, from the policy
-- dso_net_days: days; null = unknown, or undefined: nothing was billed in the period
-- best_possible_dso_net_days: days; null = undefined or unknown
-- average_days_delinquent_net: days; the difference of both; null = undefined or unknown
-- has_whole_period: sales go back to the first month of the period, or further; false = the days are too many
with net_rates as (
    select
        d.document_key as document_key,
        d.currency as currency,
        d.document_date as billed_on,
        d.amount as amount,
        -- What the firm never charges is known to be 0.
        cast(1 - cast(
            coalesce(d.tax_amount, case when not v.charges_sales_tax then 0 end) as double
        ) / cast(d.amount as double) as decimal(20, 12)) as net_rate
    from debits as d
    cross join conventions as v
    where d.kind = 'invoice'
),

monthly_changes as (
    select
        n.currency as currency,
        date_trunc('month', m.moved_on) as changed_in,
        m.due_date as due_date,
        coalesce(sum(m.move_amount * n.net_rate), 0) as net_amount,
        coalesce(sum(m.move_amount) filter (where n.net_rate is null), 0) as unknown_tax_amount
    from moves as m
    inner join net_rates as n on n.document_key = m.document_key
    group by n.currency, date_trunc('month', m.moved_on), m.due_date
),

open_at as (
    select
        e.month_end as month_end,
        c.currency as currency,
        sum(c.net_amount) as open_net_amount,
        coalesce(sum(c.net_amount) filter (where c.due_date >= e.month_end), 0) as current_net_amount,
        sum(c.unknown_tax_amount) as unknown_tax_amount
    from month_ends as e
    inner join monthly_changes as c on c.changed_in <= e.month_end
    group by e.month_end, c.currency
),

daily_sales as (
    select
        n.billed_on as billed_on,
        n.currency as currency,
        sum(n.amount * n.net_rate) as net_amount,
        coalesce(sum(n.amount) filter (where n.net_rate is null), 0) as unknown_tax_amount
    from net_rates as n
    group by n.billed_on, n.currency
),

first_sales as (
    select s.currency as currency, date_trunc('month', min(s.billed_on)) as first_month
    from daily_sales as s
    group by s.currency
),

billed as (
    select
        e.month_end as month_end,
        s.currency as currency,
        sum(s.net_amount) as billed_net_amount,
        sum(s.unknown_tax_amount) as unknown_tax_amount
    from month_ends as e
    cross join conventions as v
    inner join daily_sales as s
        on s.billed_on <= e.month_end
        and date_diff('day', s.billed_on, e.month_end) < v.dso_period_days
    group by e.month_end, s.currency
),

measured as (
    select
        o.month_end as month_end,
        o.currency as currency,
        o.open_net_amount as open_net_amount,
        o.current_net_amount as current_net_amount,
        coalesce(b.billed_net_amount, 0) as billed_net_amount,
        o.unknown_tax_amount + coalesce(b.unknown_tax_amount, 0) as unknown_tax_amount,
        v.dso_period_days as period_days,
        v.dso_period_days / nullif(cast(b.billed_net_amount as double), 0) as days_per_unit,
        coalesce(date_diff('day', f.first_month, o.month_end) >= v.dso_period_days - 1, false) as has_whole_period
    from open_at as o
    cross join conventions as v
    left join first_sales as f on f.currency = o.currency
    left join billed as b on b.month_end = o.month_end and b.currency = o.currency
),

known as (
    select
        m.month_end as month_end,
        m.currency as currency,
        case when m.unknown_tax_amount = 0 then m.open_net_amount end as open_net_amount,
        case when m.unknown_tax_amount = 0 then m.current_net_amount end as current_net_amount,
        case when m.unknown_tax_amount = 0 then m.billed_net_amount end as billed_net_amount,
        m.unknown_tax_amount as unknown_tax_amount,
        m.period_days as period_days,
        m.days_per_unit as days_per_unit,
        m.has_whole_period as has_whole_period
    from measured as m
)

select
    k.month_end as month_end,
    k.currency as currency,
    cast(k.open_net_amount as decimal(18, 4)) as open_net_amount,
    cast(k.current_net_amount as decimal(18, 4)) as current_net_amount,
    cast(k.billed_net_amount as decimal(18, 4)) as billed_net_amount,
    cast(k.unknown_tax_amount as decimal(18, 4)) as unknown_tax_amount,
    k.period_days as period_days,
    cast(k.open_net_amount as double) * k.days_per_unit as dso_net_days,
    cast(k.current_net_amount as double) * k.days_per_unit as best_possible_dso_net_days,
    cast(k.open_net_amount - k.current_net_amount as double) * k.days_per_unit as average_days_delinquent_net,
    k.has_whole_period as has_whole_period
from known as k
order by k.month_end, k.currency
