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
        l.account_key as account_key,
        r.reporting_currency as reporting_currency,
        -- said so, since most amounts need no conversion, and to round each after one takes far longer
        case when l.currency = r.reporting_currency then l.due_amount else cast(l.due_amount * r.rate as decimal(18, 4)) end
            as due_amount,
        l.days_late as days_late,
        l.is_paid as is_paid,
        l.is_written_off as is_written_off
    from due_lateness as l
    inner join conversion_rates as r on r.currency = l.currency and r.needed_on = l.document_date
    where l.is_due
),

by_account as (
    select
        c.account_key as account_key,
        c.reporting_currency as reporting_currency,
        count(*) as due_count,
        count(*) filter (where c.is_paid and c.days_late <= 0) as on_time_count,
        count(*) filter (where not c.is_paid and not c.is_written_off) as open_count,
        sum(c.due_amount) as due_amount,
        coalesce(sum(c.due_amount) filter (where c.is_paid and c.days_late <= 0), 0) as on_time_amount,
        sum(c.due_amount * cast(c.days_late as decimal(19, 0))) as late_amount_days
    from converted as c
    group by c.account_key, c.reporting_currency
),

medians as (
    select a.client_key as client_key, quantile_cont(c.days_late, 0.5) as median_days_late
    from converted as c
    inner join accounts as a on a.account_key = c.account_key
    group by a.client_key
),

summed as (
    select
        a.client as client,
        b.reporting_currency as reporting_currency,
        count(*) as currency_count,
        cast(sum(b.due_count) as bigint) as due_count,
        cast(sum(b.on_time_count) as bigint) as on_time_count,
        cast(sum(b.open_count) as bigint) as open_count,
        sum(b.due_amount) as due_amount,
        sum(b.on_time_amount) as on_time_amount,
        max(m.median_days_late) as median_days_late,
        sum(b.late_amount_days) as late_amount_days
    from by_account as b
    inner join accounts as a on a.account_key = b.account_key
    inner join medians as m on m.client_key = a.client_key
    group by a.client, b.reporting_currency
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
