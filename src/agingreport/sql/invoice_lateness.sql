-- How late each invoice was paid, or is so far, at the close of as_of; instalments one by one.
-- An invoice counts once its due date has passed or it is paid. Credit notes are no payments: what was credited in
-- full is left out. What was written off or is open counts as late as it was then or is now, at the least.
-- shared
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
with settled as (
    select
        s.document_id as document_id,
        s.instalment_number as instalment_number,
        sum(s.settled_amount) as settled_amount,
        max(s.settled_on) as settled_on,
        bool_or(s.credit_kind = 'payment') as has_payment,
        bool_or(s.credit_kind = 'write_off') as has_write_off,
        bool_or(s.date_basis = 'assumed') as is_date_unknown
    from due_settlements as s
    group by s.document_id, s.instalment_number
),

judged as (
    select
        d.document_id as document_id,
        d.instalment_number as instalment_number,
        d.client as client,
        d.currency as currency,
        d.document_date as document_date,
        d.due_date as due_date,
        d.due_amount as due_amount,
        coalesce(s.settled_amount, 0) = d.due_amount as is_settled,
        coalesce(s.settled_amount, 0) = d.due_amount and not s.has_write_off as is_paid,
        coalesce(s.settled_amount, 0) = d.due_amount and s.has_write_off as is_written_off,
        coalesce(s.has_payment, false) or coalesce(s.has_write_off, false) as is_paid_or_lost,
        coalesce(s.is_date_unknown, false) as is_date_unknown,
        s.settled_on as settled_on
    from dues as d
    left join settled as s on s.document_id = d.document_id and s.instalment_number = d.instalment_number
    where d.kind = 'invoice'
)

select
    j.document_id as document_id,
    j.instalment_number as instalment_number,
    j.client as client,
    j.currency as currency,
    j.document_date as document_date,
    j.due_date as due_date,
    j.due_amount as due_amount,
    j.due_date < $as_of as is_due,
    case when j.is_paid then j.settled_on end as paid_on,
    date_diff('day', j.due_date, case when j.is_settled then j.settled_on else $as_of end) as days_late,
    j.is_paid as is_paid,
    j.is_written_off as is_written_off
from judged as j
where (j.due_date < $as_of or j.is_paid)
    and (j.is_paid_or_lost or not j.is_settled)
    and not j.is_date_unknown
