-- How late each invoice was paid, or is so far, at the close of as_of; instalments one by one.
-- An invoice counts once its due date has passed or it is paid. Credit notes are no payments: what was credited in
-- full is left out. What was written off or is open counts as late as it was then or is now, at the least.
-- grain: document_key, instalment_number
-- document_key: of the invoice, as in documents
-- instalment_number: 1 for the earliest part
-- account_key: as in accounts
-- currency: ISO 4217
-- document_date: date of issue
-- due_date: as in dues
-- due_amount: currency; > 0
-- settled_amount: currency; of due_amount, by payments, credit notes and write-offs
-- credited_amount: currency; of settled_amount, by credit notes
-- settlement_count: settlements of it; 0 = none
-- has_write_off: some of it was written off
-- is_due: the due date has passed, paid or not
-- settled_on: day of the last of the settlements; null = none
-- owed_again_until: as in invoice_ends
-- is_paid_again: as in invoice_ends
-- paid_on: day it was settled in full; null = open, or written off
-- days_late: days; paid_on less due_date, negative = early; of open ones as_of less due_date, at the least that
-- is_paid: settled in full by payments, with credit notes or without
-- is_written_off: settled in full, part of it by a write-off
select
    e.document_key as document_key,
    e.instalment_number as instalment_number,
    e.account_key as account_key,
    e.currency as currency,
    e.document_date as document_date,
    e.due_date as due_date,
    e.due_amount as due_amount,
    e.settled_amount as settled_amount,
    e.credited_amount as credited_amount,
    e.settlement_count as settlement_count,
    e.has_write_off as has_write_off,
    e.due_date < $as_of as is_due,
    e.settled_on as settled_on,
    e.owed_again_until as owed_again_until,
    e.is_paid_again as is_paid_again,
    case when not e.is_given_up then e.ended_on end as paid_on,
    date_diff('day', e.due_date, coalesce(e.ended_on, $as_of)) as days_late,
    e.ended_on is not null and not e.is_given_up as is_paid,
    e.ended_on is not null and e.is_given_up as is_written_off
from invoice_ends as e
where e.credited_amount < e.due_amount
    and (e.due_date < $as_of or e.ended_on is not null and not e.is_given_up)
