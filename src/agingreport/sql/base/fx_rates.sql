-- Exchange rates from files, as the ledger knew them at the close of known_on.
-- grain: rate_date, currency, quote_currency
-- rate_date: day of the rate
-- currency: ISO 4217
-- quote_currency: ISO 4217; what the rate is in; null = the reporting currency
-- rate: units of quote_currency for one of currency
select
    r.rate_date as rate_date,
    r.currency as currency,
    r.quote_currency as quote_currency,
    r.rate as rate
from ledger.fx_rates as r
where r.loaded_by <= $known_load
    and (r.replaced_by is null or r.replaced_by > $known_load)
