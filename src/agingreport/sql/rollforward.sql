-- How the balance moved in each month: opening + invoiced - collected - credited - written off + refunded = closing.
-- formula: closing = opening + invoiced - collected - credited - written off + refunded
-- credits: count on their own date, set against debts or not
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: roll-forward of receivables (Spiceland, Intermediate Accounting, chapter 7)
-- shared
-- grain: month_end, currency
-- month_end: close of the month; the last one is as_of
-- currency: ISO 4217
-- opening_balance: balance at the close of the month before; negative where the clients are in credit
-- invoiced_amount: invoices and journal debits of the month; >= 0
-- collected_amount: payments of the month; >= 0
-- recovered_amount: payments on debts written off before; already counted in collected_amount; >= 0
-- credited_amount: credit notes and journal credits of the month; >= 0
-- written_off_amount: write-offs of the month; >= 0
-- refunded_amount: refunds and bounced payments of the month; >= 0
-- closing_balance: balance at month_end
with monthly as (
    select
        t.currency as currency,
        date_trunc('month', t.document_date) as moved_in,
        coalesce(sum(t.amount) filter (where t.kind in ('invoice', 'journal_debit')), 0) as invoiced_amount,
        coalesce(sum(t.amount) filter (where t.kind = 'payment'), 0) as collected_amount,
        coalesce(sum(t.amount) filter (where t.kind in ('credit_note', 'journal_credit')), 0) as credited_amount,
        coalesce(sum(t.amount) filter (where t.kind = 'write_off'), 0) as written_off_amount,
        coalesce(sum(t.amount) filter (where t.kind = 'refund'), 0) as refunded_amount
    from daily_totals as t
    group by t.currency, date_trunc('month', t.document_date)
),

changes as (
    select
        m.currency as currency,
        m.moved_in as moved_in,
        m.invoiced_amount - m.collected_amount - m.credited_amount - m.written_off_amount + m.refunded_amount
            as change_amount
    from monthly as m
),

openings as (
    select
        e.month_end as month_end,
        c.currency as currency,
        coalesce(sum(c.change_amount) filter (where c.moved_in < date_trunc('month', e.month_end)), 0)
            as opening_balance,
        coalesce(sum(c.change_amount) filter (where c.moved_in <= e.month_end), 0) as closing_balance
    from month_ends as e
    cross join changes as c
    group by e.month_end, c.currency
),

recovered as (
    select
        r.currency as currency,
        date_trunc('month', r.recovered_on) as recovered_in,
        sum(r.recovered_amount) as recovered_amount
    from recoveries as r
    where r.origin = 'payment'
    group by r.currency, date_trunc('month', r.recovered_on)
)

select
    o.month_end as month_end,
    o.currency as currency,
    cast(o.opening_balance as decimal(18, 4)) as opening_balance,
    cast(coalesce(m.invoiced_amount, 0) as decimal(18, 4)) as invoiced_amount,
    cast(coalesce(m.collected_amount, 0) as decimal(18, 4)) as collected_amount,
    cast(coalesce(r.recovered_amount, 0) as decimal(18, 4)) as recovered_amount,
    cast(coalesce(m.credited_amount, 0) as decimal(18, 4)) as credited_amount,
    cast(coalesce(m.written_off_amount, 0) as decimal(18, 4)) as written_off_amount,
    cast(coalesce(m.refunded_amount, 0) as decimal(18, 4)) as refunded_amount,
    cast(o.closing_balance as decimal(18, 4)) as closing_balance
from openings as o
left join monthly as m on m.currency = o.currency and m.moved_in = date_trunc('month', o.month_end)
left join recovered as r on r.currency = o.currency and r.recovered_in = date_trunc('month', o.month_end)
order by o.month_end, o.currency
