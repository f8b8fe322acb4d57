-- Sets the rows that were read the quick way aside, as typed rows, and names those that must be read the careful way.
create or replace temp table plain_rows as
select
    source_row,
    document_id,
    false as is_unnumbered,
    kind,
    client,
    number,
    document_date,
    due_date,
    amount,
    currency,
    status,
    tax_amount,
    terms,
    is_disputed,
    cast(null as decimal(18, 4)) as open_amount,
    cast(null as date) as last_paid_on,
    cast(null as date) as settled_on,
    parent_client,
    cast(null as varchar) as email,
    cast(null as varchar) as phone,
    cast(null as varchar) as language,
    cast(null as varchar) as country,
    cast(null as varchar) as region,
    cast(null as varchar) as client_name,
    false as is_skipped,
    false as is_voided,
    cast(null as varchar) as refusal
from staged_documents
where is_plain;

create or replace temp table odd_rows as
select source_row from staged_documents where not is_plain
