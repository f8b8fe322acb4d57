-- What share of the invoices is paid so many days after their date, those that are still open counted for as long as they have been open: Kaplan-Meier for what stays open, Aalen-Johansen for each way out.
-- Statistics over paid invoices alone look better than the truth, since bad payers are still open. An open invoice says
-- "later than now"; one written off or credited can no longer be paid, so it is a way out and no open one. Payments of
-- unknown date are left out; one that bounced has paid nothing.
-- formula: open_share = product of (1 - left / at_risk_count) over the days; each way out: open_share before * left that way / at risk
-- credits: a credit note is a way out of its own, no payment and no loss
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: Bewick, Cheek and Ball, Critical Care 2004; Satagopan et al., Br J Cancer 2004
-- shared
-- grain: currency, counted_from, day
-- currency: ISO 4217
-- counted_from: document_date, or due_date
-- day: days after that date; negative = before the due date; days on which nothing left the books are left out
-- at_risk_count: invoices or instalments issued by then and open at the beginning of the day
-- paid_count: of those, paid on the day, in full
-- credited_count: of those, credited in full on the day
-- written_off_count: of those, settled on the day with a write-off among the settlements
-- open_share: 0 to 1; still open after the day
-- open_share_error: standard error of open_share (Greenwood); 0 where nothing is open
-- paid_share: 0 to 1; paid by the day
-- credited_share: 0 to 1; credited by the day
-- written_off_share: 0 to 1; written off by the day; the four shares add up to 1
with lives as (
    select
        e.currency as currency,
        e.document_date as document_date,
        e.due_date as due_date,
        coalesce(e.ended_on, $as_of) as seen_until,
        case
            when e.ended_on is null then null
            when e.is_given_up then 'written off'
            when e.credited_amount = e.due_amount then 'credited'
            else 'paid'
        end as exit
    from invoice_ends as e
),

counted as (
    select
        l.currency as currency,
        'document_date' as counted_from,
        0 as first_day,
        date_diff('day', l.document_date, l.seen_until) as last_day,
        l.exit as exit,
        count(*) as life_count
    from lives as l
    group by l.currency, date_diff('day', l.document_date, l.seen_until), l.exit
    union all
    select
        l.currency,
        'due_date',
        date_diff('day', l.due_date, l.document_date),
        date_diff('day', l.due_date, l.seen_until),
        l.exit,
        count(*)
    from lives as l
    group by l.currency, date_diff('day', l.due_date, l.document_date), date_diff('day', l.due_date, l.seen_until), l.exit
),

changes as (
    select
        c.currency as currency,
        c.counted_from as counted_from,
        c.first_day as day,
        c.life_count as entered_count,
        0 as left_count,
        0 as paid_count,
        0 as credited_count,
        0 as written_off_count
    from counted as c
    union all
    select
        c.currency,
        c.counted_from,
        c.last_day,
        0,
        c.life_count,
        case when c.exit = 'paid' then c.life_count else 0 end,
        case when c.exit = 'credited' then c.life_count else 0 end,
        case when c.exit = 'written off' then c.life_count else 0 end
    from counted as c
),

daily as (
    select
        c.currency as currency,
        c.counted_from as counted_from,
        c.day as day,
        sum(sum(c.entered_count)) over so_far - sum(sum(c.left_count)) over so_far + sum(c.left_count) as at_risk_count,
        sum(c.paid_count) as paid_count,
        sum(c.credited_count) as credited_count,
        sum(c.written_off_count) as written_off_count,
        cast(sum(c.paid_count) + sum(c.credited_count) + sum(c.written_off_count) as double) as exit_count
    from changes as c
    group by c.currency, c.counted_from, c.day
    window so_far as (partition by c.currency, c.counted_from order by c.day)
),

surviving as (
    select
        d.currency as currency,
        d.counted_from as counted_from,
        d.day as day,
        d.at_risk_count as at_risk_count,
        d.paid_count as paid_count,
        d.credited_count as credited_count,
        d.written_off_count as written_off_count,
        -- A product as a sum of logarithms, which zero has none of: once nothing is left, nothing is.
        case
            when max(case when d.exit_count = d.at_risk_count then 1 else 0 end) over so_far = 1 then 0
            else exp(sum(ln(nullif(1 - d.exit_count / d.at_risk_count, 0))) over so_far)
        end as open_share,
        sum(d.exit_count / (d.at_risk_count * nullif(d.at_risk_count - d.exit_count, 0))) over so_far as greenwood
    from daily as d
    where d.exit_count > 0
    window so_far as (partition by d.currency, d.counted_from order by d.day)
),

weighed as (
    select
        s.currency as currency,
        s.counted_from as counted_from,
        s.day as day,
        s.at_risk_count as at_risk_count,
        s.paid_count as paid_count,
        s.credited_count as credited_count,
        s.written_off_count as written_off_count,
        s.open_share as open_share,
        s.greenwood as greenwood,
        lag(s.open_share, 1, 1.0) over (partition by s.currency, s.counted_from order by s.day)
            / s.at_risk_count as share_each
    from surviving as s
)

select
    w.currency as currency,
    w.counted_from as counted_from,
    w.day as day,
    cast(w.at_risk_count as bigint) as at_risk_count,
    cast(w.paid_count as bigint) as paid_count,
    cast(w.credited_count as bigint) as credited_count,
    cast(w.written_off_count as bigint) as written_off_count,
    cast(w.open_share as double) as open_share,
    case when w.open_share = 0 then 0 else w.open_share * sqrt(w.greenwood) end as open_share_error,
    sum(w.share_each * w.paid_count) over so_far as paid_share,
    sum(w.share_each * w.credited_count) over so_far as credited_share,
    sum(w.share_each * w.written_off_count) over so_far as written_off_share
from weighed as w
window so_far as (partition by w.currency, w.counted_from order by w.day)
order by w.currency, w.counted_from, w.day
