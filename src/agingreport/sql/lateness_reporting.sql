-- How late each client pays in all currencies together, amounts in the reporting currency: the twin of lateness.
-- Each invoice weighs with its amount at the rate of its own date. All figures are over invoices whose due date has
-- passed, paid or not; what is open counts as at least as late as it is. Payments of unknown date are left out.
-- formula: weighted_days_late = sum(amount * rate of its date * days_late) / sum(amount * rate)
-- credits: no payments: what they settle is not paid, and invoices credited in full are left out
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: our own, since statistics over paid invoices alone look better than the truth
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
        cast(l.due_amount * r.rate as decimal(18, 4)) as due_amount,
        l.days_late as days_late,
        l.is_paid and l.days_late <= 0 as is_on_time
    from due_lateness as l
    inner join conversion_rates as r on r.currency = l.currency and r.needed_on = l.document_date
    where l.is_due
        and l.currency <> r.reporting_currency
),

-- What is in the reporting currency needs no conversion: account_lateness has its sums.
amounts as (
    select
        a.account_key as account_key,
        v.reporting_currency as reporting_currency,
        a.due_amount as due_amount,
        a.on_time_amount as on_time_amount,
        a.late_amount_days as late_amount_days
    from account_lateness as a
    inner join conventions as v on v.reporting_currency = a.currency
    union all
    select
        c.account_key,
        c.reporting_currency,
        sum(c.due_amount),
        coalesce(sum(c.due_amount) filter (where c.is_on_time), 0),
        sum(c.due_amount * cast(c.days_late as decimal(19, 0)))
    from converted as c
    group by c.account_key, c.reporting_currency
),

of_client as (
    select
        a.client_key as client_key,
        a.client as client,
        m.reporting_currency as reporting_currency,
        count(*) as currency_count,
        cast(sum(l.due_count) as bigint) as due_count,
        cast(sum(l.on_time_count) as bigint) as on_time_count,
        cast(sum(l.open_count) as bigint) as open_count,
        sum(m.due_amount) as due_amount,
        sum(m.on_time_amount) as on_time_amount,
        sum(m.late_amount_days) as late_amount_days,
        max(l.median_days_late) as median_days_late
    from account_lateness as l
    inner join amounts as m on m.account_key = l.account_key
    inner join accounts as a on a.account_key = l.account_key
    where l.due_count > 0
    group by a.client_key, a.client, m.reporting_currency
),

-- A median of several accounts is none of theirs.
medians as (
    select o.client_key as client_key, quantile_cont(l.days_late, 0.5) as median_days_late
    from of_client as o
    inner join accounts as a on a.client_key = o.client_key
    inner join due_lateness as l on l.account_key = a.account_key
    where o.currency_count > 1
        and l.is_due
    group by o.client_key
)

select
    o.client as client,
    o.reporting_currency as reporting_currency,
    o.currency_count as currency_count,
    o.due_count as due_count,
    o.on_time_count as on_time_count,
    cast(o.on_time_count as double) / o.due_count as on_time_rate,
    o.open_count as open_count,
    cast(o.due_amount as decimal(18, 4)) as due_amount,
    cast(o.on_time_amount as decimal(18, 4)) as on_time_amount,
    cast(o.on_time_amount as double) / nullif(cast(o.due_amount as double), 0) as on_time_amount_rate,
    coalesce(m.median_days_late, o.median_days_late) as median_days_late,
    cast(o.late_amount_days as double) / nullif(cast(o.due_amount as double), 0) as weighted_days_late
from of_client as o
left join medians as m on m.client_key = o.client_key
order by o.client
