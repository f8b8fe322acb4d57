-- What was billed on each day: the sales that days sales outstanding is measured against.
-- Invoices only, gross of tax and before credit notes, as open amounts are.
-- grain: billed_on, currency
-- billed_on: document date of the invoices
-- currency: ISO 4217
-- billed_amount: currency; > 0
select
    t.document_date as billed_on,
    t.currency as currency,
    t.amount as billed_amount
from daily_totals as t
where t.kind = 'invoice'
