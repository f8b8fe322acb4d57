-- Balances that differ from what the users own books say: on the latest month end up to as_of of which they say something.
-- grain: subject
-- severity: error, warning or info
-- subject: what it is about
-- client: key of the client; null = no one client
-- detail: what was seen
-- remedy: what to do
with latest as (
    select
        t.month_end as month_end,
        t.currency as currency,
        t.closing_balance as closing_balance,
        t.control_balance as control_balance,
        t.control_difference as control_difference
    from control_trend as t
    qualify row_number() over (partition by t.currency order by t.month_end desc) = 1
)

select
    'error' as severity,
    concat('balance in ', t.currency) as subject,
    cast(null as varchar) as client,
    concat(
        'at the close of ', cast(t.month_end as varchar), ' ours is ',
        cast(cast(t.closing_balance as decimal(18, 2)) as varchar), ', the control balance ',
        cast(cast(t.control_balance as decimal(18, 2)) as varchar), ': a difference of ',
        cast(cast(t.control_difference as decimal(18, 2)) as varchar)
    ) as detail,
    'See show control_trend for the month it began in, and show control_causes for what may explain it.' as remedy
from latest as t
where t.control_difference <> 0
order by t.currency
