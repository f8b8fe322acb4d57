-- What was billed on each day: the sales that days sales outstanding is measured against.
-- Invoices only, gross of tax and before credit notes, as open amounts are.
-- shared
-- grain: billed_on, currency
-- billed_on: document date of the invoices
-- currency: ISO 4217
-- billed_amount: currency; > 0
select
    d.document_date as billed_on,
    d.currency as currency,
    cast(sum(d.amount) as decimal(18, 4)) as billed_amount
from debits as d
where d.kind = 'invoice'
group by d.document_date, d.currency
