-- What is still owed on each document, or each of its instalments, at the close of as_of.
-- shared
-- grain: document_id, instalment_number
-- document_id: text
-- instalment_number: 1 for the earliest part
-- client: key of the client
-- currency: ISO 4217; amounts are in it and never added across
-- kind: invoice, journal_debit or refund
-- number: what the client sees on the paper; null where the export has none
-- document_date: date of issue
-- due_date: as exported, else by the terms, else the document date
-- days_past_due: days; as_of less due_date: negative before it, 0 on it
-- bucket: label from the policy, by due date or by document date as the policy says
-- bucket_number: order of the buckets, 0 for the first
-- amount: as billed; > 0
-- settled_amount: settled by the close of as_of; >= 0
-- open_amount: amount less settled_amount; > 0
-- is_disputed: the export marks it as disputed
with settled as (
    select
        s.document_id as document_id,
        s.instalment_number as instalment_number,
        sum(s.settled_amount) as settled_amount
    from due_settlements as s
    group by s.document_id, s.instalment_number
),

still_open as (
    select
        d.document_id as document_id,
        d.instalment_number as instalment_number,
        d.client as client,
        d.currency as currency,
        d.kind as kind,
        d.number as number,
        d.document_date as document_date,
        d.due_date as due_date,
        date_diff('day', d.due_date, $as_of) as days_past_due,
        date_diff('day', d.aged_from, $as_of) as age_days,
        d.due_amount as amount,
        cast(coalesce(s.settled_amount, 0) as decimal(18, 4)) as settled_amount,
        cast(d.due_amount - coalesce(s.settled_amount, 0) as decimal(18, 4)) as open_amount,
        d.is_disputed as is_disputed
    from dues as d
    left join settled as s on s.document_id = d.document_id and s.instalment_number = d.instalment_number
    where d.due_amount > coalesce(s.settled_amount, 0)
)

select
    o.document_id as document_id,
    o.instalment_number as instalment_number,
    o.client as client,
    o.currency as currency,
    o.kind as kind,
    o.number as number,
    o.document_date as document_date,
    o.due_date as due_date,
    o.days_past_due as days_past_due,
    b.bucket as bucket,
    b.bucket_number as bucket_number,
    o.amount as amount,
    o.settled_amount as settled_amount,
    o.open_amount as open_amount,
    o.is_disputed as is_disputed
from still_open as o
inner join buckets as b
    on (b.days_from is null or o.age_days >= b.days_from)
    and (b.days_to is null or o.age_days <= b.days_to)
order by o.client, o.currency, o.due_date, o.document_id, o.instalment_number
