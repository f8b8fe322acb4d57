-- What each client owes in each currency at the close of as_of, and how much of it can be asked for.
-- formula: balance = open_amount - unapplied_amount; chase_amount = max(0, overdue - unapplied - disputed - promised)
-- credits: what is not set against a debt is unapplied_amount, and off the balance
-- disputes: in the balance and in overdue_amount; taken off chase_amount
-- drafts: left out, and so are void documents
-- source: our own; overdue less unapplied is what Chargebee calls net overdue
-- shared
-- grain: client, currency
-- client: key of the client
-- currency: ISO 4217
-- open_amount: all that is open; >= 0
-- unapplied_amount: the client's money not yet set against a debt; >= 0
-- balance: open_amount less unapplied_amount; negative where the client is in credit
-- overdue_amount: open and past its due date; >= 0
-- disputed_amount: part of overdue_amount; >= 0
-- promised_amount: part of overdue_amount that is under a promise still running; >= 0
-- chase_amount: overdue less unapplied, disputed and promised; never below 0
with owed as (
    select
        o.client as client,
        o.currency as currency,
        sum(o.open_amount) as open_amount,
        coalesce(sum(o.open_amount) filter (where o.days_past_due > 0), 0) as overdue_amount
    from open_items as o
    group by o.client, o.currency
),

held as (
    select
        h.client as client,
        h.currency as currency,
        sum(h.disputed_amount) as disputed_amount,
        sum(h.promised_amount) as promised_amount
    from holds as h
    group by h.client, h.currency
),

in_credit as (
    select
        u.client as client,
        u.currency as currency,
        sum(u.unapplied_amount) as unapplied_amount
    from unapplied as u
    group by u.client, u.currency
),

client_totals as (
    select o.client as client, o.currency as currency from owed as o
    union
    select u.client, u.currency from in_credit as u
),

summed as (
    select
        a.client as client,
        a.currency as currency,
        coalesce(o.open_amount, 0) as open_amount,
        coalesce(u.unapplied_amount, 0) as unapplied_amount,
        coalesce(o.overdue_amount, 0) as overdue_amount,
        coalesce(h.disputed_amount, 0) as disputed_amount,
        coalesce(h.promised_amount, 0) as promised_amount
    from client_totals as a
    left join owed as o on o.client = a.client and o.currency = a.currency
    left join in_credit as u on u.client = a.client and u.currency = a.currency
    left join held as h on h.client = a.client and h.currency = a.currency
)

select
    s.client as client,
    s.currency as currency,
    cast(s.open_amount as decimal(18, 4)) as open_amount,
    cast(s.unapplied_amount as decimal(18, 4)) as unapplied_amount,
    cast(s.open_amount - s.unapplied_amount as decimal(18, 4)) as balance,
    cast(s.overdue_amount as decimal(18, 4)) as overdue_amount,
    cast(s.disputed_amount as decimal(18, 4)) as disputed_amount,
    cast(s.promised_amount as decimal(18, 4)) as promised_amount,
    cast(
        greatest(s.overdue_amount - s.unapplied_amount - s.disputed_amount - s.promised_amount, 0) as decimal(18, 4)
    ) as chase_amount
from summed as s
order by s.client, s.currency
