-- How late each invoice was paid, or is so far, at the close of as_of; instalments one by one.
-- An invoice counts once its due date has passed or it is paid. Credit notes are no payments: what was credited in
-- full is left out. What was written off or is open counts as late as it was then or is now, at the least. What was paid
-- with money that was given back, such as a bounced cheque, is paid once what that reopened is paid, and open until then.
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
-- paid_on: day it was settled in full; null = open, or written off
-- days_late: days; paid_on less due_date, negative = early; of open ones as_of less due_date, at the least that
-- is_paid: settled in full by payments, with credit notes or without
-- is_written_off: settled in full, part of it by a write-off
with judged as (
    select
        t.document_key as document_key,
        t.instalment_number as instalment_number,
        t.account_key as account_key,
        t.currency as currency,
        t.document_date as document_date,
        t.due_date as due_date,
        t.due_amount as due_amount,
        t.settled_amount as settled_amount,
        t.credited_amount as credited_amount,
        t.settlement_count as settlement_count,
        t.has_write_off as has_write_off,
        t.settled_on as settled_on,
        t.settled_amount = t.due_amount and coalesce(g.is_settled, true) as is_settled,
        t.has_write_off or coalesce(g.has_write_off, false) as is_given_up,
        greatest(t.settled_on, coalesce(g.settled_on, t.settled_on)) as ended_on
    from due_states as t
    left join reopened_states as g on g.document_key = t.document_key and g.instalment_number = t.instalment_number
    where t.is_invoice
        and t.credited_amount < t.due_amount
        and not t.is_date_unknown
)

select
    t.document_key as document_key,
    t.instalment_number as instalment_number,
    t.account_key as account_key,
    t.currency as currency,
    t.document_date as document_date,
    t.due_date as due_date,
    t.due_amount as due_amount,
    t.settled_amount as settled_amount,
    t.credited_amount as credited_amount,
    t.settlement_count as settlement_count,
    t.has_write_off as has_write_off,
    t.due_date < $as_of as is_due,
    t.settled_on as settled_on,
    case when t.is_settled and not t.is_given_up then t.ended_on end as paid_on,
    date_diff('day', t.due_date, case when t.is_settled then t.ended_on else $as_of end) as days_late,
    t.is_settled and not t.is_given_up as is_paid,
    t.is_settled and t.is_given_up as is_written_off
from judged as t
where t.due_date < $as_of or t.is_settled and not t.is_given_up
