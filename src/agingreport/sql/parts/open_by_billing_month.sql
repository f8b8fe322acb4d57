-- What of each month's invoices is still open at each month end, and how old it is: the parts of weighted_dso.
-- grain: month_end, currency, billed_in
-- month_end: close of that day; the last one is as_of
-- currency: ISO 4217
-- billed_in: first day of the month the invoices are dated in; months with nothing open are left out
-- billed_amount: currency; invoices of that month up to month_end; > 0
-- open_amount: currency; part of billed_amount; > 0
-- weighted_age_days: days; month_end less document date, weighted by open amount
with monthly_changes as (
    select
        m.currency as currency,
        m.document_date as billed_on,
        date_trunc('month', m.moved_on) as changed_in,
        sum(m.move_amount) as change_amount
    from moves as m
    where m.is_invoice
    group by m.currency, m.document_date, date_trunc('month', m.moved_on)
    having sum(m.move_amount) <> 0
),

open_at as (
    select
        e.month_end as month_end,
        c.currency as currency,
        date_trunc('month', c.billed_on) as billed_in,
        sum(c.change_amount) as open_amount,
        sum(c.change_amount * date_diff('day', c.billed_on, e.month_end)) as amount_days
    from month_ends as e
    inner join monthly_changes as c on c.changed_in <= e.month_end
    group by e.month_end, c.currency, date_trunc('month', c.billed_on)
    having sum(c.change_amount) > 0
),

billed as (
    select
        s.currency as currency,
        date_trunc('month', s.billed_on) as billed_in,
        sum(s.billed_amount) as billed_amount
    from sales as s
    group by s.currency, date_trunc('month', s.billed_on)
)

select
    o.month_end as month_end,
    o.currency as currency,
    cast(o.billed_in as date) as billed_in,
    cast(b.billed_amount as decimal(18, 4)) as billed_amount,
    cast(o.open_amount as decimal(18, 4)) as open_amount,
    cast(o.amount_days as double) / cast(o.open_amount as double) as weighted_age_days
from open_at as o
inner join billed as b on b.currency = o.currency and b.billed_in = o.billed_in
order by o.month_end, o.currency, o.billed_in
