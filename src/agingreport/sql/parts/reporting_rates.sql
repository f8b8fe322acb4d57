-- The exchange rates into the reporting currency, of each currency in the books on each day that has one.
-- As told where a file gives it; else the other way round; else across a third currency that prices both on that day,
-- as the European Central Bank prices all in euros. What is told outranks what is worked out, and of what is told the
-- firm's own list, which names no second currency, outranks one that does.
-- shared
-- grain: currency, rate_date
-- currency: ISO 4217; never the reporting currency
-- rate_date: day of the rate
-- rate: units of the reporting currency for one of currency, to 12 decimals
-- rate_basis: told, turned or crossed
with wanted as (
    select distinct d.currency as currency
    from documents as d
    where d.status = 'posted'
        and d.document_date <= $as_of
),

told as (
    select
        r.rate_date as rate_date,
        r.currency as currency,
        coalesce(r.quote_currency, v.reporting_currency) as quote_currency,
        r.quote_currency is null as is_own,
        r.rate as rate
    from fx_rates as r
    cross join conventions as v
),

legs as (
    select
        t.rate_date as rate_date,
        t.currency as currency,
        t.quote_currency as quote_currency,
        t.is_own as is_own,
        t.rate as rate,
        'told' as rate_basis
    from told as t
    union all
    select t.rate_date, t.quote_currency, t.currency, t.is_own, 1 / t.rate, 'turned'
    from told as t
),

found as (
    select
        l.currency as currency,
        l.rate_date as rate_date,
        l.is_own as is_own,
        l.rate as rate,
        l.rate_basis as rate_basis,
        '' as via
    from legs as l
    inner join conventions as v on v.reporting_currency = l.quote_currency
    where l.currency in (select w.currency from wanted as w)
    union all
    select a.currency, a.rate_date, false, a.rate * b.rate, 'crossed', a.quote_currency
    from legs as a
    inner join legs as b on b.rate_date = a.rate_date and b.currency = a.quote_currency
    inner join conventions as v on v.reporting_currency = b.quote_currency
    where a.currency in (select w.currency from wanted as w)
),

ranked as (
    select
        f.currency as currency,
        f.rate_date as rate_date,
        f.rate as rate,
        f.rate_basis as rate_basis,
        row_number() over (
            partition by f.currency, f.rate_date
            order by case f.rate_basis when 'told' then 1 when 'turned' then 2 else 3 end, f.is_own desc, f.via, f.rate
        ) as preference
    from found as f
    cross join conventions as v
    where f.currency <> v.reporting_currency
)

select
    r.currency as currency,
    r.rate_date as rate_date,
    cast(r.rate as decimal(20, 12)) as rate,
    r.rate_basis as rate_basis
from ranked as r
where r.preference = 1
