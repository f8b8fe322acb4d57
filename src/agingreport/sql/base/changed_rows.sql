-- What later exports have told otherwise of documents, allocations, instalments and clients, by the close of known_on.
-- grain: load_id, source_id, fact, subject, column_name
-- load_id: the load that brought the change
-- loaded_at: UTC
-- source_id: the file that brought it
-- file_name: without the folder that was loaded
-- fact: document, allocation, instalment or client
-- subject: id of the document; of an allocation debit and credit, of an instalment invoice and due date; or the client
-- client: as the export writes it; null for allocations and instalments
-- number: what the client sees on the paper; null where the export has none
-- column_name: what changed
-- before: as it was told until then; null = nothing
-- after: as it was told from then on; null = nothing
with facets as (
    select f.fact as fact, f.column_name as column_name
    from (
        values
            ('document', 'kind'), ('document', 'client'), ('document', 'number'), ('document', 'document_date'),
            ('document', 'due_date'), ('document', 'amount'), ('document', 'currency'), ('document', 'status'),
            ('document', 'tax_amount'), ('document', 'terms'), ('document', 'is_disputed'), ('allocation', 'amount'),
            ('instalment', 'amount'), ('client', 'name'), ('client', 'parent_client'), ('client', 'email'),
            ('client', 'phone'), ('client', 'language'), ('client', 'country'), ('client', 'region'),
            ('client', 'is_consumer')
    ) as f (fact, column_name)
),

told as (
    select
        f.fact as fact,
        d.document_id as subject,
        d.client as client,
        d.number as number,
        f.column_name as column_name,
        case f.column_name
            when 'kind' then d.kind
            when 'client' then d.client
            when 'number' then d.number
            when 'document_date' then cast(d.document_date as varchar)
            when 'due_date' then cast(d.due_date as varchar)
            when 'amount' then cast(d.amount as varchar)
            when 'currency' then d.currency
            when 'status' then d.status
            when 'tax_amount' then cast(d.tax_amount as varchar)
            when 'terms' then d.terms
            when 'is_disputed' then cast(d.is_disputed as varchar)
        end as told_value,
        d.loaded_by as loaded_by,
        d.source_id as source_id
    from ledger.documents as d
    inner join facets as f on f.fact = 'document'
    where d.origin = 'export'
        and d.document_id in (select r.document_id from ledger.documents as r where r.replaced_by is not null)
    union all
    select
        f.fact,
        concat(
            a.debit_id, ' by ', a.credit_id,
            case when a.allocated_on is null then '' else concat(' on ', cast(a.allocated_on as varchar)) end
        ),
        cast(null as varchar),
        cast(null as varchar),
        f.column_name,
        cast(a.amount as varchar),
        a.loaded_by,
        a.source_id
    from ledger.allocations as a
    inner join facets as f on f.fact = 'allocation'
    where a.origin = 'export'
        and a.debit_id in (select r.debit_id from ledger.allocations as r where r.replaced_by is not null)
    union all
    select
        f.fact,
        concat(i.document_id, ' due ', cast(i.due_date as varchar)),
        cast(null as varchar),
        cast(null as varchar),
        f.column_name,
        cast(i.amount as varchar),
        i.loaded_by,
        i.source_id
    from ledger.instalments as i
    inner join facets as f on f.fact = 'instalment'
    where i.document_id in (select r.document_id from ledger.instalments as r where r.replaced_by is not null)
    union all
    select
        f.fact,
        c.client,
        c.client,
        cast(null as varchar),
        f.column_name,
        case f.column_name
            when 'name' then c.name
            when 'parent_client' then c.parent_client
            when 'email' then c.email
            when 'phone' then c.phone
            when 'language' then c.language
            when 'country' then c.country
            when 'region' then c.region
            when 'is_consumer' then cast(c.is_consumer as varchar)
        end,
        c.loaded_by,
        c.source_id
    from ledger.clients as c
    inner join facets as f on f.fact = 'client'
    where c.client in (select r.client from ledger.clients as r where r.replaced_by is not null)
),

versions as (
    select
        t.*,
        lag(t.told_value) over (
            partition by t.fact, t.subject, t.column_name order by t.loaded_by, t.source_id
        ) as told_before,
        row_number() over (
            partition by t.fact, t.subject, t.column_name order by t.loaded_by, t.source_id
        ) as version
    from told as t
)

select
    v.loaded_by as load_id,
    l.loaded_at as loaded_at,
    v.source_id as source_id,
    s.file_name as file_name,
    v.fact as fact,
    v.subject as subject,
    v.client as client,
    v.number as number,
    v.column_name as column_name,
    v.told_before as before,
    v.told_value as after
from versions as v
inner join ledger.sources as s on s.source_id = v.source_id
inner join ledger.loads as l on l.load_id = v.loaded_by
where v.version > 1
    and v.told_value is distinct from v.told_before
    and v.loaded_by <= $known_load
