-- How late the money of each invoice came, part by part: each payment by its own day, weighted by its amount.
-- The same invoices as in due_lateness. What was credited is no money and is left out; what was written off or is open
-- counts as late as it was then or is now, at the least. Money that was given back, such as a bounced cheque, came when
-- what that reopened was settled.
-- grain: document_key, instalment_number
-- document_key: of the invoice, as in documents
-- instalment_number: 1 for the earliest part
-- currency: ISO 4217
-- due_date: as in dues
-- is_due: the due date has passed, paid or not
-- due_amount: currency; > 0
-- counted_amount: currency; due_amount less what was credited; > 0
-- paid_amount: currency; part of counted_amount that was paid; >= 0
-- amount_days: currency times days; each part of counted_amount times the days it was late, negative = early
-- overdue_amount_days: currency times days; the same with early payments counted as 0
with each as (
    -- One in ten has more settlements than one, so only those are looked at one by one.
    select
        s.document_key as document_key,
        s.instalment_number as instalment_number,
        s.settled_amount as money_amount,
        s.credit_kind = 'payment' and (g.credit_key is null or coalesce(l.is_paid_again, true)) as is_paid,
        date_diff(
            'day', l.due_date, coalesce(case when g.credit_key is not null then l.owed_again_until end, s.settled_on)
        ) as money_days
    from divided_settlements as s
    inner join due_lateness as l on l.document_key = s.document_key and l.instalment_number = s.instalment_number
    left join payments_given_back as g on g.credit_key = s.credit_key
    where l.settlement_count > 1
        and s.credit_kind in ('payment', 'write_off')
),

several as (
    select
        e.document_key as document_key,
        e.instalment_number as instalment_number,
        sum(case when e.is_paid then e.money_amount else 0 end) as paid_amount,
        sum(e.money_amount * e.money_days) as amount_days,
        sum(e.money_amount * greatest(e.money_days, 0)) as overdue_amount_days
    from each as e
    group by e.document_key, e.instalment_number
),

timed as (
    select
        l.document_key as document_key,
        l.instalment_number as instalment_number,
        l.currency as currency,
        l.due_date as due_date,
        l.is_due as is_due,
        l.due_amount as due_amount,
        l.due_amount - l.settled_amount as open_amount,
        l.settled_amount - l.credited_amount as money_amount,
        not l.has_write_off and coalesce(l.is_paid_again, true) as is_paid,
        case
            when l.settlement_count = 1 then date_diff('day', l.due_date, coalesce(l.owed_again_until, l.settled_on))
        end as money_days,
        date_diff('day', l.due_date, $as_of) as open_days
    from due_lateness as l
)

select
    t.document_key as document_key,
    t.instalment_number as instalment_number,
    t.currency as currency,
    t.due_date as due_date,
    t.is_due as is_due,
    t.due_amount as due_amount,
    cast(t.money_amount + t.open_amount as decimal(18, 4)) as counted_amount,
    cast(
        case when t.money_days is null then coalesce(s.paid_amount, 0) when t.is_paid then t.money_amount else 0 end
        as decimal(18, 4)
    ) as paid_amount,
    cast(
        coalesce(t.money_amount * t.money_days, s.amount_days, 0) + t.open_amount * t.open_days as decimal(38, 4)
    ) as amount_days,
    cast(
        coalesce(t.money_amount * case when t.money_days < 0 then 0 else t.money_days end, s.overdue_amount_days, 0)
        + t.open_amount * greatest(t.open_days, 0) as decimal(38, 4)
    ) as overdue_amount_days
from timed as t
left join several as s on s.document_key = t.document_key and s.instalment_number = t.instalment_number
