-- How much of each due has been settled by the close of as_of, in how many settlements, and when the last one was.
-- Every measure of what is or was open rests on this one table, so it is as narrow as they allow.
-- shared
-- grain: document_key, instalment_number
-- document_key: of the debit, as in documents
-- instalment_number: 1 for the earliest part
-- is_single: the document falls due in one sum
-- is_invoice: it is one, and no journal entry or refund
-- client: key of the client
-- currency: ISO 4217
-- document_date: date of issue
-- due_date: as in dues
-- aged_from: due_date, or document_date where the policy ages by that
-- due_amount: currency; > 0
-- settled_amount: currency; >= 0, never more than due_amount
-- settlement_count: settlements of it; 0 = none
-- settled_on: day of the last of them; null = none
with settled as (
    -- Nine in ten have but one allocation, so there is nothing to add up: a quarter of the time of this table.
    select
        s.debit_key as document_key,
        1 as instalment_number,
        s.settled_amount as settled_amount,
        1 as settlement_count,
        s.settled_on as settled_on
    from settlements as s
    left join instalment_parts as p on p.document_key = s.debit_key
    where s.is_sole and p.document_key is null
    union all
    select s.debit_key, 1, sum(s.settled_amount), count(*), max(s.settled_on)
    from settlements as s
    left join instalment_parts as p on p.document_key = s.debit_key
    where not s.is_sole and p.document_key is null
    group by s.debit_key
    union all
    select p.document_key, p.instalment_number, sum(p.settled_amount), count(*), max(p.settled_on)
    from part_settlements as p
    group by p.document_key, p.instalment_number
)

select
    d.document_key as document_key,
    d.instalment_number as instalment_number,
    d.is_single as is_single,
    d.kind = 'invoice' as is_invoice,
    d.client as client,
    d.currency as currency,
    d.document_date as document_date,
    d.due_date as due_date,
    d.aged_from as aged_from,
    d.due_amount as due_amount,
    cast(coalesce(s.settled_amount, 0) as decimal(18, 4)) as settled_amount,
    coalesce(s.settlement_count, 0) as settlement_count,
    s.settled_on as settled_on
from dues as d
left join settled as s on s.document_key = d.document_key and s.instalment_number = d.instalment_number
