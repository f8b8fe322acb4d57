-- Currencies that something is owed in, and that have no exchange rate for as_of.
-- grain: subject
-- severity: error, warning or info
-- subject: what it is about
-- client: key of the client; null = no one client
-- detail: what was seen
-- remedy: what to do
with owed as (
    select distinct b.currency as currency from balances as b
)

select
    'warning' as severity,
    concat('rate of ', o.currency) as subject,
    cast(null as varchar) as client,
    case
        when v.reporting_currency is null then 'no reporting currency is set'
        else concat(
            'there is no rate of ', o.currency, ' in ', v.reporting_currency, ' for ', cast($as_of as varchar),
            ' or the ', cast(v.fx_rate_max_age_days as varchar), ' days before'
        )
    end as detail,
    case
        when v.reporting_currency is null then 'Set conventions.reporting_currency in the policy.'
        when (select count(*) from owed as w) = 1 and not exists (select 1 from fx_rates as f)
            then concat(
                'Set conventions.reporting_currency in the policy to ', o.currency,
                ' if that is the currency of the firm; else load a file of rates: date, currency, rate (units of ',
                v.reporting_currency, ' for one); or eurofxref-hist.csv of the European Central Bank.'
            )
        else concat('Load a file of rates: date, currency, rate (units of ', v.reporting_currency, ' for one); or eurofxref-hist.csv of the European Central Bank.')
    end as remedy
from owed as o
inner join conversion_rates as r on r.currency = o.currency and r.needed_on = $as_of
cross join conventions as v
where r.rate is null
order by o.currency
