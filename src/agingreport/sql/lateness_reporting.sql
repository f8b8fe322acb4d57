-- How late each client pays in all currencies together, amounts in the reporting currency: the twin of lateness.
-- Each invoice weighs with its amount at the rate of its own date. All figures are over invoices whose due date has
-- passed, paid or not; what is open counts as at least as late as it is. Payments of unknown date are left out.
-- guarded by missing_past_rates
-- guarded by missing_sales_rates
-- guarded by missing_invoice_rates
-- grain: client
-- client: key of the client
-- reporting_currency: ISO 4217; from the policy
-- currency_count: currencies the client was billed in
-- due_count: invoices or instalments whose due date has passed
-- on_time_count: those of due_count paid on or before the due date
-- on_time_rate: 0 to 1; on_time_count / due_count
-- open_count: those of due_count still open
-- due_amount: reporting currency; what fell due
-- on_time_amount: reporting currency; what of it was paid on time
-- on_time_amount_rate: 0 to 1; on_time_amount / due_amount
-- median_days_late: days; negative = early; a lower bound where open_count > 0
-- weighted_days_late: days; by amount, early counted as negative; a lower bound where open_count > 0
with converted as (
    select
        a.client as client,
        l.currency as currency,
        r.reporting_currency as reporting_currency,
        cast(l.due_amount * r.rate as decimal(18, 4)) as due_amount,
        l.days_late as days_late,
        l.is_paid as is_paid,
        l.is_written_off as is_written_off
    from due_lateness as l
    inner join accounts as a on a.account_key = l.account_key
    inner join conversion_rates as r on r.currency = l.currency and r.needed_on = l.document_date
    where l.is_due
),

summed as (
    select
        c.client as client,
        c.reporting_currency as reporting_currency,
        count(distinct c.currency) as currency_count,
        count(*) as due_count,
        count(*) filter (where c.is_paid and c.days_late <= 0) as on_time_count,
        count(*) filter (where not c.is_paid and not c.is_written_off) as open_count,
        sum(c.due_amount) as due_amount,
        coalesce(sum(c.due_amount) filter (where c.is_paid and c.days_late <= 0), 0) as on_time_amount,
        quantile_cont(c.days_late, 0.5) as median_days_late,
        sum(c.due_amount * cast(c.days_late as decimal(19, 0))) as late_amount_days
    from converted as c
    group by c.client, c.reporting_currency
)

select
    s.client as client,
    s.reporting_currency as reporting_currency,
    s.currency_count as currency_count,
    s.due_count as due_count,
    s.on_time_count as on_time_count,
    cast(s.on_time_count as double) / s.due_count as on_time_rate,
    s.open_count as open_count,
    cast(s.due_amount as decimal(18, 4)) as due_amount,
    cast(s.on_time_amount as decimal(18, 4)) as on_time_amount,
    cast(s.on_time_amount as double) / nullif(cast(s.due_amount as double), 0) as on_time_amount_rate,
    s.median_days_late as median_days_late,
    cast(s.late_amount_days as double) / nullif(cast(s.due_amount as double), 0) as weighted_days_late
from summed as s
order by s.client
