-- What becomes of the money in each bucket within a month, over all whole months of the trend: migration added up.
-- Months are weighted by their amounts. A month that as_of cuts short is left out.
-- formula: moved_share = moved_amount / from_amount, all whole months together
-- credits: what credits settle has left as paid, credited or written off; unapplied money moves nothing
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: Cyert, Davidson and Thompson, Management Science 8(3), 1962, with debts as the unit
-- grain: currency, from_state, to_state
-- currency: ISO 4217
-- from_state: bucket at a month end, or new = billed in the month after it
-- from_number: order of the states: -1 for new
-- to_state: bucket at the next month end, or paid, credited or written off by then
-- to_number: order of the states; the exits come last
-- month_count: whole months added up
-- moved_amount: currency; what went from one to the other
-- from_amount: currency; all that was in from_state at those month ends
-- moved_share: 0 to 1; moved_amount / from_amount; null = nothing ever was in from_state
select
    m.currency as currency,
    m.from_state as from_state,
    m.from_number as from_number,
    m.to_state as to_state,
    m.to_number as to_number,
    count(*) as month_count,
    cast(sum(m.moved_amount) as decimal(18, 4)) as moved_amount,
    cast(sum(m.from_amount) as decimal(18, 4)) as from_amount,
    cast(sum(m.moved_amount) as double) / nullif(cast(sum(m.from_amount) as double), 0) as moved_share
from migration as m
where m.month_end = last_day(m.month_end)
group by m.currency, m.from_state, m.from_number, m.to_state, m.to_number
order by m.currency, m.from_number, m.to_number
