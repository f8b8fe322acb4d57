-- Exchange rates the user gave, as the ledger knew them at $known_load.
-- grain: rate_date, currency
-- rate_date: day of the rate
-- currency: ISO 4217
-- rate: units of the reporting currency for one of currency
select
    r.rate_date as rate_date,
    r.currency as currency,
    r.rate as rate
from ledger.fx_rates as r
where r.loaded_by <= $known_load
    and (r.replaced_by is null or r.replaced_by > $known_load)
