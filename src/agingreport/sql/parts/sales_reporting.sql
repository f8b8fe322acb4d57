-- What was billed on each day in all currencies together, in the reporting currency at the rate of the day.
-- Days of which a rate is missing give nothing: whoever reads this is guarded by the checks of rates.
-- grain: billed_on
-- billed_on: document date of the invoices
-- reporting_currency: ISO 4217; from the policy
-- billed_amount: reporting currency; > 0, gross of tax and before credit notes
select
    s.billed_on as billed_on,
    r.reporting_currency as reporting_currency,
    cast(sum(cast(s.billed_amount * r.rate as decimal(18, 4))) as decimal(18, 4)) as billed_amount
from sales as s
inner join conversion_rates as r on r.currency = s.currency and r.needed_on = s.billed_on
where r.rate is not null
group by s.billed_on, r.reporting_currency
