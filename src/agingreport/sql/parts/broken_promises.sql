-- Promises about overdue debts whose day has passed without the money.
-- A promise of a sum is kept when the client paid that sum from the day of the promise to the promised day.
-- shared
-- grain: document_id
-- document_id: the debt
-- promise_count: number of broken promises; > 0
-- promised_date: day of the last of them
with past_promises as (
    select
        d.document_id as document_id,
        d.client as client,
        d.currency as currency,
        k.contact_id as contact_id,
        k.contact_date as contact_date,
        k.promised_date as promised_date,
        k.promised_amount as promised_amount
    from debts as d
    inner join contacts as k
        on k.client = d.client
        and (k.document_id is null or k.document_id = d.document_id)
    where k.kind in ('promise', 'payment_plan')
        and k.promised_date < $as_of
),

answered as (
    select
        p.document_id as document_id,
        p.contact_id as contact_id,
        p.promised_date as promised_date,
        p.promised_amount as promised_amount,
        coalesce(sum(c.amount), 0) as paid_amount
    from past_promises as p
    left join credits as c
        on c.client = p.client
        and c.currency = p.currency
        and c.kind = 'payment'
        and c.document_date >= p.contact_date
        and c.document_date <= p.promised_date
    group by p.document_id, p.contact_id, p.promised_date, p.promised_amount
)

select
    a.document_id as document_id,
    count(*) as promise_count,
    max(a.promised_date) as promised_date
from answered as a
where a.promised_amount is null or a.paid_amount < a.promised_amount
group by a.document_id
