-- How much of what is owed hangs on few clients at the close of as_of, over the shares in exposures.
-- formula: hhi = sum of (100 * exposure_share) squared; effective_client_count = 10,000 / hhi
-- credits: a client's unapplied money is taken off what it owes; clients in credit are left out
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: Herfindahl-Hirschman index, as the US Department of Justice computes it, in points up to 10,000
-- grain: counted_by, measure, currency
-- counted_by: client, or group for a parent with all clients below it
-- measure: open for the balances, overdue for what of them is past due
-- currency: ISO 4217
-- client_count: clients, or groups, that owe something by that measure; those in credit are left out
-- total_amount: currency; what they owe; > 0
-- hhi: 0 to 10,000; sum of squared shares in percent; 10,000 = all is owed by one
-- effective_client_count: 10,000 / hhi; as many clients of one size would be as concentrated
-- top_one_amount: currency; owed by the largest
-- top_one_share: 0 to 1; top_one_amount / total_amount
-- top_five_amount: currency; owed by the five largest
-- top_five_share: 0 to 1; top_five_amount / total_amount
-- top_ten_amount: currency; owed by the ten largest
-- top_ten_share: 0 to 1; top_ten_amount / total_amount
with wide as (
    -- DuckDB multiplies two decimals of up to 18 digits within 18, which the square of 100,000 would overflow.
    select
        e.counted_by as counted_by,
        e.measure as measure,
        e.currency as currency,
        e.exposure_rank as exposure_rank,
        cast(e.exposure_amount as decimal(19, 4)) as exposure_amount
    from exposures as e
)

select
    e.counted_by as counted_by,
    e.measure as measure,
    e.currency as currency,
    count(*) as client_count,
    cast(sum(e.exposure_amount) as decimal(18, 4)) as total_amount,
    10000 * cast(sum(cast(e.exposure_amount as decimal(19, 4)) * cast(e.exposure_amount as decimal(19, 4))) as double)
        / power(cast(sum(e.exposure_amount) as double), 2) as hhi,
    power(cast(sum(e.exposure_amount) as double), 2) / cast(sum(cast(e.exposure_amount as decimal(19, 4)) * cast(e.exposure_amount as decimal(19, 4))) as double)
        as effective_client_count,
    cast(sum(e.exposure_amount) filter (where e.exposure_rank <= 1) as decimal(18, 4)) as top_one_amount,
    cast(sum(e.exposure_amount) filter (where e.exposure_rank <= 1) as double) / cast(sum(e.exposure_amount) as double)
        as top_one_share,
    cast(sum(e.exposure_amount) filter (where e.exposure_rank <= 5) as decimal(18, 4)) as top_five_amount,
    cast(sum(e.exposure_amount) filter (where e.exposure_rank <= 5) as double) / cast(sum(e.exposure_amount) as double)
        as top_five_share,
    cast(sum(e.exposure_amount) filter (where e.exposure_rank <= 10) as decimal(18, 4)) as top_ten_amount,
    cast(sum(e.exposure_amount) filter (where e.exposure_rank <= 10) as double) / cast(sum(e.exposure_amount) as double)
        as top_ten_share
from wide as e
group by e.counted_by, e.measure, e.currency
order by e.counted_by, e.measure, e.currency
