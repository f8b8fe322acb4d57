-- Clients and documents that a contact, an agreement or an instalment names and the books do not know: it changes nothing.
-- What was told again, the same day and all, of a document that is known counts as mended.
-- grain: subject, client
-- severity: error, warning or info
-- subject: what it is about
-- client: key of the client; null = no one client
-- detail: what was seen
-- remedy: what to do
with named as (
    select
        'contacts' as place,
        k.client as client,
        k.document_id as document_id,
        concat(replace(k.kind, '_', ' '), ' of ', cast(k.contact_date as varchar)) as told,
        true as is_dated
    from contacts as k
    union all
    select
        'agreements',
        g.client,
        g.document_id,
        concat(replace(g.kind, '_', ' '), coalesce(concat(' of ', cast(g.agreed_on as varchar)), '')),
        g.agreed_on is not null
    from agreements as g
    union all
    select
        'instalments',
        cast(null as varchar),
        i.document_id,
        concat(cast(cast(i.amount as decimal(18, 2)) as varchar), ' due ', cast(i.due_date as varchar)),
        true
    from instalments as i
),

judged as (
    select
        n.place as place,
        n.client as client,
        n.document_id as document_id,
        n.told as told,
        n.is_dated as is_dated,
        d.client as owner,
        n.client is not null and c.client is null as is_client_unknown,
        n.document_id is not null and (d.document_id is null or coalesce(n.client <> d.client, false)) as is_document_unknown
    from named as n
    left join clients as c on c.client = n.client
    left join documents as d on d.document_id = n.document_id
),

odd as (
    select
        j.place as place,
        j.client as client,
        case when not j.is_client_unknown then j.document_id end as document_id,
        j.owner as owner,
        j.told as told
    from judged as j
    where j.is_client_unknown
        or (
            j.is_document_unknown
            and not exists (
                select 1
                from judged as m
                where m.place = j.place
                    and m.told = j.told
                    and coalesce(m.client, '') = coalesce(j.client, '')
                    and m.document_id is not null
                    and m.is_dated
                    and not m.is_document_unknown
            )
        )
),

numbered as (
    select d.client as client, d.number as number, min(d.document_id) as document_id
    from documents as d
    where d.number in (select o.document_id from odd as o)
    group by d.client, d.number
)

select
    'warning' as severity,
    concat(case when o.document_id is null then 'client ' else 'document ' end, coalesce(o.document_id, o.client), ' in ', o.place)
        as subject,
    o.client as client,
    concat(
        min(o.told),
        case when count(*) > 1 then concat(' and ', cast(count(*) - 1 as varchar), ' more') else '' end,
        case
            when o.document_id is null then concat(': no client ', o.client, ' is on the books')
            when o.owner is not null then concat(': ', o.document_id, ' is a document of ', o.owner)
            when n.document_id is not null
                then concat(': ', o.document_id, ' is the number of a document, whose document_id is ', n.document_id)
            else concat(': no document ', o.document_id, ' is on the books')
        end
    ) as detail,
    case
        when o.document_id is null
            then 'It changes nothing. Say which client is meant (agingreport same), or load what names it.'
        else 'It changes nothing. Write the document_id as agingreport show documents has it and load the file, or load what names it.'
    end as remedy
from odd as o
left join numbered as n on n.number = o.document_id and (n.client = o.client or o.client is null)
group by o.place, o.client, o.document_id, o.owner, n.document_id
order by subject, o.client
