-- What was put on the clients' accounts on each day other than by an invoice, such as a cheque that bounced.
-- What was settled on its own day never had to be collected and is left out: a credit note paid out, for one.
-- grain: added_on, currency
-- added_on: document date of the journal debits and refunds
-- currency: ISO 4217
-- added_amount: currency; >= 0
with settled_at_once as (
    select
        s.debit_key as document_key,
        sum(s.settled_amount) as settled_amount
    from settlements as s
    inner join debits as d on d.document_key = s.debit_key and d.kind <> 'invoice' and d.document_date = s.settled_on
    group by s.debit_key
)

select
    d.document_date as added_on,
    d.currency as currency,
    cast(sum(d.amount - coalesce(s.settled_amount, 0)) as decimal(18, 4)) as added_amount
from debits as d
left join settled_at_once as s on s.document_key = d.document_key
where d.kind <> 'invoice'
group by d.document_date, d.currency
