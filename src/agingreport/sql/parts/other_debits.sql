-- What was put on the clients' accounts on each day other than by an invoice, such as a cheque that bounced.
-- What was settled on its own day never had to be collected and is left out: a credit note paid out, for one.
-- grain: added_on, currency
-- added_on: document date of the journal debits and refunds
-- currency: ISO 4217
-- added_amount: currency; >= 0
with changes as (
    select
        t.document_date as added_on,
        t.currency as currency,
        t.due_amount - case when t.settlement_count = 1 and t.settled_on = t.document_date then t.settled_amount else 0 end
            as change_amount
    from due_states as t
    where not t.is_invoice
    union all
    select t.document_date, t.currency, -s.settled_amount
    from divided_settlements as s
    inner join due_states as t on t.document_key = s.document_key and t.instalment_number = s.instalment_number
    where t.settlement_count > 1
        and not t.is_invoice
        and s.settled_on = t.document_date
)

select
    c.added_on as added_on,
    c.currency as currency,
    cast(sum(c.change_amount) as decimal(18, 4)) as added_amount
from changes as c
group by c.added_on, c.currency
