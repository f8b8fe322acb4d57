-- What share of the sales was lost, before and after what came back of it, over calendar months: one, three, a year.
-- formula: net_bad_debt_rate = (written_off_amount - recovered_amount) / billed_amount
-- credits: credit notes are neither bad debt nor taken off the sales
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: bad debt to sales: (write-offs - recoveries) / credit sales (textbooks)
-- grain: month_end, currency, months
-- month_end: close of that day; the last one is as_of
-- currency: ISO 4217
-- months: calendar months, that of month_end included; from the policy
-- billed_amount: currency; invoices of the period, gross of tax
-- written_off_amount: currency; write-offs of the period, gross of tax; >= 0
-- recovered_amount: currency; came in within the period on debts written off, then or before; >= 0
-- gross_bad_debt_rate: written_off_amount / billed_amount; null = undefined: nothing was billed
-- net_bad_debt_rate: (written_off_amount - recovered_amount) / billed_amount; null = undefined; negative = more came back
with movements as (
    select s.currency as currency, s.billed_on as moved_on, s.billed_amount as billed_amount, 0 as written_off_amount, 0 as recovered_amount
    from sales as s
    union all
    select c.currency, c.document_date, 0, c.amount, 0
    from credits as c
    where c.kind = 'write_off'
    union all
    select r.currency, r.recovered_on, 0, 0, r.recovered_amount
    from recoveries as r
),

summed as (
    select
        p.month_end as month_end,
        m.currency as currency,
        p.months as months,
        coalesce(sum(m.billed_amount) filter (where m.moved_on between p.first_day and p.month_end), 0) as billed_amount,
        coalesce(sum(m.written_off_amount) filter (where m.moved_on between p.first_day and p.month_end), 0)
            as written_off_amount,
        coalesce(sum(m.recovered_amount) filter (where m.moved_on between p.first_day and p.month_end), 0)
            as recovered_amount
    from sales_periods as p
    cross join movements as m
    group by p.month_end, m.currency, p.months
)

select
    s.month_end as month_end,
    s.currency as currency,
    s.months as months,
    cast(s.billed_amount as decimal(18, 4)) as billed_amount,
    cast(s.written_off_amount as decimal(18, 4)) as written_off_amount,
    cast(s.recovered_amount as decimal(18, 4)) as recovered_amount,
    cast(s.written_off_amount as double) / nullif(cast(s.billed_amount as double), 0) as gross_bad_debt_rate,
    cast(s.written_off_amount - s.recovered_amount as double) / nullif(cast(s.billed_amount as double), 0)
        as net_bad_debt_rate
from summed as s
order by s.month_end, s.currency, s.months
