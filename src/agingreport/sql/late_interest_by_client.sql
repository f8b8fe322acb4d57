-- What may be claimed for late payment from each client: the claims of late_interest added up. No legal advice.
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
        i.client as client,
        i.currency as currency,
        i.reason as reason,
        row_number() over (partition by i.client, i.currency order by count(*) desc, i.reason) as place
    from late_interest as i
    where i.claim_amount is null
    group by i.client, i.currency, i.reason
)

select
    i.client as client,
    i.currency as currency,
    count(*) as debt_count,
    count(*) filter (where i.claim_amount is null) as unknown_count,
    cast(coalesce(sum(i.interest_amount) filter (where i.claim_amount is not null), 0) as decimal(18, 4))
        as interest_amount,
    cast(coalesce(sum(i.fixed_amount) filter (where i.claim_amount is not null), 0) as decimal(18, 4)) as fixed_amount,
    cast(coalesce(sum(i.waived_amount) filter (where i.claim_amount is not null), 0) as decimal(18, 4))
        as waived_amount,
    cast(coalesce(sum(i.claim_amount), 0) as decimal(18, 4)) as claim_amount,
    max(r.reason) as reason
from late_interest as i
left join reasons as r on r.client = i.client and r.currency = i.currency and r.place = 1
group by i.client, i.currency
order by i.client, i.currency
