-- How many days of sales are waiting to be paid, each open invoice measured against the sales of its own month.
-- So a month that sells more or less changes nothing: the parts are in open_by_billing_month. Invoices only.
-- Sales-weighted: 30 days times the sum of open / billed (CRF). True: each invoice by its own age (Oracle Community).
-- formula: sales-weighted: 30 * sum of open / billed by month; true: the same with the age of each invoice in place of 30
-- credits: what is set against a debt is taken off it from the day it counts; unapplied money stands beside, in unapplied; sales are before credit notes
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: sales-weighted: Credit Research Foundation; true: Oracle Community 4521441
-- grain: month_end, currency
-- month_end: close of that day; the last one is as_of
-- currency: ISO 4217
-- open_amount: currency; of invoices; >= 0
-- month_count: months of billing with something open
-- sales_weighted_dso_days: days of 30 a month; null = undefined: nothing was billed yet
-- true_dso_days: days; null = undefined: nothing was billed yet
with first_sales as (
    select s.currency as currency, min(s.billed_on) as billed_on
    from sales as s
    group by s.currency
),

summed as (
    select
        o.month_end as month_end,
        o.currency as currency,
        sum(o.open_amount) as open_amount,
        count(*) as month_count,
        -- Decimals: sums of doubles depend on the order in which they are added.
        cast(sum(cast(
            cast(o.open_amount as double) / cast(o.billed_amount as double) as decimal(20, 12)
        )) as double) as open_months,
        cast(sum(cast(
            cast(o.open_amount as double) / cast(o.billed_amount as double) * o.weighted_age_days as decimal(20, 12)
        )) as double) as open_days
    from open_by_billing_month as o
    group by o.month_end, o.currency
)

select
    e.month_end as month_end,
    f.currency as currency,
    cast(coalesce(s.open_amount, 0) as decimal(18, 4)) as open_amount,
    coalesce(s.month_count, 0) as month_count,
    case when f.billed_on <= e.month_end then 30 * coalesce(s.open_months, 0) end as sales_weighted_dso_days,
    case when f.billed_on <= e.month_end then coalesce(s.open_days, 0) end as true_dso_days
from month_ends as e
cross join first_sales as f
left join summed as s on s.month_end = e.month_end and s.currency = f.currency
order by e.month_end, f.currency
