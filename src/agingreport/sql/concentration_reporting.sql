-- How much of what is owed hangs on few clients, all currencies together in the reporting currency: the twin of concentration.
-- Each balance is at its closing rate. Shares are of what is positive over all currencies: a client in credit is left
-- out and takes nothing off the others; its credit in one currency does count against its own debt in another.
-- formula: hhi = sum of (100 * share) squared; effective_client_count = 10,000 / hhi
-- credits: a client's unapplied money is taken off what it owes; clients in credit are left out
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: Herfindahl-Hirschman index, as the US Department of Justice computes it, in points up to 10,000
-- guarded by missing_closing_rates
-- grain: counted_by, measure
-- counted_by: client, or group for a parent with all clients below it
-- measure: open for the balances, overdue for what of them is past due
-- reporting_currency: ISO 4217; from the policy
-- client_count: clients, or groups, that owe something by that measure
-- total_amount: reporting currency; what they owe; > 0
-- hhi: 0 to 10,000; sum of squared shares in percent; 10,000 = all is owed by one
-- effective_client_count: 10,000 / hhi; as many clients of one size would be as concentrated
-- top_one_share: 0 to 1; the largest's share of total_amount
-- top_five_share: 0 to 1; the five largest's
-- top_ten_share: 0 to 1; the ten largest's
with counted as (
    select 'client' as counted_by, b.client as client, b.reporting_currency as reporting_currency, b.balance as balance, b.overdue_amount - b.unapplied_amount as overdue_balance
    from balances_reporting as b
    union all
    select 'group', g.group_client, b.reporting_currency, b.balance, b.overdue_amount - b.unapplied_amount
    from balances_reporting as b
    inner join client_groups as g on g.client = b.client
),

measured as (
    select c.counted_by as counted_by, 'open' as measure, c.client as client, c.reporting_currency as reporting_currency, sum(c.balance) as exposure_amount
    from counted as c
    group by c.counted_by, c.client, c.reporting_currency
    union all
    select c.counted_by, 'overdue', c.client, c.reporting_currency, sum(c.overdue_balance)
    from counted as c
    group by c.counted_by, c.client, c.reporting_currency
),

ranked as (
    select
        m.counted_by as counted_by,
        m.measure as measure,
        m.reporting_currency as reporting_currency,
        -- wide: DuckDB multiplies two decimals of up to 18 digits within 18, which a square of 100,000 would overflow
        cast(m.exposure_amount as decimal(19, 4)) as exposure_amount,
        row_number() over (
            partition by m.counted_by, m.measure order by m.exposure_amount desc, m.client
        ) as exposure_rank
    from measured as m
    where m.exposure_amount > 0
)

select
    r.counted_by as counted_by,
    r.measure as measure,
    r.reporting_currency as reporting_currency,
    count(*) as client_count,
    cast(sum(r.exposure_amount) as decimal(18, 4)) as total_amount,
    10000 * cast(sum(r.exposure_amount * r.exposure_amount) as double)
        / power(cast(sum(r.exposure_amount) as double), 2) as hhi,
    power(cast(sum(r.exposure_amount) as double), 2) / cast(sum(r.exposure_amount * r.exposure_amount) as double)
        as effective_client_count,
    cast(sum(r.exposure_amount) filter (where r.exposure_rank <= 1) as double) / cast(sum(r.exposure_amount) as double)
        as top_one_share,
    cast(sum(r.exposure_amount) filter (where r.exposure_rank <= 5) as double) / cast(sum(r.exposure_amount) as double)
        as top_five_share,
    cast(sum(r.exposure_amount) filter (where r.exposure_rank <= 10) as double) / cast(sum(r.exposure_amount) as double)
        as top_ten_share
from ranked as r
group by r.counted_by, r.measure, r.reporting_currency
order by r.counted_by, r.measure
