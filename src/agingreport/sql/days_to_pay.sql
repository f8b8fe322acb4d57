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
with summed as (
    -- Whole numbers and decimals only, so that those of a group are the sums of its clients'.
    select
        l.account_key as account_key,
        count(*) filter (where l.is_paid) as paid_count,
        count(*) filter (where l.is_due and not l.is_paid and not l.is_written_off) as open_count,
        sum(l.due_amount) filter (where l.is_paid) as paid_amount,
        sum(date_diff('day', l.document_date, l.paid_on)) as days,
        sum(l.due_amount * date_diff('day', l.document_date, l.paid_on)) as amount_days,
        count(*) filter (where date_diff('day', l.paid_on, $as_of) < 365) as last_year_count,
        sum(date_diff('day', l.document_date, l.paid_on)) filter (where date_diff('day', l.paid_on, $as_of) < 365)
            as last_year_days
    from due_lateness as l
    group by l.account_key
),

counted as (
    select 'client' as counted_by, a.account_key as account_key, a.client as client, a.currency as currency
    from accounts as a
    union all
    select 'group', a.account_key, g.group_client, a.currency
    from accounts as a
    inner join client_groups as g on g.client = a.client
)

select
    c.counted_by as counted_by,
    c.client as client,
    c.currency as currency,
    cast(sum(s.paid_count) as bigint) as paid_count,
    cast(sum(s.open_count) as bigint) as open_count,
    cast(coalesce(sum(s.paid_amount), 0) as decimal(18, 4)) as paid_amount,
    cast(sum(s.days) as double) / nullif(sum(s.paid_count), 0) as mean_days_to_pay,
    cast(sum(s.amount_days) as double) / cast(sum(s.paid_amount) as double) as weighted_days_to_pay,
    cast(sum(s.last_year_days) as double) / nullif(sum(s.last_year_count), 0) as last_year_days_to_pay
from counted as c
inner join summed as s on s.account_key = c.account_key
group by c.counted_by, c.client, c.currency
order by c.counted_by, c.client, c.currency
