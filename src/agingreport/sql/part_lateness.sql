-- How late the money of each invoice came, part by part: each payment by its own day, weighted by its amount.
-- Beside invoice_lateness, which asks when the last of it came. The same invoices; what was credited is no money and is
-- left out; what was written off or is open counts as late as it was then or is now, at the least.
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
with settled as (
    select
        s.document_id as document_id,
        s.instalment_number as instalment_number,
        i.due_date as due_date,
        s.credit_kind as credit_kind,
        s.settled_amount as settled_amount,
        date_diff('day', i.due_date, s.settled_on) as days_late
    from due_settlements as s
    inner join invoice_lateness as i
        on i.document_id = s.document_id and i.instalment_number = s.instalment_number
),

summed as (
    select
        s.document_id as document_id,
        s.instalment_number as instalment_number,
        sum(s.settled_amount) as settled_amount,
        coalesce(sum(s.settled_amount) filter (where s.credit_kind = 'payment'), 0) as paid_amount,
        coalesce(sum(s.settled_amount) filter (where s.credit_kind in ('payment', 'write_off')), 0) as money_amount,
        coalesce(
            sum(s.settled_amount * s.days_late) filter (where s.credit_kind in ('payment', 'write_off')), 0
        ) as amount_days,
        coalesce(
            sum(s.settled_amount * greatest(s.days_late, 0)) filter (where s.credit_kind in ('payment', 'write_off')), 0
        ) as overdue_amount_days
    from settled as s
    group by s.document_id, s.instalment_number
),

with_open as (
    select
        i.document_id as document_id,
        i.instalment_number as instalment_number,
        i.client as client,
        i.currency as currency,
        i.due_date as due_date,
        i.is_due as is_due,
        i.due_amount as due_amount,
        coalesce(s.paid_amount, 0) as paid_amount,
        coalesce(s.money_amount, 0) as money_amount,
        i.due_amount - coalesce(s.settled_amount, 0) as open_amount,
        date_diff('day', i.due_date, $as_of) as open_days,
        coalesce(s.amount_days, 0) as amount_days,
        coalesce(s.overdue_amount_days, 0) as overdue_amount_days
    from invoice_lateness as i
    left join summed as s on s.document_id = i.document_id and s.instalment_number = i.instalment_number
)

select
    w.document_id as document_id,
    w.instalment_number as instalment_number,
    w.client as client,
    w.currency as currency,
    w.due_date as due_date,
    w.is_due as is_due,
    w.due_amount as due_amount,
    cast(w.money_amount + w.open_amount as decimal(18, 4)) as counted_amount,
    cast(w.paid_amount as decimal(18, 4)) as paid_amount,
    cast(w.amount_days + w.open_amount * w.open_days as decimal(38, 4)) as amount_days,
    cast(w.amount_days + w.open_amount * w.open_days as double) / cast(w.money_amount + w.open_amount as double)
        as weighted_days_late,
    cast(w.overdue_amount_days + w.open_amount * greatest(w.open_days, 0) as double)
        / cast(w.money_amount + w.open_amount as double) as weighted_days_overdue
from with_open as w
order by w.document_id, w.instalment_number
