-- How many days each client, and each parent group, takes from the invoice to its full payment.
-- Of paid invoices alone, to their own day of payment and not to as_of: the open ones stand beside it as a count.
-- formula: mean of paid_on - document_date, each invoice or instalment once
-- credits: no payments: what they settle is not paid, and invoices credited in full are left out
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: mean days to pay of a partner and of its parent (OCA partner_time_to_pay)
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
    cast(sum(s.paid_days) as double) / nullif(sum(s.paid_count), 0) as mean_days_to_pay,
    cast(sum(s.paid_amount_days) as double) / cast(sum(s.paid_amount) as double) as weighted_days_to_pay,
    cast(sum(s.last_year_days) as double) / nullif(sum(s.last_year_count), 0) as last_year_days_to_pay
from counted as c
inner join account_lateness as s on s.account_key = c.account_key
group by c.counted_by, c.client, c.currency
order by c.counted_by, c.client, c.currency
