-- What speaks for each document -> the staged document, and what the same row says of its client, its open balance,
-- its settlement; and the documents that are voided.
insert into staged_documents
select
    document_id,
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
    source_row,
    source_rows
from spoken_rows;

insert into staged_documents
select
    document_id || '/payment',
    'payment',
    client,
    null,
    settled_on,
    null,
    amount - coalesce(open_amount, 0),
    currency,
    status,
    null,
    null,
    false,
    source_row,
    source_rows
from spoken_rows
where settled_on is not null
    and status = 'posted'
    and kind in ('invoice', 'journal_debit')
    and amount > coalesce(open_amount, 0);

insert into staged_allocations
select
    document_id,
    document_id || '/payment',
    amount - coalesce(open_amount, 0),
    settled_on,
    source_row,
    source_rows
from spoken_rows
where settled_on is not null
    and status = 'posted'
    and kind in ('invoice', 'journal_debit')
    and amount > coalesce(open_amount, 0);

insert into staged_open_balances
select
    document_id,
    open_amount,
    last_paid_on,
    source_row,
    source_rows
from spoken_rows
where open_amount is not null
    and status = 'posted';

insert into staged_clients
select
    client,
    arg_max(client_name, source_row),
    arg_max(parent_client, source_row),
    arg_max(email, source_row),
    arg_max(phone, source_row),
    arg_max(language, source_row),
    arg_max(country, source_row),
    arg_max(region, source_row),
    null,
    min(source_row),
    1
from spoken_rows
where coalesce(client_name, parent_client, email, phone, language, country, region) is not null
group by client;

insert into staged_voids
select
    document_id,
    min(source_row),
    count(*)
from typed_rows
where is_voided
    and is_skipped
    and refusal is null
    and not is_unnumbered
group by document_id
