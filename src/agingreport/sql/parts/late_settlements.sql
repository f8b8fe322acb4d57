-- What was paid or written off of each late debt after the last day that bears no interest, day by day.
-- grain: document_key, instalment_number, settled_on
-- document_key: of the late debt, as in documents
-- instalment_number: part of the debt
-- settled_on: day it counts from
-- settled_amount: currency; > 0
select
    l.document_key as document_key,
    l.instalment_number as instalment_number,
    l.settled_on as settled_on,
    l.sole_amount as settled_amount
from late_debts as l
where l.reason is null
    and l.sole_amount is not null
union all
select
    l.document_key,
    l.instalment_number,
    s.settled_on,
    cast(sum(s.settled_amount) as decimal(18, 4))
from late_debts as l
inner join divided_settlements as s
    on s.document_key = l.document_key and s.instalment_number = l.instalment_number
inner join exits as e on e.credit_kind = s.credit_kind
where l.reason is null
    and l.sole_amount is null
    and s.settled_on > l.free_until
    and e.exit <> 'credited'
group by l.document_key, l.instalment_number, s.settled_on
