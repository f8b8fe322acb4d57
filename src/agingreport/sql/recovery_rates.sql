-- How much of a debt of a certain age is paid in the end: the firm's own history where it is long enough, else the survey.
-- History counts debts whose window after that age is over, paid or not, and payments only, so it leans to neither side.
-- formula: recovery_rate = recovered_amount / reached_amount
-- credits: payments only: what was credited counts as reached and not as recovered
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: own history; else the survey in recovery.toml, with its source
-- shared
-- grain: currency, days_from
-- currency: of the debts; ISO 4217
-- days_from: days past due; the rate holds from here
-- days_to: last day it holds; null = no end
-- debt_count: debts that were still open at days_from and whose window is over
-- reached_amount: currency; what was open of them at that age
-- recovered_amount: currency; what of it was paid within the window
-- recovery_rate: 0 to 1; null = unknown
-- median_days: days from that age to a payment, in the middle; null = the survey's rate, or nothing was paid
-- rate_source: own history with the number of cases, or the survey
with currencies as (
    select distinct d.currency as currency from dues as d
),

at_age as (
    select
        d.currency as currency,
        a.days_from as days_from,
        d.document_id as document_id,
        d.instalment_number as instalment_number,
        d.due_date as due_date,
        d.due_amount - coalesce(sum(-m.move_amount) filter (
            where date_diff('day', d.due_date, m.moved_on) <= a.days_from
        ), 0) as reached_amount,
        coalesce(sum(-m.move_amount) filter (
            where m.exit = 'paid'
                and date_diff('day', d.due_date, m.moved_on) > a.days_from
                and date_diff('day', d.due_date, m.moved_on) <= a.days_from + v.history_window_days
        ), 0) as recovered_amount,
        min(date_diff('day', d.due_date, m.moved_on) - a.days_from) filter (
            where m.exit = 'paid'
                and date_diff('day', d.due_date, m.moved_on) > a.days_from
                and date_diff('day', d.due_date, m.moved_on) <= a.days_from + v.history_window_days
        ) as days_to_payment
    from dues as d
    cross join recovery_curve as a
    cross join conventions as v
    left join moves as m
        on m.document_key = d.document_key
        and m.instalment_number = d.instalment_number
        and m.exit is not null
    where date_diff('day', d.due_date, $as_of) >= a.days_from + v.history_window_days
        and date_diff('day', d.due_date, d.document_date) <= a.days_from
    group by d.currency, a.days_from, d.document_id, d.instalment_number, d.due_date, d.due_amount
),

history as (
    select
        a.currency as currency,
        a.days_from as days_from,
        count(*) as debt_count,
        sum(a.reached_amount) as reached_amount,
        sum(a.recovered_amount) as recovered_amount,
        quantile_cont(a.days_to_payment, 0.5) as median_days
    from at_age as a
    where a.reached_amount > 0
    group by a.currency, a.days_from
)

select
    c.currency as currency,
    a.days_from as days_from,
    a.days_to as days_to,
    coalesce(h.debt_count, 0) as debt_count,
    cast(coalesce(h.reached_amount, 0) as decimal(18, 4)) as reached_amount,
    cast(coalesce(h.recovered_amount, 0) as decimal(18, 4)) as recovered_amount,
    cast(
        case when h.debt_count >= v.history_minimum_count then h.recovered_amount / h.reached_amount else a.recovery_rate end
        as decimal(19, 6)
    ) as recovery_rate,
    cast(case when h.debt_count >= v.history_minimum_count then round(h.median_days, 0) end as integer) as median_days,
    case
        when h.debt_count >= v.history_minimum_count
            then concat('own history: ', h.debt_count, ' debts that were ', a.days_from, ' days late')
        when a.recovery_rate is not null then concat('prior: ', a.source)
    end as rate_source
from currencies as c
cross join recovery_curve as a
cross join conventions as v
left join history as h on h.currency = c.currency and h.days_from = a.days_from
order by c.currency, a.days_from
