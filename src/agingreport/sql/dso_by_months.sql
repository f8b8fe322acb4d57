-- How many days of sales are waiting to be paid, measured against whole calendar months: one month, three, a year.
-- On the open amount at the end, and averaged with the one before the period; and how often sales turned it over.
-- formula: dso_days = open_amount / billed_amount * period_days; turnover = billed_amount / average_open_amount
-- credits: what is set against a debt is taken off it from the day it counts; unapplied money stands beside, in unapplied; sales are before credit notes
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: DSO over k months (Oracle JD Edwards), on average receivables, receivables turnover (textbooks)
-- grain: month_end, currency, months
-- month_end: close of that day; the last one is as_of
-- currency: ISO 4217
-- months: calendar months of sales, that of month_end included; from the policy
-- period_days: days of those months up to month_end
-- opening_open_amount: currency; open at the close of the day before the period; null = the history begins later
-- open_amount: currency; open at month_end
-- average_open_amount: currency; half of both together; null = the history begins later
-- billed_amount: currency; invoices of the period, gross of tax as the open amounts are
-- dso_days: days; open_amount / billed_amount * period_days; null = undefined: no sales, or they begin in mid-period
-- averaged_dso_days: days; the same of average_open_amount: for a year, 365 / turnover; null = undefined
-- turnover: times; billed_amount / average_open_amount; null = undefined: nothing was open, or too short a history
with changes as (
    select d.currency as currency, date_trunc('month', d.document_date) as changed_in, d.amount as change_amount
    from debits as d
    union all
    select s.currency, date_trunc('month', s.settled_on), -s.settled_amount
    from settlements as s
),

monthly_changes as (
    select
        c.currency as currency,
        c.changed_in as changed_in,
        sum(c.change_amount) as change_amount
    from changes as c
    group by c.currency, c.changed_in
),

open_at as (
    select
        p.month_end as month_end,
        p.months as months,
        p.first_day as first_day,
        p.period_days as period_days,
        c.currency as currency,
        min(c.changed_in) as first_month,
        coalesce(sum(c.change_amount) filter (where c.changed_in < p.first_day), 0) as opening_open_amount,
        coalesce(sum(c.change_amount) filter (where c.changed_in <= p.month_end), 0) as open_amount
    from sales_periods as p
    cross join monthly_changes as c
    group by p.month_end, p.months, p.first_day, p.period_days, c.currency
),

billed as (
    select
        p.month_end as month_end,
        p.months as months,
        s.currency as currency,
        sum(s.billed_amount) as billed_amount
    from sales_periods as p
    inner join sales as s on s.billed_on >= p.first_day and s.billed_on <= p.month_end
    group by p.month_end, p.months, s.currency
),

first_sales as (
    select s.currency as currency, date_trunc('month', min(s.billed_on)) as first_month
    from sales as s
    group by s.currency
),

measured as (
    select
        o.month_end as month_end,
        o.currency as currency,
        o.months as months,
        o.period_days as period_days,
        case when o.first_month < o.first_day then o.opening_open_amount end as opening_open_amount,
        o.open_amount as open_amount,
        coalesce(b.billed_amount, 0) as billed_amount,
        coalesce(f.first_month <= o.first_day, false) as has_all_sales,
        case when f.first_month <= o.first_day then o.period_days / nullif(cast(b.billed_amount as double), 0) end
            as days_per_unit
    from open_at as o
    left join first_sales as f on f.currency = o.currency
    left join billed as b on b.month_end = o.month_end and b.months = o.months and b.currency = o.currency
)

select
    m.month_end as month_end,
    m.currency as currency,
    m.months as months,
    m.period_days as period_days,
    cast(m.opening_open_amount as decimal(18, 4)) as opening_open_amount,
    cast(m.open_amount as decimal(18, 4)) as open_amount,
    cast((m.opening_open_amount + m.open_amount) * 0.5 as decimal(18, 4)) as average_open_amount,
    cast(m.billed_amount as decimal(18, 4)) as billed_amount,
    cast(m.open_amount as double) * m.days_per_unit as dso_days,
    cast(m.opening_open_amount + m.open_amount as double) / 2 * m.days_per_unit as averaged_dso_days,
    case
        when m.has_all_sales
            then cast(m.billed_amount as double) / nullif(cast(m.opening_open_amount + m.open_amount as double) / 2, 0)
    end as turnover
from measured as m
order by m.month_end, m.currency, m.months
