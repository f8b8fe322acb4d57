-- How late all clients together pay at the close of as_of, by count and by amount.
-- Rates are over invoices whose due date has passed, paid or not: what is still open counts as at least as late as it
-- is. Payments of unknown date are left out, and so are credited invoices.
-- grain: currency
-- currency: ISO 4217
-- due_count: invoices or instalments whose due date has passed
-- on_time_count: those of them paid on or before the due date
-- open_count: those of them still open
-- written_off_count: those of them written off in full or in part
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
)

select
    i.currency as currency,
    count(*) filter (where i.is_due) as due_count,
    count(*) filter (where i.is_due and i.is_paid and i.days_late <= 0) as on_time_count,
    count(*) filter (where i.is_due and not i.is_paid and not i.is_written_off) as open_count,
    count(*) filter (where i.is_due and i.is_written_off) as written_off_count,
    cast(count(*) filter (where i.is_due and i.is_paid and i.days_late <= 0) as double)
        / nullif(count(*) filter (where i.is_due), 0) as on_time_rate,
    cast(coalesce(sum(i.due_amount) filter (where i.is_due), 0) as decimal(18, 4)) as due_amount,
    cast(
        coalesce(sum(i.due_amount) filter (where i.is_due and i.is_paid and i.days_late <= 0), 0) as decimal(18, 4)
    ) as on_time_amount,
    cast(coalesce(sum(i.due_amount) filter (where i.is_due and i.is_paid and i.days_late <= 0), 0) as double)
        / nullif(cast(sum(i.due_amount) filter (where i.is_due) as double), 0) as on_time_amount_rate,
    quantile_cont(i.days_late, 0.5) filter (where i.is_due) as median_days_late,
    cast(sum(i.due_amount * i.days_late) filter (where i.is_due) as double)
        / cast(sum(i.due_amount) filter (where i.is_due) as double) as weighted_days_late,
    cast(sum(i.due_amount * greatest(i.days_late, 0)) filter (where i.is_due) as double)
        / cast(sum(i.due_amount) filter (where i.is_due) as double) as weighted_days_overdue,
    max(p.weighted_days_late) as part_weighted_days_late,
    count(*) filter (where i.is_paid) as paid_count,
    avg(date_diff('day', i.document_date, i.paid_on)) filter (where i.is_paid) as mean_days_to_pay
from due_lateness as i
left join by_part as p on p.currency = i.currency
group by i.currency
order by i.currency
