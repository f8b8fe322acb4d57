-- How many days of the latest sales the open amount of each month end is worth, newest month first.
-- Whole months count their calendar days, zero where nothing is open; the last month counts in proportion.
-- formula: days of the newest months whose sales use up the open amount; of the last month in proportion
-- credits: what is set against a debt is taken off it from the day it counts; unapplied money stands beside, in unapplied; sales are before credit notes
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: countback (exhaustion) method, calendar days
-- shared
-- grain: month_end, currency
-- month_end: close of that day; the last one is as_of
-- currency: ISO 4217
-- countback_dso_days: days; null = undefined: the history is too short to use the open amount up
-- history_days: days of sales there are up to month_end
-- countback_words: for people: the days to one place, or "> 90 days" where the history of 90 days is too short
with open_at as (
    select
        t.month_end as month_end,
        t.currency as currency,
        sum(t.open_amount) as open_amount
    from aging_trend as t
    group by t.month_end, t.currency
),

monthly_sales as (
    select
        s.currency as currency,
        date_trunc('month', s.billed_on) as billed_in,
        sum(s.billed_amount) as billed_amount
    from sales as s
    group by s.currency, date_trunc('month', s.billed_on)
),

months as (
    select
        k.currency as currency,
        unnest(generate_series(k.first_month, date_trunc('month', $as_of), interval 1 month)) as billed_in
    from (
        select m.currency as currency, min(m.billed_in) as first_month
        from monthly_sales as m
        group by m.currency
    ) as k
),

newest_first as (
    select
        o.month_end as month_end,
        o.currency as currency,
        o.open_amount as open_amount,
        coalesce(s.billed_amount, 0) as billed_amount,
        date_diff('day', m.billed_in, least(last_day(m.billed_in), o.month_end)) + 1 as month_days,
        sum(coalesce(s.billed_amount, 0)) over (
            partition by o.month_end, o.currency order by m.billed_in desc
        ) as billed_since
    from open_at as o
    inner join months as m on m.currency = o.currency and m.billed_in <= o.month_end
    left join monthly_sales as s on s.currency = m.currency and s.billed_in = m.billed_in
),

counted as (
    select
        n.month_end as month_end,
        n.currency as currency,
        case
            when max(n.open_amount) > max(n.billed_since) then null
            else sum(
                case
                    when n.billed_since - n.billed_amount >= n.open_amount then 0
                    when n.billed_since <= n.open_amount then n.month_days
                    else n.month_days
                        * cast(n.open_amount - (n.billed_since - n.billed_amount) as double)
                        / cast(n.billed_amount as double)
                end
            )
        end as countback_dso_days,
        sum(n.month_days) as history_days
    from newest_first as n
    group by n.month_end, n.currency
)

select
    c.month_end as month_end,
    c.currency as currency,
    c.countback_dso_days as countback_dso_days,
    c.history_days as history_days,
    case
        when c.countback_dso_days is null then concat('> ', cast(c.history_days as varchar), ' days')
        else concat(cast(cast(c.countback_dso_days as decimal(18, 1)) as varchar), ' days')
    end as countback_words
from counted as c
order by c.month_end, c.currency
