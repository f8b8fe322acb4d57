-- Totals of ours that do not agree with each other: a fault of this package.
-- grain: subject
-- severity: error, warning or info
-- subject: what it is about
-- client: key of the client; null = no one client
-- detail: what was seen
-- remedy: what to do
select
    'error' as severity,
    concat('totals in ', t.currency) as subject,
    cast(null as varchar) as client,
    concat('they differ by ', cast(t.difference as varchar), ': see show tie_out') as detail,
    'Please report it; the figures of this currency are not to be relied on.' as remedy
from tie_out as t
where t.difference <> 0
order by t.currency
