-- What is overdue on each document at the close of as_of, and how much of it there is really to ask for.
-- A client's unapplied credit is used up on its oldest debts first, before anything is asked for.
-- shared
-- grain: document_id
-- document_id: the debt
-- client: key of the client
-- currency: ISO 4217
-- number: what the client sees on the paper; null where the export has none
-- due_date: of its earliest overdue part
-- days_past_due: days; of its earliest overdue part; > 0
-- open_amount: currency; open and overdue, all parts together; > 0
-- disputed_amount: currency; part of open_amount; >= 0
-- promised_amount: currency; part of open_amount under a promise still running; >= 0
-- promised_date: latest day of such a promise; null = none
-- credit_to_apply_amount: currency; the client's unapplied credit to set against this debt; >= 0
-- debt_amount: currency; open_amount less disputed, promised and credit to apply; >= 0
-- reporting_rate: what turns it into the currency of the policy's amounts, 1 in books of one currency; null = unknown
-- is_substantial: the client's debts in this currency reach the policy's substantial amount
-- jurisdiction: null = unknown
-- is_consumer: null = unknown
with overdue_documents as (
    select
        o.document_id as document_id,
        o.client as client,
        o.currency as currency,
        max(o.number) as number,
        min(o.due_date) as due_date,
        max(o.days_past_due) as days_past_due,
        sum(o.open_amount) as open_amount
    from open_items as o
    where o.days_past_due > 0
    group by o.document_id, o.client, o.currency
),

askable as (
    select
        o.document_id as document_id,
        coalesce(h.disputed_amount, 0) as disputed_amount,
        coalesce(h.promised_amount, 0) as promised_amount,
        h.promised_date as promised_date,
        o.open_amount - coalesce(h.disputed_amount, 0) - coalesce(h.promised_amount, 0) as askable_amount
    from overdue_documents as o
    left join holds as h on h.document_id = o.document_id
),

credit_left as (
    select
        u.client as client,
        u.currency as currency,
        sum(u.unapplied_amount) as credit_amount
    from unapplied as u
    group by u.client, u.currency
),

in_line_for_credit as (
    select
        o.document_id as document_id,
        a.askable_amount as askable_amount,
        coalesce(c.credit_amount, 0) - coalesce(sum(a.askable_amount) over (
            partition by o.client, o.currency
            order by o.due_date, o.document_id
            rows between unbounded preceding and 1 preceding
        ), 0) as credit_amount
    from overdue_documents as o
    inner join askable as a on a.document_id = o.document_id
    left join credit_left as c on c.client = o.client and c.currency = o.currency
),

credited as (
    select
        l.document_id as document_id,
        cast(greatest(0, least(l.askable_amount, l.credit_amount)) as decimal(18, 4)) as credit_to_apply_amount
    from in_line_for_credit as l
),

last_rates as (
    select
        f.currency as currency,
        arg_max(f.rate, f.rate_date) as rate
    from reporting_rates as f
    where f.rate_date <= $as_of
    group by f.currency
),

books_currencies as (
    select count(distinct d.currency) as currency_count from dues as d
),

priced as (
    select
        o.document_id as document_id,
        cast(
            case
                when coalesce(v.reporting_currency, o.currency) = o.currency then 1
                when r.rate is not null then r.rate
                when n.currency_count = 1 then 1
            end as decimal(20, 8)
        ) as reporting_rate,
        v.substantial_amount as substantial_amount
    from overdue_documents as o
    cross join conventions as v
    cross join books_currencies as n
    left join last_rates as r on r.currency = o.currency
)

select
    o.document_id as document_id,
    o.client as client,
    o.currency as currency,
    o.number as number,
    o.due_date as due_date,
    o.days_past_due as days_past_due,
    cast(o.open_amount as decimal(18, 4)) as open_amount,
    cast(a.disputed_amount as decimal(18, 4)) as disputed_amount,
    cast(a.promised_amount as decimal(18, 4)) as promised_amount,
    a.promised_date as promised_date,
    c.credit_to_apply_amount as credit_to_apply_amount,
    cast(a.askable_amount - c.credit_to_apply_amount as decimal(18, 4)) as debt_amount,
    p.reporting_rate as reporting_rate,
    coalesce(
        sum(a.askable_amount - c.credit_to_apply_amount) over (partition by o.client, o.currency) * p.reporting_rate
        >= p.substantial_amount,
        false
    ) as is_substantial,
    j.jurisdiction as jurisdiction,
    j.is_consumer as is_consumer
from overdue_documents as o
inner join askable as a on a.document_id = o.document_id
inner join credited as c on c.document_id = o.document_id
inner join priced as p on p.document_id = o.document_id
left join jurisdictions as j on j.client = o.client
order by o.client, o.currency, o.due_date, o.document_id
