-- Refunds that give back a payment already used, such as a bounced cheque, with the due date of what it had paid.
-- grain: document_id
-- document_id: the refund
-- due_date: earliest due date among the debits that the payment had settled by the day of the refund
with returned as (
    select
        d.document_id as document_id,
        d.document_date as refunded_on,
        a.credit_id as credit_id
    from debits as d
    inner join allocations as a on a.debit_id = d.document_id
    where d.kind = 'refund'
)

select
    r.document_id as document_id,
    min(coalesce(d.due_date, d.document_date)) as due_date
from returned as r
inner join settlements as s
    on s.credit_id = r.credit_id
    and s.debit_id <> r.document_id
    and s.settled_on <= r.refunded_on
inner join debits as d on d.document_id = s.debit_id
group by r.document_id
