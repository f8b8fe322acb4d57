-- By which day half of the invoices are paid, those that are still open counted for as long as they have been open.
-- Read off payment_curve: so an open invoice pulls the median up, and a median that is not reached is not made up.
-- formula: the first day on which paid_share reaches a quarter, half, three quarters
-- credits: a credit note is a way out of its own, no payment and no loss
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: Bewick, Cheek and Ball, Critical Care 2004; Satagopan et al., Br J Cancer 2004
-- grain: currency, counted_from
-- currency: ISO 4217
-- counted_from: document_date, or due_date: then these are days late
-- invoice_count: invoices or instalments paid, credited or written off so far
-- quarter_days: days until a quarter is paid; negative = before the due date; null = not reached
-- median_days: days until half is paid; null = not reached
-- three_quarters_days: days until three quarters are paid; null = not reached
-- paid_share: 0 to 1; paid by the longest time seen; what lies beyond it is not known
select
    p.currency as currency,
    p.counted_from as counted_from,
    cast(sum(p.paid_count + p.credited_count + p.written_off_count) as bigint) as invoice_count,
    -- a billionth less: three quarters as a sum of quarters need not be exact
    min(p.day) filter (where p.paid_share >= 0.25 - 1e-9) as quarter_days,
    min(p.day) filter (where p.paid_share >= 0.5 - 1e-9) as median_days,
    min(p.day) filter (where p.paid_share >= 0.75 - 1e-9) as three_quarters_days,
    max(p.paid_share) as paid_share
from payment_curve as p
group by p.currency, p.counted_from
order by p.currency, p.counted_from
