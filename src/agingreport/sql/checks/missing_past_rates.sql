-- Currencies without an exchange rate on a day of the months shown: of a balance, a movement or a settled debt.
-- grain: subject
-- severity: error, warning or info
-- subject: what it is about
-- client: key of the client; null = no one client
-- detail: what was seen
-- remedy: what to do
with first_days as (
    select date_trunc('month', min(e.month_end)) as first_day from month_ends as e
),

-- Most books lack none, and then no settlement needs to be looked at.
lacking as (
    select r.currency as currency, r.needed_on as needed_on from conversion_rates as r where r.rate is null
),

lately_settled as (
    select s.currency as currency, s.debit_key as debit_key, s.credit_key as credit_key
    from settlements as s
    cross join first_days as f
    where s.settled_on >= f.first_day
        and s.currency in (select k.currency from lacking as k)
),

settled as (
    select s.currency as currency, s.debit_key as document_key from lately_settled as s
    union
    select s.currency, s.credit_key from lately_settled as s
),

needed as (
    select r.currency as currency, r.month_end as needed_on
    from rollforward as r
    where r.closing_balance <> 0
    union
    select r.currency, cast(date_trunc('month', r.month_end) - interval 1 day as date)
    from rollforward as r
    where r.opening_balance <> 0
    union
    select t.currency, t.month_end
    from aging_trend as t
    where t.open_amount <> 0
    union
    select d.currency, d.document_date
    from daily_totals as d
    cross join first_days as f
    where d.document_date >= f.first_day
    union
    select s.currency, d.document_date
    from settled as s
    inner join documents as d on d.document_key = s.document_key
),

missing as (
    select
        n.currency as currency,
        min(n.needed_on) as first_day,
        max(n.needed_on) as last_day,
        count(*) as day_count
    from needed as n
    inner join lacking as k on k.currency = n.currency and k.needed_on = n.needed_on
    group by n.currency
)

select
    'info' as severity,
    concat('past rates of ', m.currency) as subject,
    cast(null as varchar) as client,
    case
        when v.reporting_currency is null then 'no reporting currency is set'
        else concat(
            'there is no rate of ', m.currency, ' in ', v.reporting_currency, ' for ', cast(m.first_day as varchar),
            ' or the ', cast(v.fx_rate_max_age_days as varchar), ' days before; days without a rate: ',
            cast(m.day_count as varchar), ', the last is ', cast(m.last_day as varchar)
        )
    end as detail,
    case
        when v.reporting_currency is null then 'Set conventions.reporting_currency in the policy.'
        else concat('Load a file of rates: date, currency, rate (units of ', v.reporting_currency, ' for one); or eurofxref-hist.csv of the European Central Bank.')
    end as remedy
from missing as m
cross join conventions as v
order by m.currency
