-- How late each invoice was paid, or is so far, at the close of as_of; instalments one by one.
-- An invoice counts once its due date has passed or it is paid. Credit notes are no payments: what was credited in
-- full is left out. What was written off or is open counts as late as it was then or is now, at the least.
-- grain: document_key, instalment_number
-- document_key: of the invoice, as in documents
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
with judged as (
    select
        t.document_key as document_key,
        t.instalment_number as instalment_number,
        t.client as client,
        t.currency as currency,
        t.document_date as document_date,
        t.due_date as due_date,
        t.due_amount as due_amount,
        t.settled_on as settled_on,
        t.settled_amount = t.due_amount as is_settled,
        t.settled_amount = t.due_amount and coalesce(n.credited_amount, 0) = t.due_amount as is_credited,
        coalesce(n.has_write_off, false) as has_write_off,
        coalesce(n.is_date_unknown, false) as is_date_unknown
    from due_totals as t
    left join other_settlements as n on n.document_key = t.document_key and n.instalment_number = t.instalment_number
    where t.is_invoice
)

select
    j.document_key as document_key,
    j.instalment_number as instalment_number,
    j.client as client,
    j.currency as currency,
    j.document_date as document_date,
    j.due_date as due_date,
    j.due_amount as due_amount,
    j.due_date < $as_of as is_due,
    case when j.is_settled and not j.has_write_off then j.settled_on end as paid_on,
    date_diff('day', j.due_date, case when j.is_settled then j.settled_on else $as_of end) as days_late,
    j.is_settled and not j.has_write_off as is_paid,
    j.is_settled and j.has_write_off as is_written_off
from judged as j
where (j.due_date < $as_of or j.is_settled and not j.has_write_off)
    and not j.is_credited
    and not j.is_date_unknown
