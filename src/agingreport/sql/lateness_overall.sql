-- How late all clients together pay at the close of as_of, by count and by amount.
-- Rates are over invoices whose due date has passed, paid or not: what is still open counts as at least as late as it
-- is. Payments of unknown date are left out, and so are credited invoices.
-- formula: on_time_rate = on_time_count / due_count; weighted_days_late = sum(amount * days_late) / sum(amount)
-- credits: no payments: what they settle is not paid, and invoices credited in full are left out
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: our own, since statistics over paid invoices alone look better than the truth
-- grain: currency
-- currency: ISO 4217
-- due_count: invoices or instalments whose due date has passed
-- on_time_count: those of them paid on or before the due date
-- open_count: those of them still open
-- written_off_count: those of them closed by a write-off, of all of it or of the rest
-- on_time_rate: 0 to 1; on_time_count / due_count; null = none was due yet
-- due_amount: currency; what fell due
-- on_time_amount: currency; what of it was paid in full on or before the due date
-- on_time_amount_rate: 0 to 1; on_time_amount / due_amount; null = none was due yet
-- median_days_late: days; negative = early; a lower bound where open_count > 0; null = none was due yet
-- weighted_days_late: days, by amount, to the day the last of it was paid; early counted as negative; null = none due
-- weighted_days_overdue: days, the same with early ones counted as 0; null = none was due yet
-- part_weighted_days_late: days, by amount, each part to its own day; early counted as negative; null = none was due yet
-- paid_count: invoices or instalments paid in full, due or not
-- mean_days_to_pay: days from document date to full payment, of paid_count alone: open ones are not in it; null = none
with by_part as (
    select
        p.currency as currency,
        cast(sum(p.amount_days) as double) / cast(sum(p.counted_amount) as double) as weighted_days_late
    from part_days_late as p
    where p.is_due
    group by p.currency
),

medians as (
    select l.currency as currency, quantile_cont(l.days_late, 0.5) as median_days_late
    from due_lateness as l
    where l.is_due
    group by l.currency
),

summed as (
    select
        a.currency as currency,
        cast(sum(a.due_count) as bigint) as due_count,
        cast(sum(a.on_time_count) as bigint) as on_time_count,
        cast(sum(a.open_count) as bigint) as open_count,
        cast(sum(a.written_off_count) as bigint) as written_off_count,
        sum(a.due_amount) as due_amount,
        sum(a.on_time_amount) as on_time_amount,
        sum(a.late_amount_days) as late_amount_days,
        coalesce(sum(a.overdue_amount_days), 0) as overdue_amount_days,
        cast(sum(a.paid_count) as bigint) as paid_count,
        sum(a.paid_days) as paid_days
    from account_lateness as a
    group by a.currency
)

select
    s.currency as currency,
    s.due_count as due_count,
    s.on_time_count as on_time_count,
    s.open_count as open_count,
    s.written_off_count as written_off_count,
    cast(s.on_time_count as double) / nullif(s.due_count, 0) as on_time_rate,
    cast(s.due_amount as decimal(18, 4)) as due_amount,
    cast(s.on_time_amount as decimal(18, 4)) as on_time_amount,
    cast(s.on_time_amount as double) / nullif(cast(s.due_amount as double), 0) as on_time_amount_rate,
    m.median_days_late as median_days_late,
    cast(s.late_amount_days as double) / nullif(cast(s.due_amount as double), 0) as weighted_days_late,
    cast(s.overdue_amount_days as double) / nullif(cast(s.due_amount as double), 0) as weighted_days_overdue,
    p.weighted_days_late as part_weighted_days_late,
    s.paid_count as paid_count,
    cast(s.paid_days as double) / nullif(s.paid_count, 0) as mean_days_to_pay
from summed as s
left join medians as m on m.currency = s.currency
left join by_part as p on p.currency = s.currency
order by s.currency
