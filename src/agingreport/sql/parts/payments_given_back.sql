-- The payments that a refund has given back by the close of as_of, such as bounced cheques.
-- grain: credit_key
-- credit_key: document_key of the payment
select distinct r.credit_key as credit_key
from returned_payments as r
where r.refunded_on <= $as_of
