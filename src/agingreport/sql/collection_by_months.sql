-- How much of what could be collected was collected, on the average of the months: one, three, a year.
-- Worked out month by month and averaged, for sources disagree on whose sales count over several months; a month in which
-- nothing could be collected is left out of the average, and a history that begins within the period gives none.
-- formula: mean of the collection_effectiveness of the months
-- credits: what is set against a debt is taken off it from the day it counts; unapplied money collects nothing yet
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: Credit Research Foundation, month by month; neither its whole-period nor its N-month form
-- grain: month_end, currency, months
-- month_end: close of that day; the last one is as_of
-- currency: ISO 4217
-- months: calendar months, that of month_end included; from the policy
-- month_count: of those, months in which something could be collected
-- collection_effectiveness: as in collection, at most 1; mean of month_count months; null = undefined: none of them, or too short a history
select
    p.month_end as month_end,
    c.currency as currency,
    p.months as months,
    count(c.collection_effectiveness) as month_count,
    case when count(*) = p.months and count(c.opening_open_amount) = p.months then avg(c.collection_effectiveness) end
        as collection_effectiveness
from sales_periods as p
inner join collection as c on c.month_end >= p.first_day and c.month_end <= p.month_end
group by p.month_end, c.currency, p.months
order by p.month_end, c.currency, p.months
