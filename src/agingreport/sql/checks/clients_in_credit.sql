-- Clients to whom money is owed rather than the other way round, or whose debts what they paid of old losses lowers.
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
    case when b.balance < 0 then 'info' else 'warning' end as severity,
    concat('balance of ', b.client, ' in ', b.currency) as subject,
    b.client as client,
    rtrim(concat(
        case
            when b.balance < 0 then concat(cast(cast(-b.balance as decimal(18, 2)) as varchar), ' ', b.currency, ' in credit; ')
            else ''
        end,
        case
            when r.client is not null
                then concat(cast(cast(r.recovered_amount as decimal(18, 2)) as varchar), ' was paid on debts written off; ')
            else ''
        end,
        case when b.balance >= 0 then 'it is taken off what the client owes by now; ' else '' end
    ), '; ') as detail,
    case
        when r.client is not null
            then 'Book what was paid of the debts written off again, match it with that payment in place of them, and put the recovery on record; give back none of it.'
        else 'Set it against an open invoice, or give it back.'
    end as remedy
from balances as b
left join recovered as r on r.client = b.client and r.currency = b.currency
where b.balance < 0
    or (r.client is not null and b.unapplied_amount > 0)
order by b.client, b.currency
