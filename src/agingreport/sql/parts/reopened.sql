-- Refunds that give back a payment already used, such as a bounced cheque, with the due date of what it had paid.
-- Of an invoice in instalments that is the date of the parts it had paid; where the payment that replaced a bounced one
-- bounces too, that of the debt it all began with. So a chain is followed up to four refunds back, by doubling.
-- shared
-- grain: document_id
-- document_id: the refund
-- document_key: of the same; for joins
-- due_date: earliest due date among the debits, or their parts, that the payment had settled by the day of the refund
with given_back as (
    select
        r.document_id as document_id,
        r.document_key as document_key,
        s.debit_key as debit_key,
        coalesce(i.due_date, d.due_date) as due_date,
        d.document_date as document_date
    from returned_payments as r
    inner join settlements as s
        on s.credit_key = r.credit_key
        and s.debit_key <> r.document_key
        and s.settled_on <= r.refunded_on
    inner join debits as d on d.document_key = s.debit_key
    left join part_settlements as p
        on p.document_key = s.debit_key
        and p.credit_key = s.credit_key
        and p.settled_on <= r.refunded_on
    left join instalment_parts as i
        on i.document_key = p.document_key
        and i.instalment_number = p.instalment_number
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

select
    b.document_id as document_id,
    b.document_key as document_key,
    min(coalesce(g.due_date, g.document_date)) as due_date
from four_back as o
inner join returned_payments as b on b.document_key = o.document_key
inner join given_back as g on g.document_key = o.earlier_key
left join again as a
    on a.document_key = g.document_key
    and a.earlier_key = g.debit_key
where a.document_key is null
group by b.document_id, b.document_key
