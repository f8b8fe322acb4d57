-- Terms that are counted to the end of a month by some and from it by others: invoices fall due on the earlier day.
-- grain: subject
-- severity: error, warning or info
-- subject: what it is about
-- client: key of the client; null = no one client
-- detail: what was seen
-- remedy: what to do
select
    'warning' as severity,
    s.terms as subject,
    cast(null as varchar) as client,
    concat('may mean two days, and no due date is given; fall due on the earlier: invoices, ', cast(count(*) as varchar)) as detail,
    'Export the due date with the invoices.' as remedy
from debits as d
inner join documents as s on s.document_id = d.document_id
where d.kind = 'invoice'
    and d.due_date is not null
    and s.due_date is null
    and regexp_matches(lower(s.terms), '[0-9]')
    and regexp_matches(lower(s.terms), 'eom|end of|month[- ]end|fin de|monatsende|fine mese|月末|月结')
group by s.terms
order by s.terms
