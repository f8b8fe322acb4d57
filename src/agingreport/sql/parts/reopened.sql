-- Refunds that give back a payment already used, such as a bounced cheque, with the due date of what it had paid.
-- shared
-- grain: document_key
-- document_key: of the refund, as in documents
-- due_date: earliest due date among the debits, or their parts, that the payment had settled by the day of the refund
select
    o.document_key as document_key,
    min(o.due_date) as due_date
from reopened_debts as o
group by o.document_key
