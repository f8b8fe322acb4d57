-- Which payments a refund gives back, such as a bounced cheque, whatever its date.
-- kept
-- grain: document_key, credit_key
-- document_key: of the refund
-- document_id: the refund
-- credit_key: document_key of the payment
-- refunded_on: date of the refund
select distinct
    d.document_key as document_key,
    d.document_id as document_id,
    p.credit_key as credit_key,
    d.document_date as refunded_on
from dated_debits as d
inner join pairs as p on p.debit_key = d.document_key
where d.kind = 'refund'
    and p.credit_kind = 'payment'
