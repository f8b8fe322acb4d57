-- How many days each client, and each parent group, takes from the invoice to its full payment.
-- Of paid invoices alone, to their own day of payment and not to as_of: the open ones stand beside it as a count.
-- Source: mean days to pay of a partner and of its parent (OCA partner_time_to_pay).
-- grain: counted_by, client, currency
-- counted_by: client, or group for a parent with all clients below it
-- client: key of the client, or of the topmost parent
-- currency: ISO 4217
-- paid_count: invoices or instalments paid in full
-- open_count: invoices or instalments past due and not paid
-- paid_amount: currency; of paid_count
-- mean_days_to_pay: days; null = none was paid yet
-- weighted_days_to_pay: days, by amount; null = none was paid yet
-- last_year_days_to_pay: days; mean of those paid in the 365 days up to as_of; null = none was
with counted as (
    select 'client' as counted_by, i.client as client, i.currency as currency, i.document_id as document_id, i.instalment_number as instalment_number
    from invoice_lateness as i
    union all
    select 'group', g.group_client, i.currency, i.document_id, i.instalment_number
    from invoice_lateness as i
    inner join client_groups as g on g.client = i.client
),

timed as (
    select
        c.counted_by as counted_by,
        c.client as client,
        c.currency as currency,
        i.is_paid as is_paid,
        i.is_due and not i.is_paid and not i.is_written_off as is_open,
        i.due_amount as due_amount,
        date_diff('day', i.document_date, i.paid_on) as days_to_pay,
        date_diff('day', i.paid_on, $as_of) < 365 as is_last_year
    from counted as c
    inner join invoice_lateness as i
        on i.document_id = c.document_id and i.instalment_number = c.instalment_number
)

select
    t.counted_by as counted_by,
    t.client as client,
    t.currency as currency,
    count(*) filter (where t.is_paid) as paid_count,
    count(*) filter (where t.is_open) as open_count,
    cast(coalesce(sum(t.due_amount) filter (where t.is_paid), 0) as decimal(18, 4)) as paid_amount,
    avg(t.days_to_pay) filter (where t.is_paid) as mean_days_to_pay,
    cast(sum(t.due_amount * t.days_to_pay) filter (where t.is_paid) as double)
        / cast(sum(t.due_amount) filter (where t.is_paid) as double) as weighted_days_to_pay,
    avg(t.days_to_pay) filter (where t.is_paid and t.is_last_year) as last_year_days_to_pay
from timed as t
group by t.counted_by, t.client, t.currency
order by t.counted_by, t.client, t.currency
