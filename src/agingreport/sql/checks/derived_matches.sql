-- Matches of payments with invoices that no export holds.
-- grain: subject
-- severity: error, warning or info
-- subject: what it is about
-- client: key of the client; null = no one client
-- detail: what was seen
-- remedy: what to do
select
    'info' as severity,
    concat('derived matches in ', s.currency) as subject,
    cast(null as varchar) as client,
    concat(
        cast(count(*) filter (where s.origin = 'derived' and c.origin = 'export') as varchar), ' of ', cast(count(*) as varchar),
        ' matches of payments with invoices are ours: exact amount, then a combination, then oldest due first; ',
        cast(cast(sum(s.settled_amount) filter (where s.origin = 'derived' and c.origin = 'export') as decimal(18, 2)) as varchar),
        ' of ', cast(cast(sum(s.settled_amount) as decimal(18, 2)) as varchar), ' ', s.currency
    ) as detail,
    'The balance of each client does not depend on them; which of its invoices are open does.' as remedy
from settlements as s
inner join credits as c on c.document_id = s.credit_id
group by s.currency
having count(*) filter (where s.origin = 'derived' and c.origin = 'export') > 0
order by s.currency
