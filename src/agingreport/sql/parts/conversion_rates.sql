-- The exchange rate of each currency in the books on each day that needs one: document days and month ends.
-- A day without a rate takes the latest one before it, if that is no older than the policy allows.
-- shared
-- grain: currency, needed_on
-- currency: ISO 4217
-- needed_on: a day a document is dated, a month end, or the day before the first month
-- reporting_currency: from the policy; null = none is set
-- rate: units of the reporting currency for one of currency, to 12 decimals; null = missing
-- rate_date: day of the rate; null = missing
with currencies as (
    select distinct t.currency as currency from daily_totals as t
),

needed as (
    select distinct t.currency as currency, t.document_date as needed_on from daily_totals as t
    union
    select c.currency, e.month_end
    from currencies as c
    cross join month_ends as e
    union
    select c.currency, cast(date_trunc('month', e.first_month_end) - interval 1 day as date)
    from currencies as c
    cross join (select min(m.month_end) as first_month_end from month_ends as m) as e
),

dated as (
    select
        r.currency as currency,
        r.rate_date as rate_date,
        lead(r.rate_date) over (partition by r.currency order by r.rate_date) as next_date,
        r.rate as rate
    from reporting_rates as r
)

select
    n.currency as currency,
    n.needed_on as needed_on,
    v.reporting_currency as reporting_currency,
    case when n.currency = v.reporting_currency then cast(1 as decimal(20, 12)) else r.rate end as rate,
    case when n.currency = v.reporting_currency then n.needed_on else r.rate_date end as rate_date
from needed as n
cross join conventions as v
left join dated as r
    on r.currency = n.currency
    and r.rate_date <= n.needed_on
    and (r.next_date is null or r.next_date > n.needed_on)
    and date_diff('day', r.rate_date, n.needed_on) <= v.fx_rate_max_age_days
