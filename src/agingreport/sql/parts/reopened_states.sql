-- Whether what a refund has reopened of a debt, such as one paid with a cheque that bounced, is settled again by now.
-- shared
-- grain: document_key, instalment_number
-- document_key: of the debt that had been paid, as in documents
-- instalment_number: part of the debt
-- is_settled: every refund that reopened it is settled in full
-- has_write_off: some of them was written off
-- settled_on: day of the last settlement of them; null = none
with returned_by_itself as (
    -- what a refund gives back of money that was never used reopens nothing
    select s.debit_key as document_key, sum(s.settled_amount) as settled_amount
    from settlements as s
    inner join returned_payments as r
        on r.document_key = s.debit_key
        and r.credit_key = s.credit_key
        and s.settled_on <= r.refunded_on
    group by s.debit_key
)

select
    o.debit_key as document_key,
    o.instalment_number as instalment_number,
    bool_and(f.settled_amount = f.due_amount) as is_settled,
    bool_or(f.has_write_off) as has_write_off,
    max(f.settled_on) as settled_on
from reopened_debts as o
inner join due_states as f on f.document_key = o.document_key
left join returned_by_itself as u on u.document_key = o.document_key
where coalesce(u.settled_amount, 0) < f.due_amount
group by o.debit_key, o.instalment_number
