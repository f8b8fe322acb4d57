-- Refunds that give back a payment already used, such as a bounced cheque, with the due date of what it had paid.
-- shared
-- grain: document_id
-- document_id: the refund
-- document_key: of the same; for joins
-- due_date: earliest due date among the debits that the payment had settled by the day of the refund
select
    r.document_id as document_id,
    r.document_key as document_key,
    min(coalesce(d.due_date, d.document_date)) as due_date
from returned_payments as r
inner join settlements as s
    on s.credit_key = r.credit_key
    and s.debit_key <> r.document_key
    and s.settled_on <= r.refunded_on
inner join debits as d on d.document_key = s.debit_key
where r.refunded_on <= $as_of
group by r.document_id, r.document_key
