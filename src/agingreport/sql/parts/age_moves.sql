-- What was billed and settled at each age, of the debts that have had their time: the small table that loss rates are read from.
-- A debt has had its time once the policy's loss_after_days have passed since the date it is aged from.
-- What was written off and came back within that time counts as paid on the day it was written off: it was open until then.
-- shared
-- grain: currency, risk_group, first_age, moved_age, exit
-- currency: ISO 4217
-- risk_group: of the clients, by the policy; 'all others' where it names none
-- first_age: days from the date the debts are aged from to their document date; negative = billed before
-- moved_age: days from the date the debts are aged from to the billing or the settlements
-- exit: paid, credited or written off; null = the billing
-- move_amount: currency; positive for billing, negative for settlements
with late_money as (
    select
        d.document_key as document_key,
        r.recovered_on as recovered_on,
        sum(r.recovered_amount) as recovered_amount
    from recoveries as r
    inner join debits as d on d.document_id = r.document_id
    group by d.document_key, r.recovered_on
),

written_parts as (
    select
        t.document_key as document_key,
        t.instalment_number as instalment_number,
        t.settled_on as moved_on,
        t.settled_amount as settled_amount
    from due_states as t
    where t.has_write_off
        and t.settlement_count = 1
    union all
    select s.document_key, s.instalment_number, s.settled_on, s.settled_amount
    from divided_settlements as s
    inner join due_states as t on t.document_key = s.document_key and t.instalment_number = s.instalment_number
    where s.credit_kind = 'write_off'
        and t.settlement_count > 1
),

written_off as (
    select
        w.document_key as document_key,
        w.instalment_number as instalment_number,
        t.account_key as account_key,
        t.currency as currency,
        t.document_date as document_date,
        t.aged_from as aged_from,
        w.moved_on as moved_on,
        sum(w.settled_amount) as written_off_amount
    from written_parts as w
    inner join due_states as t on t.document_key = w.document_key and t.instalment_number = w.instalment_number
    where w.document_key in (select l.document_key from late_money as l)
    group by
        w.document_key, w.instalment_number, t.account_key, t.currency, t.document_date, t.aged_from, w.moved_on
),

in_order as (
    select
        w.document_key as document_key,
        w.instalment_number as instalment_number,
        w.moved_on as moved_on,
        coalesce(sum(w.written_off_amount) over (
            partition by w.document_key
            order by w.moved_on, w.instalment_number
            rows between unbounded preceding and 1 preceding
        ), 0) as before_amount
    from written_off as w
),

in_time as (
    select
        w.document_key as document_key,
        w.instalment_number as instalment_number,
        w.moved_on as moved_on,
        sum(l.recovered_amount) as recovered_amount
    from written_off as w
    cross join conventions as v
    inner join late_money as l on l.document_key = w.document_key
    where date_diff('day', w.aged_from, l.recovered_on) <= v.loss_after_days
    group by w.document_key, w.instalment_number, w.moved_on
),

came_back as (
    select
        w.account_key as account_key,
        w.currency as currency,
        w.document_date as document_date,
        w.aged_from as aged_from,
        w.moved_on as moved_on,
        least(w.written_off_amount, t.recovered_amount - o.before_amount) as recovered_amount
    from written_off as w
    inner join in_order as o
        on o.document_key = w.document_key
        and o.instalment_number = w.instalment_number
        and o.moved_on = w.moved_on
    inner join in_time as t
        on t.document_key = w.document_key
        and t.instalment_number = w.instalment_number
        and t.moved_on = w.moved_on
    where t.recovered_amount > o.before_amount
),

turned as (
    select m.account_key, m.currency, m.document_date, m.aged_from, m.moved_on, m.exit, m.move_amount
    from moves as m
    union all
    select c.account_key, c.currency, c.document_date, c.aged_from, c.moved_on, 'written off', c.recovered_amount
    from came_back as c
    union all
    select c.account_key, c.currency, c.document_date, c.aged_from, c.moved_on, 'paid', -c.recovered_amount
    from came_back as c
)

select
    m.currency as currency,
    coalesce(g.risk_group, 'all others') as risk_group,
    date_diff('day', m.aged_from, m.document_date) as first_age,
    date_diff('day', m.aged_from, m.moved_on) as moved_age,
    m.exit as exit,
    cast(sum(m.move_amount) as decimal(18, 4)) as move_amount
from turned as m
cross join conventions as v
left join account_groups as g on g.account_key = m.account_key
where date_diff('day', m.aged_from, $as_of) >= v.loss_after_days
group by
    m.currency,
    coalesce(g.risk_group, 'all others'),
    date_diff('day', m.aged_from, m.document_date),
    date_diff('day', m.aged_from, m.moved_on),
    m.exit
