-- How the balance of all currencies together moved in each month, in the reporting currency.
-- Balances are at the closing rate of their day, movements at the rate of the document date; what the rates did in
-- between is a line of its own: opening + invoiced - collected - credited - written off + refunded + difference = closing.
-- formula: closing = opening + invoiced - collected - credited - written off + refunded + exchange difference
-- credits: count on their own date, set against debts or not
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: Spiceland, chapter 7; IAS 21.21 for movements, 21.23 for balances
-- guarded by missing_past_rates
-- grain: month_end
-- month_end: close of the month; the last one is as_of
-- reporting_currency: ISO 4217; from the policy
-- opening_balance: balance at the close of the month before; negative where the clients are in credit
-- invoiced_amount: invoices and journal debits of the month; >= 0
-- collected_amount: payments of the month; >= 0
-- recovered_amount: payments on debts written off before; already counted in collected_amount; >= 0
-- credited_amount: credit notes and journal credits of the month; >= 0
-- written_off_amount: write-offs of the month; >= 0
-- refunded_amount: refunds and bounced payments of the month; >= 0
-- exchange_difference_amount: closing less opening and movements; negative = loss
-- realised_difference_amount: part of exchange_difference_amount from settlements of the month; negative = loss
-- closing_balance: balance at month_end
with closings as (
    select
        b.month_end as month_end,
        r.reporting_currency as reporting_currency,
        sum(case when b.opening_balance = 0 then 0 else cast(b.opening_balance * o.rate as decimal(18, 4)) end)
            as opening_balance,
        sum(case when b.closing_balance = 0 then 0 else cast(b.closing_balance * r.rate as decimal(18, 4)) end)
            as closing_balance
    from rollforward as b
    inner join conversion_rates as r on r.currency = b.currency and r.needed_on = b.month_end
    inner join conversion_rates as o
        on o.currency = b.currency
        and o.needed_on = cast(date_trunc('month', b.month_end) - interval 1 day as date)
    group by b.month_end, r.reporting_currency
),

converted as (
    select
        date_trunc('month', t.document_date) as moved_in,
        t.kind as kind,
        cast(sum(t.amount * r.rate) as decimal(18, 4)) as amount
    from daily_totals as t
    inner join conversion_rates as r on r.currency = t.currency and r.needed_on = t.document_date
    group by date_trunc('month', t.document_date), t.kind
),

monthly as (
    select
        c.moved_in as moved_in,
        coalesce(sum(c.amount) filter (where c.kind in ('invoice', 'journal_debit')), 0) as invoiced_amount,
        coalesce(sum(c.amount) filter (where c.kind = 'payment'), 0) as collected_amount,
        coalesce(sum(c.amount) filter (where c.kind in ('credit_note', 'journal_credit')), 0) as credited_amount,
        coalesce(sum(c.amount) filter (where c.kind = 'write_off'), 0) as written_off_amount,
        coalesce(sum(c.amount) filter (where c.kind = 'refund'), 0) as refunded_amount
    from converted as c
    group by c.moved_in
),

recovered as (
    select
        date_trunc('month', v.recovered_on) as recovered_in,
        sum(v.recovered_amount * r.rate) as recovered_amount
    from recoveries as v
    inner join conversion_rates as r on r.currency = v.currency and r.needed_on = v.paid_on
    where v.origin = 'payment'
    group by date_trunc('month', v.recovered_on)
),

realised as (
    select
        date_trunc('month', x.settled_on) as settled_in,
        sum(x.difference_amount) as difference_amount
    from exchange_differences as x
    group by date_trunc('month', x.settled_on)
),

joined as (
    select
        c.month_end as month_end,
        c.reporting_currency as reporting_currency,
        c.opening_balance as opening_balance,
        coalesce(m.invoiced_amount, 0) as invoiced_amount,
        coalesce(m.collected_amount, 0) as collected_amount,
        coalesce(v.recovered_amount, 0) as recovered_amount,
        coalesce(m.credited_amount, 0) as credited_amount,
        coalesce(m.written_off_amount, 0) as written_off_amount,
        coalesce(m.refunded_amount, 0) as refunded_amount,
        coalesce(x.difference_amount, 0) as realised_difference_amount,
        c.closing_balance as closing_balance
    from closings as c
    left join monthly as m on m.moved_in = date_trunc('month', c.month_end)
    left join recovered as v on v.recovered_in = date_trunc('month', c.month_end)
    left join realised as x on x.settled_in = date_trunc('month', c.month_end)
)

select
    j.month_end as month_end,
    j.reporting_currency as reporting_currency,
    cast(j.opening_balance as decimal(18, 4)) as opening_balance,
    cast(j.invoiced_amount as decimal(18, 4)) as invoiced_amount,
    cast(j.collected_amount as decimal(18, 4)) as collected_amount,
    cast(j.recovered_amount as decimal(18, 4)) as recovered_amount,
    cast(j.credited_amount as decimal(18, 4)) as credited_amount,
    cast(j.written_off_amount as decimal(18, 4)) as written_off_amount,
    cast(j.refunded_amount as decimal(18, 4)) as refunded_amount,
    cast(
        j.closing_balance - j.opening_balance - j.invoiced_amount + j.collected_amount + j.credited_amount
        + j.written_off_amount - j.refunded_amount as decimal(18, 4)
    ) as exchange_difference_amount,
    cast(j.realised_difference_amount as decimal(18, 4)) as realised_difference_amount,
    cast(j.closing_balance as decimal(18, 4)) as closing_balance
from joined as j
order by j.month_end
