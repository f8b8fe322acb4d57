-- What the period's sales must be expected to lose, by a rate on what was billed: the percent-of-sales method, the other textbook way to the expense of bad debts.
-- It looks at what is sold and not at what is open, so it stands beside provision and allowance and replaces neither.
-- The rate is the policy's, with its reason; without one, what the firm's own history says was lost, as in loss_history,
-- of all that was billed, also of what was paid at once.
-- formula: expense_amount = billed_amount * sales_loss_rate
-- credits: credit notes are not taken off the sales
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: Spiceland, Intermediate Accounting, chapter 7
-- grain: currency
-- currency: ISO 4217
-- first_day: the day after the allowance was last booked, else 1 January
-- billed_amount: currency; invoices from first_day to as_of, gross of tax; >= 0
-- sales_loss_rate: 0 to 1; null = unknown, rate_source says why
-- expense_amount: currency; billed_amount * sales_loss_rate; null = unknown
-- opening_amount: currency; the allowance last booked; null = the policy gives none in this currency
-- written_off_amount: currency; write-offs from first_day to as_of; >= 0
-- recovered_amount: currency; recoveries of debts written off, from first_day to as_of; >= 0
-- closing_amount: currency; opening_amount - written_off_amount + recovered_amount + expense_amount; null = unknown
-- rate_source: where sales_loss_rate comes from, or why there is none
with histories as (
    select
        d.currency as currency,
        count(*) filter (where date_diff('day', d.aged_from, $as_of) >= v.loss_after_days) as debt_count,
        min(d.aged_from) filter (where date_diff('day', d.aged_from, $as_of) >= v.loss_after_days) as oldest_on,
        max(d.aged_from) filter (where date_diff('day', d.aged_from, $as_of) >= v.loss_after_days) as newest_on
    from due_states as d
    cross join conventions as v
    group by d.currency
),

losses as (
    select
        m.currency as currency,
        sum(m.move_amount) filter (where m.exit is null) as due_amount,
        sum(m.move_amount) filter (
            where m.exit is null or (m.exit in ('paid', 'credited') and m.moved_age <= v.loss_after_days)
        ) as lost_amount
    from age_moves as m
    cross join conventions as v
    group by m.currency
),

periods as (
    select
        h.currency as currency,
        case
            when v.reporting_currency = h.currency and v.allowance_booked_on < $as_of then v.allowance_booked_on + 1
            else y.first_day
        end as first_day,
        case
            when v.reporting_currency = h.currency and v.allowance_booked_on < $as_of then v.allowance_booked_amount
        end as opening_amount,
        case
            when v.percent_of_sales is not null then cast(v.percent_of_sales as double)
            when h.debt_count >= v.loss_minimum_count
                then cast(l.lost_amount as double) / nullif(cast(l.due_amount as double), 0)
        end as sales_loss_rate,
        case
            when v.percent_of_sales is not null then concat('rate given: ', v.percent_of_sales_reason)
            when h.debt_count >= v.loss_minimum_count
                then concat('own history: ', h.debt_count, ' debts, aged from ', h.oldest_on, ' to ', h.newest_on)
            else concat(
                'too little history: ', h.debt_count, ' debts have had their ', v.loss_after_days, ' days, ',
                v.loss_minimum_count, ' are needed'
            )
        end as rate_source
    from histories as h
    cross join conventions as v
    cross join tax_year as y
    left join losses as l on l.currency = h.currency
),

billed as (
    select p.currency as currency, sum(s.billed_amount) as billed_amount
    from periods as p
    inner join sales as s on s.currency = p.currency and s.billed_on >= p.first_day
    group by p.currency
),

written_off as (
    select p.currency as currency, sum(c.amount) as written_off_amount
    from periods as p
    inner join credits as c on c.currency = p.currency and c.kind = 'write_off' and c.document_date >= p.first_day
    group by p.currency
),

recovered as (
    select p.currency as currency, sum(r.recovered_amount) as recovered_amount
    from periods as p
    inner join recoveries as r on r.currency = p.currency and r.recovered_on >= p.first_day
    group by p.currency
),

summed as (
    select
        p.currency as currency,
        p.first_day as first_day,
        p.opening_amount as opening_amount,
        p.sales_loss_rate as sales_loss_rate,
        p.rate_source as rate_source,
        coalesce(b.billed_amount, 0) as billed_amount,
        cast(cast(coalesce(b.billed_amount, 0) as double) * p.sales_loss_rate as decimal(18, 4)) as expense_amount,
        coalesce(w.written_off_amount, 0) as written_off_amount,
        coalesce(r.recovered_amount, 0) as recovered_amount
    from periods as p
    left join billed as b on b.currency = p.currency
    left join written_off as w on w.currency = p.currency
    left join recovered as r on r.currency = p.currency
)

select
    s.currency as currency,
    s.first_day as first_day,
    cast(s.billed_amount as decimal(18, 4)) as billed_amount,
    s.sales_loss_rate as sales_loss_rate,
    s.expense_amount as expense_amount,
    cast(s.opening_amount as decimal(18, 4)) as opening_amount,
    cast(s.written_off_amount as decimal(18, 4)) as written_off_amount,
    cast(s.recovered_amount as decimal(18, 4)) as recovered_amount,
    cast(
        s.opening_amount - s.written_off_amount + s.recovered_amount + s.expense_amount as decimal(18, 4)
    ) as closing_amount,
    s.rate_source as rate_source
from summed as s
order by s.currency
