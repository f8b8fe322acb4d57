-- How much of each month's billing was still unpaid so many months later: the payment pattern, free of the trend in sales.
-- Invoices only. A cell that has not come yet is not there, and never zero. Added up over the vintages, what is unpaid at
-- as_of is what is open of invoices. A payment that bounced stays paid here: what it reopened is a debt of its own.
-- formula: unpaid_share = unpaid_amount / billed_amount
-- credits: what credits settle is off unpaid_amount, each kind in its own column
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: payment pattern: Lewellen and Edmister 1973; Stone, Financial Management 1976
-- grain: currency, billed_in, months_since
-- currency: ISO 4217
-- billed_in: first day of the month of billing
-- months_since: whole months from billed_in to the month counted; 0 = the month of billing itself
-- counted_on: close of that day: the end of the month counted, or as_of where that comes first
-- billed_amount: currency; invoices of the month; > 0
-- paid_amount: currency; of that, paid by counted_on
-- credited_amount: currency; of that, credited by counted_on
-- written_off_amount: currency; of that, written off by counted_on
-- unpaid_amount: currency; of that, open at counted_on
-- unpaid_share: 0 to 1; unpaid_amount / billed_amount
with monthly as (
    select
        m.currency as currency,
        m.billed_in as billed_in,
        m.moved_in as moved_in,
        coalesce(sum(m.move_amount) filter (where m.exit is null), 0) as billed_amount,
        coalesce(-sum(m.move_amount) filter (where m.exit = 'paid'), 0) as paid_amount,
        coalesce(-sum(m.move_amount) filter (where m.exit = 'credited'), 0) as credited_amount,
        coalesce(-sum(m.move_amount) filter (where m.exit = 'written off'), 0) as written_off_amount,
        sum(m.move_amount) as unpaid_amount
    from month_moves as m
    where m.is_invoice
    group by m.currency, m.billed_in, m.moved_in
),

cells as (
    select
        b.currency as currency,
        b.billed_in as billed_in,
        cast(unnest(generate_series(b.billed_in, date_trunc('month', $as_of), interval 1 month)) as date) as counted_in
    from (select distinct m.currency as currency, m.billed_in as billed_in from monthly as m) as b
),

filled as (
    select
        c.currency as currency,
        c.billed_in as billed_in,
        c.counted_in as counted_in,
        sum(coalesce(m.billed_amount, 0)) over so_far as billed_amount,
        sum(coalesce(m.paid_amount, 0)) over so_far as paid_amount,
        sum(coalesce(m.credited_amount, 0)) over so_far as credited_amount,
        sum(coalesce(m.written_off_amount, 0)) over so_far as written_off_amount,
        sum(coalesce(m.unpaid_amount, 0)) over so_far as unpaid_amount
    from cells as c
    left join monthly as m
        on m.currency = c.currency and m.billed_in = c.billed_in and m.moved_in = c.counted_in
    window so_far as (partition by c.currency, c.billed_in order by c.counted_in)
)

select
    f.currency as currency,
    f.billed_in as billed_in,
    date_diff('month', f.billed_in, f.counted_in) as months_since,
    least(last_day(f.counted_in), $as_of) as counted_on,
    cast(f.billed_amount as decimal(18, 4)) as billed_amount,
    cast(f.paid_amount as decimal(18, 4)) as paid_amount,
    cast(f.credited_amount as decimal(18, 4)) as credited_amount,
    cast(f.written_off_amount as decimal(18, 4)) as written_off_amount,
    cast(f.unpaid_amount as decimal(18, 4)) as unpaid_amount,
    cast(f.unpaid_amount as double) / cast(f.billed_amount as double) as unpaid_share
from filled as f
order by f.currency, f.billed_in, f.counted_in
