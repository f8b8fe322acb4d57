-- How late the invoices of each account were paid, or are so far: the counts and sums that the measures of it read.
-- Whole numbers and decimals only: they add up to the same in whatever order the rows come, and by group or in all.
-- shared
-- grain: account_key
-- account_key: as in accounts
-- currency: ISO 4217
-- invoice_count: invoices or instalments counted here: due, or paid
-- paid_count: invoices or instalments paid in full, due or not
-- due_count: invoices or instalments whose due date has passed
-- on_time_count: those of due_count paid on or before the due date
-- open_count: those of due_count still open
-- written_off_count: those of due_count written off in full or in part
-- due_amount: currency; what fell due
-- on_time_amount: currency; what of it was paid in full on or before the due date
-- median_days_late: days, of due_count; null = none was due yet
-- late_amount_days: currency times days; of due_count, early counted as negative; null = none was due yet
-- overdue_amount_days: currency times days; the same of late ones alone; null = there is none
-- late_days: days; days_late of due_count; null = none was due yet
-- due_days: days; due dates of due_count, from 2000-01-01; null = none was due yet
-- due_days_squared: the squares of the same; null = none was due yet
-- late_by_due_days: days_late times the same; null = none was due yet
-- paid_amount: currency; of paid_count; null = none was paid yet
-- paid_days: days from document date to full payment, of paid_count; null = none was paid yet
-- paid_amount_days: currency times the same; null = none was paid yet
-- last_year_count: those of paid_count paid in the 365 days up to as_of
-- last_year_days: days from document date to full payment, of last_year_count; null = none was
-- last_paid_on: latest day an invoice was paid in full; null = never
with judged as (
    select
        l.account_key as account_key,
        l.currency as currency,
        l.due_amount as due_amount,
        l.days_late as days_late,
        l.paid_on as paid_on,
        l.is_due as is_due,
        l.is_paid as is_paid,
        l.is_written_off as is_written_off,
        l.is_due and l.is_paid and l.days_late <= 0 as is_on_time,
        date_diff('day', date '2000-01-01', l.due_date) as due_day,
        date_diff('day', l.document_date, l.paid_on) as days_to_pay,
        date_diff('day', l.paid_on, $as_of) < 365 as is_last_year
    from due_lateness as l
)

select
    j.account_key as account_key,
    j.currency as currency,
    count(*) as invoice_count,
    count(*) filter (where j.is_paid) as paid_count,
    count(*) filter (where j.is_due) as due_count,
    count(*) filter (where j.is_on_time) as on_time_count,
    count(*) filter (where j.is_due and not j.is_paid and not j.is_written_off) as open_count,
    count(*) filter (where j.is_due and j.is_written_off) as written_off_count,
    coalesce(sum(case when j.is_due then j.due_amount end), 0) as due_amount,
    coalesce(sum(case when j.is_on_time then j.due_amount end), 0) as on_time_amount,
    quantile_cont(j.days_late, 0.5) filter (where j.is_due) as median_days_late,
    sum(case when j.is_due then j.due_amount * cast(j.days_late as decimal(19, 0)) end) as late_amount_days,
    sum(case when j.is_due and j.days_late > 0 then j.due_amount * cast(j.days_late as decimal(19, 0)) end)
        as overdue_amount_days,
    sum(case when j.is_due then j.days_late end) as late_days,
    sum(case when j.is_due then j.due_day end) as due_days,
    sum(case when j.is_due then j.due_day * j.due_day end) as due_days_squared,
    sum(case when j.is_due then j.due_day * j.days_late end) as late_by_due_days,
    sum(case when j.is_paid then j.due_amount end) as paid_amount,
    sum(j.days_to_pay) as paid_days,
    sum(j.due_amount * cast(j.days_to_pay as decimal(19, 0))) as paid_amount_days,
    count(*) filter (where j.is_last_year) as last_year_count,
    sum(case when j.is_last_year then j.days_to_pay end) as last_year_days,
    max(j.paid_on) as last_paid_on
from judged as j
group by j.account_key, j.currency
