-- Debts that are not to be asked for at the close of as_of: disputed, or under a promise that still runs.
-- formula: what of the overdue amount is disputed, and of the rest under a promise
-- credits: what is set against a debt is taken off it; unapplied money is not looked at
-- disputes: held in full, whether the export or a contact says so
-- drafts: left out, and so are void documents
-- source: our own
-- grain: document_id
-- document_id: the debt
-- client: key of the client
-- currency: ISO 4217
-- disputed_amount: currency; open and overdue, and disputed by the export or on record; >= 0
-- promised_amount: currency; overdue, not disputed, and promised for as_of or later; a client's promise covers its oldest debts first; >= 0
-- promised_date: latest day of the promises that still run; null = none
with overdue as (
    select
        o.document_id as document_id,
        o.client as client,
        o.currency as currency,
        min(o.due_date) as due_date,
        bool_or(o.is_disputed) as is_disputed,
        sum(o.open_amount) as overdue_amount
    from open_items as o
    where o.days_past_due > 0
    group by o.document_id, o.client, o.currency
),

last_words as (
    select
        d.document_id as document_id,
        arg_max(k.kind, k.contact_id) as kind
    from overdue as d
    inner join contacts as k on k.client = d.client and (k.document_id is null or k.document_id = d.document_id)
    where k.kind in ('dispute', 'dispute_resolved')
    group by d.document_id
),

judged as (
    select
        d.document_id as document_id,
        d.client as client,
        d.currency as currency,
        d.due_date as due_date,
        d.overdue_amount as overdue_amount,
        coalesce(w.kind = 'dispute', d.is_disputed) as is_disputed
    from overdue as d
    left join last_words as w on w.document_id = d.document_id
),

running_promises as (
    select
        k.client as client,
        k.document_id as document_id,
        max(k.promised_date) as promised_date,
        max(coalesce(k.promised_amount, 99999999999999)) as promised_amount
    from contacts as k
    where k.kind in ('promise', 'payment_plan')
        and k.promised_date >= $as_of
    group by k.client, k.document_id
),

promised as (
    select
        j.document_id as document_id,
        p.promised_date as promised_date,
        least(p.promised_amount, j.overdue_amount) as promised_amount
    from judged as j
    inner join running_promises as p on p.document_id = j.document_id
    where not j.is_disputed
    union all
    select
        j.document_id,
        p.promised_date,
        least(j.overdue_amount, p.promised_amount - coalesce(sum(j.overdue_amount) over (
            partition by j.client, j.currency
            order by j.due_date, j.document_id
            rows between unbounded preceding and 1 preceding
        ), 0))
    from judged as j
    inner join running_promises as p on p.client = j.client and p.document_id is null
    where not j.is_disputed
),

promised_in_all as (
    select
        p.document_id as document_id,
        max(p.promised_date) as promised_date,
        sum(p.promised_amount) as promised_amount
    from promised as p
    where p.promised_amount > 0
    group by p.document_id
)

select
    j.document_id as document_id,
    j.client as client,
    j.currency as currency,
    cast(case when j.is_disputed then j.overdue_amount else 0 end as decimal(18, 4)) as disputed_amount,
    cast(least(coalesce(p.promised_amount, 0), j.overdue_amount) as decimal(18, 4)) as promised_amount,
    p.promised_date as promised_date
from judged as j
left join promised_in_all as p on p.document_id = j.document_id
where j.is_disputed or p.promised_amount > 0
order by j.client, j.currency, j.document_id
