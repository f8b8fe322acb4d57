-- What is still owed on each document, or each of its instalments, at the close of as_of.
-- formula: open_amount = amount - settled_amount
-- credits: what is set against a debt is taken off it from the day it counts; unapplied money stands beside, in unapplied
-- disputes: disputed debts are in, and marked
-- drafts: left out, and so are void documents
-- source: days past due as in IFRS 9, B5.5.35, and the survey of the Credit Research Foundation; due today is current
-- shared
-- grain: document_id, instalment_number
-- document_id: text
-- instalment_number: 1 for the earliest part
-- client: key of the client
-- currency: ISO 4217; amounts are in it and never added across
-- kind: invoice, journal_debit or refund
-- number: what the client sees on the paper; null where the export has none
-- document_date: date of issue
-- due_date: as exported, else by the terms, else that of the payment it gives back, else the document date
-- days_past_due: days; as_of less due_date: negative before it, 0 on it
-- bucket: label from the policy, by due date or by document date as the policy says
-- bucket_number: order of the buckets, 0 for the first
-- amount: as billed; > 0
-- settled_amount: settled by the close of as_of; >= 0
-- open_amount: amount less settled_amount; > 0
-- is_disputed: the export marks it as disputed
with still_open as (
    select
        t.document_key as document_key,
        t.instalment_number as instalment_number,
        t.client as client,
        t.currency as currency,
        t.document_date as document_date,
        t.due_date as due_date,
        date_diff('day', t.due_date, $as_of) as days_past_due,
        date_diff('day', t.aged_from, $as_of) as age_days,
        t.due_amount as amount,
        t.settled_amount as settled_amount,
        cast(t.due_amount - t.settled_amount as decimal(18, 4)) as open_amount
    from due_totals as t
    where t.due_amount > t.settled_amount
)

select
    d.document_id as document_id,
    o.instalment_number as instalment_number,
    o.client as client,
    o.currency as currency,
    d.kind as kind,
    d.number as number,
    o.document_date as document_date,
    o.due_date as due_date,
    o.days_past_due as days_past_due,
    b.bucket as bucket,
    b.bucket_number as bucket_number,
    o.amount as amount,
    o.settled_amount as settled_amount,
    o.open_amount as open_amount,
    d.is_disputed as is_disputed
from still_open as o
inner join debits as d on d.document_key = o.document_key
inner join buckets as b
    on (b.days_from is null or o.age_days >= b.days_from)
    and (b.days_to is null or o.age_days <= b.days_to)
order by o.client, o.currency, o.due_date, d.document_id, o.instalment_number
