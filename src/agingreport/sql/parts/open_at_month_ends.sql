-- What was open of each debit at each month end: only the month ends at which something was.
-- Month ends are counted from the first, as one a month: to compare every date with every month end takes far longer.
-- grain: month_end, document_key, instalment_number
-- month_end: close of that day; the last one is as_of
-- document_key: of the debit, as in documents
-- instalment_number: part of the debit
-- account_key: as in accounts
-- currency: ISO 4217
-- aged_from: date the part is aged from
-- open_amount: currency; > 0
with numbered as (
    select
        m.month_end as month_end,
        row_number() over (order by m.month_end) - 1 as month_number
    from month_ends as m
),

spanned as (
    select min(m.month_end) as first_month_end, count(*) as month_count from month_ends as m
),

-- Open at the month ends from first_number up to the one before end_number.
spans as (
    select
        t.document_key as document_key,
        t.instalment_number as instalment_number,
        t.account_key as account_key,
        t.currency as currency,
        t.aged_from as aged_from,
        t.due_amount as due_amount,
        t.settled_amount as settled_amount,
        t.settlement_count as settlement_count,
        greatest(date_diff('month', p.first_month_end, t.document_date), 0) as first_number,
        date_diff('month', p.first_month_end, t.settled_on) as settled_number,
        case
            when t.settled_amount = t.due_amount then date_diff('month', p.first_month_end, t.settled_on)
            else p.month_count
        end as end_number
    from due_states as t
    cross join spanned as p
),

months_open as (
    select
        s.document_key as document_key,
        s.instalment_number as instalment_number,
        s.account_key as account_key,
        s.currency as currency,
        s.aged_from as aged_from,
        s.due_amount as due_amount,
        s.settled_amount as settled_amount,
        s.settlement_count as settlement_count,
        s.settled_number as settled_number,
        unnest(range(s.first_number, s.end_number)) as month_number
    from spans as s
    where s.first_number < s.end_number
),

-- Nine in ten are settled at one stroke, so they need no sum; the others are added up settlement by settlement.
months_settled as (
    select
        s.document_key as document_key,
        s.instalment_number as instalment_number,
        p.settled_amount as settled_amount,
        unnest(range(
            greatest(date_diff('month', r.first_month_end, p.settled_on), s.first_number), s.end_number
        )) as month_number
    from spans as s
    cross join spanned as r
    inner join divided_settlements as p
        on p.document_key = s.document_key and p.instalment_number = s.instalment_number
    where s.first_number < s.end_number
        and s.settlement_count > 1
),

parted as (
    select
        s.document_key as document_key,
        s.instalment_number as instalment_number,
        s.month_number as month_number,
        sum(s.settled_amount) as settled_amount
    from months_settled as s
    group by s.document_key, s.instalment_number, s.month_number
)

select
    n.month_end as month_end,
    m.document_key as document_key,
    m.instalment_number as instalment_number,
    m.account_key as account_key,
    m.currency as currency,
    m.aged_from as aged_from,
    cast(
        m.due_amount - case
            when m.settlement_count > 1 then coalesce(p.settled_amount, 0)
            when m.settled_number <= m.month_number then m.settled_amount
            else 0
        end as decimal(18, 4)
    ) as open_amount
from months_open as m
inner join numbered as n on n.month_number = m.month_number
left join parted as p
    on p.document_key = m.document_key
    and p.instalment_number = m.instalment_number
    and p.month_number = m.month_number
