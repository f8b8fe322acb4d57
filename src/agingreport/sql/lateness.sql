-- How late each client pays at the close of as_of, counting what is still open as at least as late as it is.
-- All figures but paid_count are over invoices whose due date has passed, paid or not: statistics over paid
-- invoices alone look better than the truth. Payments of unknown date are left out, and so are credited invoices.
-- formula: on_time_rate = on_time_count / due_count; weighted_days_late = sum(amount * days_late) / sum(amount)
-- credits: no payments: what they settle is not paid, and invoices credited in full are left out
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: our own, since statistics over paid invoices alone look better than the truth
-- grain: client, currency
-- client: key of the client
-- currency: ISO 4217
-- invoice_count: invoices or instalments counted here: due, or paid
-- paid_count: invoices or instalments paid in full, due or not
-- due_count: invoices or instalments whose due date has passed
-- on_time_count: those of due_count paid on or before the due date
-- on_time_rate: 0 to 1; on_time_count / due_count; null = none was due yet
-- open_count: those of due_count still open
-- written_off_count: those of due_count closed by a write-off, of all of it or of the rest
-- due_amount: currency; what fell due
-- on_time_amount: currency; what of it was paid on time
-- median_days_late: days; negative = early; a lower bound where open_count > 0; null = none was due yet
-- weighted_days_late: days; by amount, early counted as negative; a lower bound where open_count > 0; null = none
-- trend_days_per_year: days; slope of days_late over due dates; positive = getting later; null = fewer than 5 due
-- last_paid_on: latest day an invoice was paid in full; null = never
select
    a.client as client,
    a.currency as currency,
    s.invoice_count as invoice_count,
    s.paid_count as paid_count,
    s.due_count as due_count,
    s.on_time_count as on_time_count,
    cast(s.on_time_count as double) / nullif(s.due_count, 0) as on_time_rate,
    s.open_count as open_count,
    s.written_off_count as written_off_count,
    cast(s.due_amount as decimal(18, 4)) as due_amount,
    cast(s.on_time_amount as decimal(18, 4)) as on_time_amount,
    s.median_days_late as median_days_late,
    cast(s.late_amount_days as double) / cast(nullif(s.due_amount, 0) as double) as weighted_days_late,
    -- The slope of least squares.
    case
        when s.due_count >= 5
            then 365 * cast(s.due_count * s.late_by_due_days - s.due_days * s.late_days as double)
                / nullif(cast(s.due_count * s.due_days_squared - s.due_days * s.due_days as double), 0)
    end as trend_days_per_year,
    s.last_paid_on as last_paid_on
from account_lateness as s
inner join accounts as a on a.account_key = s.account_key
order by a.client, a.currency
