-- Rates that name no second currency and cannot be in the reporting currency: they price that currency itself at other than 1.
-- grain: subject
-- severity: error, warning or info
-- subject: what it is about
-- client: key of the client; null = no one client
-- detail: what was seen
-- remedy: what to do
select
    'error' as severity,
    concat('rates without quote_currency in ', v.reporting_currency) as subject,
    cast(null as varchar) as client,
    concat(
        'they are taken to be in ', v.reporting_currency, ', yet say that one ', v.reporting_currency, ' is ',
        cast(arg_max(r.rate, r.rate_date) as varchar), ' on ', cast(max(r.rate_date) as varchar),
        ': they are in another currency'
    ) as detail,
    'Set conventions.reporting_currency to the one they are in, or load them into a new ledger with a column quote_currency that names it.'
        as remedy
from fx_rates as r
inner join conventions as v on v.reporting_currency = r.currency
where r.quote_currency is null
    and r.rate <> 1
    and r.rate_date <= $as_of
group by v.reporting_currency
order by subject
