-- Balances that differ from what the users own books say.
-- grain: subject
-- severity: error, warning or info
-- subject: what it is about
-- client: key of the client; null = no one client
-- detail: what was seen
-- remedy: what to do
select
    'error' as severity,
    concat('balance in ', t.currency) as subject,
    cast(null as varchar) as client,
    concat(
        'ours is ', cast(cast(t.balance as decimal(18, 2)) as varchar), ', the control balance ',
        cast(cast(t.control_balance as decimal(18, 2)) as varchar), ': a difference of ',
        cast(cast(t.control_difference as decimal(18, 2)) as varchar)
    ) as detail,
    'See show control_trend for the month it began in, and show control_causes for what may explain it.' as remedy
from tie_out as t
where t.control_difference <> 0
order by t.currency
