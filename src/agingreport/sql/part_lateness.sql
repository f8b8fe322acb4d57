-- How late the money of each invoice came, part by part: each payment by its own day, weighted by its amount.
-- Beside invoice_lateness, which asks when the last of it came. The same invoices; what was credited is no money and is
-- left out; what was written off or is open counts as late as it was then or is now, at the least. A payment that bounced
-- came when it was made good.
-- formula: weighted_days_late = sum(part of amount * its days late) / counted_amount
-- credits: no payments: what credit notes settle is left out of the weights
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: our own: an invoice paid in parts, both ways of counting
-- grain: document_id, instalment_number
-- document_id: the invoice
-- instalment_number: 1 for the earliest part
-- client: key of the client
-- currency: ISO 4217
-- due_date: as in dues
-- is_due: the due date has passed, paid or not
-- due_amount: currency; > 0
-- counted_amount: currency; due_amount less what was credited; > 0
-- paid_amount: currency; part of counted_amount that was paid; >= 0
-- amount_days: currency times days; each part of counted_amount times the days it was late, negative = early
-- weighted_days_late: days; amount_days / counted_amount; a lower bound where less than counted_amount is paid
-- weighted_days_overdue: days; the same with early payments counted as 0
select
    d.document_id as document_id,
    p.instalment_number as instalment_number,
    d.client as client,
    p.currency as currency,
    p.due_date as due_date,
    p.is_due as is_due,
    p.due_amount as due_amount,
    p.counted_amount as counted_amount,
    p.paid_amount as paid_amount,
    p.amount_days as amount_days,
    cast(p.amount_days as double) / cast(p.counted_amount as double) as weighted_days_late,
    cast(p.overdue_amount_days as double) / cast(p.counted_amount as double) as weighted_days_overdue
from part_days_late as p
inner join debits as d on d.document_key = p.document_key
order by d.document_id, p.instalment_number
