-- Documents that two programs may both have told: alike, but not in all that would make it certain.
-- grain: subject, client
-- severity: error, warning or info
-- subject: what it is about
-- client: key of the client; null = no one client
-- detail: what was seen
-- remedy: what to do
with told as (
    select
        d.document_id as document_id,
        d.kind as kind,
        d.client as client,
        lower(trim(d.number)) as number,
        d.document_date as document_date,
        d.amount as amount,
        d.currency as currency,
        p.program as program
    from documents as d
    inner join programs as p on p.source_id = d.source_id
    where d.status = 'posted'
        and d.origin = 'export'
        and d.document_date <= $as_of
),

pairs_told as (
    select a.document_id as document_id, b.document_id as other_id
    from told as a
    inner join told as b on b.client = a.client and b.kind = a.kind and b.number = a.number
    where b.program > a.program
    union
    select a.document_id, b.document_id
    from told as a
    inner join told as b
        on b.client = a.client
        and b.kind = a.kind
        and b.document_date = a.document_date
        and b.amount = a.amount
        and b.currency = a.currency
    where b.program > a.program and a.kind = 'payment'
)

select
    'warning' as severity,
    concat(a.document_id, ' and ', b.document_id) as subject,
    a.client as client,
    concat(
        'both are a ', replace(a.kind, '_', ' '), case when a.number = b.number then concat(' ', a.number) else '' end,
        ' from different programs: ', cast(a.document_date as varchar), ' over ',
        cast(cast(a.amount as decimal(18, 2)) as varchar), ' ', a.currency, ', ', cast(b.document_date as varchar),
        ' over ', cast(cast(b.amount as decimal(18, 2)) as varchar), ' ', b.currency
    ) as detail,
    'If it is one, void it in the program you have left, export again, and load. Both count until then.' as remedy
from pairs_told as p
inner join told as a on a.document_id = p.document_id
inner join told as b on b.document_id = p.other_id
order by subject
