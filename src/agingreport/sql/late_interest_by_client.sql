-- What may be claimed for late payment from each client: the claims of late_interest added up. No legal advice.
-- formula: claim_amount = interest_amount + fixed_amount - waived_amount
-- credits: what was credited was never owed and bears none; each payment or write-off lowers the sum from the day after it; unapplied money lowers nothing until it is matched
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: the rules of the policy, late_interest.toml, each with its source
-- grain: client, currency
-- client: key of the client
-- currency: ISO 4217
-- debt_count: debts that were late
-- unknown_count: those of them whose claim cannot be worked out; not in the amounts
-- interest_amount: currency; of those whose claim is known
-- fixed_amount: currency; of those whose claim is known
-- waived_amount: currency; of those whose claim is known
-- claim_amount: currency; interest_amount + fixed_amount - waived_amount
-- reason: why claims are unknown, the most frequent reason; null = all are known
with reasons as (
    select
        i.account_key as account_key,
        i.reason as reason,
        row_number() over (partition by i.account_key order by count(*) desc, i.reason) as place
    from late_claims as i
    where i.claim_amount is null
    group by i.account_key, i.reason
),

summed as (
    select
        i.account_key as account_key,
        count(*) as debt_count,
        count(*) filter (where i.claim_amount is null) as unknown_count,
        sum(i.interest_amount) filter (where i.claim_amount is not null) as interest_amount,
        sum(i.fixed_amount) filter (where i.claim_amount is not null) as fixed_amount,
        sum(i.waived_amount) filter (where i.claim_amount is not null) as waived_amount,
        sum(i.claim_amount) as claim_amount
    from late_claims as i
    group by i.account_key
)

select
    a.client as client,
    a.currency as currency,
    s.debt_count as debt_count,
    s.unknown_count as unknown_count,
    cast(coalesce(s.interest_amount, 0) as decimal(18, 4)) as interest_amount,
    cast(coalesce(s.fixed_amount, 0) as decimal(18, 4)) as fixed_amount,
    cast(coalesce(s.waived_amount, 0) as decimal(18, 4)) as waived_amount,
    cast(coalesce(s.claim_amount, 0) as decimal(18, 4)) as claim_amount,
    r.reason as reason
from summed as s
inner join accounts as a on a.account_key = s.account_key
left join reasons as r on r.account_key = s.account_key and r.place = 1
order by a.client, a.currency
