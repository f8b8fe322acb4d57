-- What was billed and settled at each age, of the debts that have had their time: the small table that loss rates are read from.
-- A debt has had its time once the policy's loss_after_days have passed since the date it is aged from.
-- shared
-- grain: currency, risk_group, first_age, moved_age, exit
-- currency: ISO 4217
-- risk_group: of the clients, by the policy; 'all others' where it names none
-- first_age: days from the date the debts are aged from to their document date; negative = billed before
-- moved_age: days from the date the debts are aged from to the billing or the settlements
-- exit: paid, credited or written off; null = the billing
-- move_amount: currency; positive for billing, negative for settlements
select
    m.currency as currency,
    coalesce(g.risk_group, 'all others') as risk_group,
    date_diff('day', m.aged_from, m.document_date) as first_age,
    date_diff('day', m.aged_from, m.moved_on) as moved_age,
    m.exit as exit,
    cast(sum(m.move_amount) as decimal(18, 4)) as move_amount
from moves as m
cross join conventions as v
left join account_groups as g on g.account_key = m.account_key
where date_diff('day', m.aged_from, $as_of) >= v.loss_after_days
group by
    m.currency,
    coalesce(g.risk_group, 'all others'),
    date_diff('day', m.aged_from, m.document_date),
    date_diff('day', m.aged_from, m.moved_on),
    m.exit
