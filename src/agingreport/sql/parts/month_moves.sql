-- What was billed and settled in each month, by the month of billing: the small table that migration and vintage read.
-- shared
-- grain: currency, is_invoice, billed_in, moved_in, aged_from, exit
-- currency: ISO 4217
-- is_invoice: the debits are invoices, and no journal entries or refunds
-- billed_in: first day of the month of the debits' document dates
-- moved_in: first day of the month of the billing or the settlements
-- aged_from: date the debits are aged from
-- exit: paid, credited or written off; null = the billing
-- move_amount: currency; positive for billing, negative for settlements
select
    m.currency as currency,
    m.is_invoice as is_invoice,
    cast(date_trunc('month', m.document_date) as date) as billed_in,
    cast(date_trunc('month', m.moved_on) as date) as moved_in,
    m.aged_from as aged_from,
    m.exit as exit,
    cast(sum(m.move_amount) as decimal(18, 4)) as move_amount
from moves as m
group by
    m.currency,
    m.is_invoice,
    date_trunc('month', m.document_date),
    date_trunc('month', m.moved_on),
    m.aged_from,
    m.exit
