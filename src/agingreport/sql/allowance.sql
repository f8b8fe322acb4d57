-- What must be booked so that the allowance for bad debts is what the provision says: booked - written off + recovered + expense = required.
-- The allowance last booked comes from the policy, in the reporting currency; other currencies have none.
-- formula: expense = required - booked + written off - recovered
-- credits: as in provision; a payment on a debt written off before is a recovery
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: Spiceland, Intermediate Accounting, chapter 7: the roll-forward of the allowance
-- grain: currency
-- currency: ISO 4217
-- booked_on: close of that day; null = the policy gives no allowance booked by as_of in this currency
-- booked_amount: currency; the allowance at the close of booked_on; null = not given
-- written_off_amount: currency; write-offs after booked_on; null = no allowance is given
-- recovered_amount: currency; recoveries of debts written off, after booked_on; null = no allowance is given
-- required_amount: currency; allowance at as_of, all buckets; null = the rate of a bucket with open money is unknown
-- expense_amount: currency; what is to be booked; negative = too much is booked; null = unknown
with required as (
    select
        p.currency as currency,
        case when count(p.allowance_amount) = count(*) then sum(p.allowance_amount) end as required_amount
    from provision as p
    group by p.currency
),

booked as (
    select
        r.currency as currency,
        v.allowance_booked_on as booked_on,
        v.allowance_booked_amount as booked_amount
    from required as r
    inner join conventions as v on v.reporting_currency = r.currency
    where v.allowance_booked_on <= $as_of
),

written_off as (
    select
        b.currency as currency,
        sum(c.amount) as written_off_amount
    from booked as b
    inner join credits as c
        on c.currency = b.currency and c.kind = 'write_off' and c.document_date > b.booked_on
    group by b.currency
),

recovered as (
    select
        b.currency as currency,
        sum(r.recovered_amount) as recovered_amount
    from booked as b
    inner join recoveries as r on r.currency = b.currency and r.recovered_on > b.booked_on
    group by b.currency
)

select
    r.currency as currency,
    b.booked_on as booked_on,
    cast(b.booked_amount as decimal(18, 4)) as booked_amount,
    cast(case when b.currency is not null then coalesce(w.written_off_amount, 0) end as decimal(18, 4)) as written_off_amount,
    cast(case when b.currency is not null then coalesce(c.recovered_amount, 0) end as decimal(18, 4)) as recovered_amount,
    cast(r.required_amount as decimal(18, 4)) as required_amount,
    cast(
        r.required_amount - b.booked_amount + coalesce(w.written_off_amount, 0) - coalesce(c.recovered_amount, 0)
        as decimal(18, 4)
    ) as expense_amount
from required as r
left join booked as b on b.currency = r.currency
left join written_off as w on w.currency = r.currency
left join recovered as c on c.currency = r.currency
order by r.currency
