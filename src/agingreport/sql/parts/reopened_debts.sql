-- The debts, or their parts, that a payment had settled which a refund has given back by the close of as_of.
-- Where the payment that replaced a bounced one bounces too, it is the debt it all began with: a chain is followed up to
-- four refunds back, by doubling.
-- shared
-- grain: document_key, debit_key, instalment_number
-- document_key: document_key of the refund
-- debit_key: document_key of the debt
-- instalment_number: part of the debt
-- due_date: of that part, as exported or by the terms, else its document date
with given_back as (
    select
        r.document_key as document_key,
        s.debit_key as debit_key,
        coalesce(i.instalment_number, 1) as instalment_number,
        coalesce(i.due_date, d.due_date) as due_date,
        d.document_date as document_date
    from returned_payments as r
    inner join settlements as s
        on s.credit_key = r.credit_key
        and s.debit_key <> r.document_key
        and s.settled_on <= r.refunded_on
    inner join debits as d on d.document_key = s.debit_key
    left join part_settlements as p on p.document_key = s.debit_key and p.credit_key = s.credit_key and p.settled_on <= r.refunded_on
    left join instalment_parts as i on i.document_key = p.document_key and i.instalment_number = p.instalment_number
    where r.refunded_on <= $as_of
),

again as (
    select g.document_key as document_key, g.debit_key as earlier_key
    from given_back as g
    inner join given_back as e on e.document_key = g.debit_key
    where g.due_date is null
),

one_back as (
    select g.document_key as document_key, g.document_key as earlier_key
    from given_back as g
    union
    select a.document_key, a.earlier_key
    from again as a
),

two_back as (
    select distinct o.document_key as document_key, e.earlier_key as earlier_key
    from one_back as o
    inner join one_back as e on e.document_key = o.earlier_key
),

four_back as (
    select distinct o.document_key as document_key, e.earlier_key as earlier_key
    from two_back as o
    inner join two_back as e on e.document_key = o.earlier_key
)

select distinct
    o.document_key as document_key,
    g.debit_key as debit_key,
    g.instalment_number as instalment_number,
    coalesce(g.due_date, g.document_date) as due_date
from four_back as o
inner join given_back as g on g.document_key = o.earlier_key
left join again as a
    on a.document_key = g.document_key
    and a.earlier_key = g.debit_key
where a.document_key is null
