-- Clients to whom money is owed rather than the other way round.
-- grain: subject
-- severity: error, warning or info
-- subject: what it is about
-- client: key of the client; null = no one client
-- detail: what was seen
-- remedy: what to do
with recovered as (
    select r.client as client, r.currency as currency, sum(r.recovered_amount) as recovered_amount
    from recoveries as r
    where r.origin = 'payment'
    group by r.client, r.currency
)

select
    'info' as severity,
    concat('balance of ', b.client, ' in ', b.currency) as subject,
    b.client as client,
    concat(
        cast(cast(-b.balance as decimal(18, 2)) as varchar), ' ', b.currency, ' in credit',
        case
            when r.client is not null
                then concat('; ', cast(cast(r.recovered_amount as decimal(18, 2)) as varchar), ' was paid on debts written off')
            else ''
        end
    ) as detail,
    case
        when r.client is not null
            then 'Book what was paid of the debts written off again, and match it with that payment; give back none of it.'
        else 'Set it against an open invoice, or give it back.'
    end as remedy
from balances as b
left join recovered as r on r.client = b.client and r.currency = b.currency
where b.balance < 0
order by b.client, b.currency
