-- How late each invoice was paid, or is so far, at the close of as_of; instalments one by one.
-- An invoice counts once its due date has passed or it is paid. Credit notes are no payments: what was credited in
-- full is left out. What was written off or is open counts as late as it was then or is now, at the least.
-- formula: days_late = paid_on - due_date; of open ones as_of - due_date
-- credits: no payments: what they settle is not paid, and invoices credited in full are left out
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: our own, since statistics over paid invoices alone look better than the truth
-- grain: document_id, instalment_number
-- document_id: the invoice
-- instalment_number: 1 for the earliest part
-- client: key of the client
-- currency: ISO 4217
-- document_date: date of issue
-- due_date: as in dues
-- due_amount: currency; > 0
-- is_due: the due date has passed, paid or not
-- paid_on: day it was settled in full; null = open, or written off
-- days_late: days; paid_on less due_date, negative = early; of open ones as_of less due_date, at the least that
-- is_paid: settled in full by payments, with credit notes or without
-- is_written_off: settled in full, part of it by a write-off
select
    d.document_id as document_id,
    l.instalment_number as instalment_number,
    d.client as client,
    l.currency as currency,
    l.document_date as document_date,
    l.due_date as due_date,
    l.due_amount as due_amount,
    l.is_due as is_due,
    l.paid_on as paid_on,
    l.days_late as days_late,
    l.is_paid as is_paid,
    l.is_written_off as is_written_off
from due_lateness as l
inner join debits as d on d.document_key = l.document_key
