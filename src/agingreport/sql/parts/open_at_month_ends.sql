-- What was open of each debit at each month end: only the month ends at which something was.
-- Nine in ten are settled at one stroke, so they need no sum; the others are added up settlement by settlement.
-- grain: month_end, document_key, instalment_number
-- month_end: close of that day; the last one is as_of
-- document_key: of the debit, as in documents
-- instalment_number: part of the debit
-- client: key of the client
-- currency: ISO 4217
-- aged_from: date the part is aged from
-- open_amount: currency; > 0
with parted as (
    select
        t.document_key as document_key,
        t.instalment_number as instalment_number,
        m.month_end as month_end,
        sum(s.settled_amount) as settled_amount
    from due_totals as t
    inner join due_settlements as s
        on s.document_key = t.document_key and s.instalment_number = t.instalment_number
    inner join month_ends as m on m.month_end >= s.settled_on
    where t.settlement_count > 1
    group by t.document_key, t.instalment_number, m.month_end
)

select
    m.month_end as month_end,
    t.document_key as document_key,
    t.instalment_number as instalment_number,
    t.client as client,
    t.currency as currency,
    t.aged_from as aged_from,
    cast(t.due_amount - case when t.settled_on <= m.month_end then t.settled_amount else 0 end as decimal(18, 4))
        as open_amount
from due_totals as t
inner join month_ends as m
    on m.month_end >= t.document_date
    and m.month_end < case when t.settled_amount = t.due_amount then t.settled_on else $as_of + 1 end
where t.settlement_count < 2
union all
select
    m.month_end,
    t.document_key,
    t.instalment_number,
    t.client,
    t.currency,
    t.aged_from,
    cast(t.due_amount - coalesce(p.settled_amount, 0) as decimal(18, 4))
from due_totals as t
inner join month_ends as m
    on m.month_end >= t.document_date
    and m.month_end < case when t.settled_amount = t.due_amount then t.settled_on else $as_of + 1 end
left join parted as p
    on p.document_key = t.document_key
    and p.instalment_number = t.instalment_number
    and p.month_end = m.month_end
where t.settlement_count > 1
