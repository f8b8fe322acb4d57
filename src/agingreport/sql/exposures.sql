-- How much of what is owed hangs on each client, and on each parent group, at the close of as_of.
-- Shares are of what is positive: a client in credit is left out and takes nothing off the others.
-- formula: exposure_share = exposure_amount / total_amount
-- credits: a client's unapplied money is taken off what it owes; clients in credit are left out
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: our own: shares of what is positive, never of the net
-- shared
-- grain: counted_by, measure, currency, client
-- counted_by: client, or group for a parent with all clients below it
-- measure: open for the balance, overdue for what of it is past due
-- currency: ISO 4217
-- client: key of the client, or of the topmost parent
-- exposure_rank: 1 for the largest; ties by key
-- exposure_amount: currency; open, or overdue, less the client's own unapplied money; > 0
-- total_amount: currency; exposure_amount of all
-- exposure_share: 0 to 1; exposure_amount / total_amount
with counted as (
    select 'client' as counted_by, b.client as client, b.currency as currency, b.balance as balance, b.overdue_amount - b.unapplied_amount as overdue_balance
    from balances as b
    union all
    select 'group', g.group_client, b.currency, sum(b.balance), sum(b.overdue_amount - b.unapplied_amount)
    from balances as b
    inner join client_groups as g on g.client = b.client
    group by g.group_client, b.currency
),

measured as (
    select c.counted_by as counted_by, 'open' as measure, c.currency as currency, c.client as client, c.balance as exposure_amount
    from counted as c
    union all
    select c.counted_by, 'overdue', c.currency, c.client, c.overdue_balance
    from counted as c
),

ranked as (
    select
        m.counted_by as counted_by,
        m.measure as measure,
        m.currency as currency,
        m.client as client,
        m.exposure_amount as exposure_amount,
        row_number() over (
            partition by m.counted_by, m.measure, m.currency order by m.exposure_amount desc, m.client
        ) as exposure_rank,
        sum(m.exposure_amount) over (partition by m.counted_by, m.measure, m.currency) as total_amount
    from measured as m
    where m.exposure_amount > 0
)

select
    r.counted_by as counted_by,
    r.measure as measure,
    r.currency as currency,
    r.client as client,
    r.exposure_rank as exposure_rank,
    cast(r.exposure_amount as decimal(18, 4)) as exposure_amount,
    cast(r.total_amount as decimal(18, 4)) as total_amount,
    cast(r.exposure_amount as double) / cast(r.total_amount as double) as exposure_share
from ranked as r
order by r.counted_by, r.measure, r.currency, r.exposure_rank
