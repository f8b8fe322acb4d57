-- How late each client pays at the close of as_of, counting what is still open as at least as late as it is.
-- All figures but paid_count are over invoices whose due date has passed, paid or not: statistics over paid
-- invoices alone look better than the truth. Payments of unknown date are left out, and so are credited invoices.
-- grain: client, currency
-- client: key of the client
-- currency: ISO 4217
-- invoice_count: invoices or instalments counted here: due, or paid
-- paid_count: invoices or instalments paid in full, due or not
-- due_count: invoices or instalments whose due date has passed
-- on_time_count: those of due_count paid on or before the due date
-- on_time_rate: 0 to 1; on_time_count / due_count; null = none was due yet
-- open_count: those of due_count still open
-- written_off_count: those of due_count written off in full or in part
-- due_amount: currency; what fell due
-- on_time_amount: currency; what of it was paid on time
-- median_days_late: days; negative = early; a lower bound where open_count > 0; null = none was due yet
-- weighted_days_late: days; by amount, early counted as negative; a lower bound where open_count > 0; null = none
-- trend_days_per_year: days; slope of days_late over due dates; positive = getting later; null = fewer than 5 due
-- last_paid_on: latest day an invoice was paid in full; null = never
select
    i.client as client,
    i.currency as currency,
    count(*) as invoice_count,
    count(*) filter (where i.is_paid) as paid_count,
    count(*) filter (where i.is_due) as due_count,
    count(*) filter (where i.is_due and i.is_paid and i.days_late <= 0) as on_time_count,
    cast(count(*) filter (where i.is_due and i.is_paid and i.days_late <= 0) as double)
        / nullif(count(*) filter (where i.is_due), 0) as on_time_rate,
    count(*) filter (where i.is_due and not i.is_paid and not i.is_written_off) as open_count,
    count(*) filter (where i.is_due and i.is_written_off) as written_off_count,
    cast(coalesce(sum(i.due_amount) filter (where i.is_due), 0) as decimal(18, 4)) as due_amount,
    cast(
        coalesce(sum(i.due_amount) filter (where i.is_due and i.is_paid and i.days_late <= 0), 0) as decimal(18, 4)
    ) as on_time_amount,
    quantile_cont(i.days_late, 0.5) filter (where i.is_due) as median_days_late,
    sum(cast(i.due_amount as double) * i.days_late) filter (where i.is_due)
        / sum(cast(i.due_amount as double)) filter (where i.is_due) as weighted_days_late,
    case
        when count(*) filter (where i.is_due) >= 5
            then 365 * regr_slope(i.days_late, cast(date_diff('day', date '2000-01-01', i.due_date) as double))
                filter (where i.is_due)
    end as trend_days_per_year,
    max(i.paid_on) as last_paid_on
from due_lateness as i
group by i.client, i.currency
order by i.client, i.currency
