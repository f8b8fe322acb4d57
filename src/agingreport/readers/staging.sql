-- The typed tables that a reader fills and the ledger takes over; all of them temporary, empty at the start of a file.
-- source_row: the record in the file, from 1, the header counted; the first one where several made the fact
-- source_rows: how many records of the file made the fact

create or replace temp table staged_documents (
    document_id varchar,
    kind varchar,
    client varchar,
    number varchar,
    document_date date,
    due_date date,
    amount decimal(18, 4),
    currency varchar,
    status varchar,
    tax_amount decimal(18, 4),
    terms varchar,
    is_disputed boolean,
    source_row bigint,
    source_rows integer
);

create or replace temp table staged_allocations (
    debit_id varchar,
    credit_id varchar,
    amount decimal(18, 4),
    allocated_on date,
    source_row bigint,
    source_rows integer
);

create or replace temp table staged_instalments (
    document_id varchar,
    due_date date,
    amount decimal(18, 4),
    source_row bigint,
    source_rows integer
);

create or replace temp table staged_clients (
    client varchar,
    name varchar,
    parent_client varchar,
    email varchar,
    phone varchar,
    language varchar,
    country varchar,
    region varchar,
    is_consumer boolean,
    source_row bigint,
    source_rows integer
);

create or replace temp table staged_contacts (
    client varchar,
    document_id varchar,
    contact_date date,
    kind varchar,
    channel varchar,
    outcome varchar,
    promised_date date,
    promised_amount decimal(18, 4),
    note varchar,
    source_row bigint,
    source_rows integer
);

create or replace temp table staged_agreements (
    client varchar,
    document_id varchar,
    kind varchar,
    is_on_file boolean,
    agreed_on date,
    source_row bigint,
    source_rows integer
);

create or replace temp table staged_same_clients (
    client varchar,
    other varchar,
    is_same boolean,
    shown_as varchar,
    source_row bigint,
    source_rows integer
);

create or replace temp table staged_fx_rates (
    rate_date date,
    currency varchar,
    quote_currency varchar,
    rate decimal(28, 10),
    source_row bigint,
    source_rows integer
);

create or replace temp table staged_control_balances (
    control_date date,
    currency varchar,
    balance decimal(18, 4),
    source_row bigint,
    source_rows integer
);

-- What the export says is still open on its statement date; last_paid_on where it says when money last came.
create or replace temp table staged_open_balances (
    document_id varchar,
    open_amount decimal(18, 4),
    last_paid_on date,
    source_row bigint,
    source_rows integer
);

-- Documents that the export shows as voided with nothing left of their amount; their rows count as skipped.
create or replace temp table staged_voids (
    document_id varchar,
    source_row bigint,
    source_rows integer
);

-- Totals that the file prints and that the rows taken from it do not come to; is_by_date: by the due dates of all rows.
create or replace temp table staged_total_differences (
    row_number bigint,
    label varchar,
    column_name varchar,
    currency varchar,
    printed_amount decimal(18, 4),
    counted_amount decimal(18, 4),
    is_by_date boolean
);
-- Write-offs and refunds whose day the export does not say: taken from the document they belong to.
create or replace temp table staged_assumed_days (document_id varchar);

create or replace temp table staged_rejects (
    row_number bigint,
    column_name varchar,
    reason varchar,
    row_text varchar,
    document_id varchar
);

-- What each distinct word of the file means; a word that is not here could not be read.
create or replace temp table date_words (word varchar, value date);
create or replace temp table number_words (word varchar, value decimal(28, 10));
create or replace temp table boolean_words (word varchar, value boolean);
create or replace temp table currency_words (word varchar, value varchar);
create or replace temp table status_words (word varchar, value varchar);
create or replace temp table kind_words (word varchar, positive_kind varchar, negative_kind varchar);

-- A cell without blanks at its ends; an empty one is null. (Other white space has sent the file the slow way.)
create or replace temp macro clean(cell) as nullif(trim(cell), '');

-- A client's name without what certainly does not matter: case, blanks, width and composition of letters, invisible
-- signs. It stands in ids, so that one document has one id however its client is spelled.
create or replace temp macro folded(client) as case
    when strlen(client) = length(client)
        and not (contains(client, '  ') or contains(client, ' :') or contains(client, ': '))
        and not (contains(client, chr(9)) or contains(client, chr(10)) or contains(client, chr(13)))
        then lower(client)
    else lower(regexp_replace(
        regexp_replace(
            trim(translate(
                regexp_replace(nfc_normalize(client), '[\x{ad}\x{200b}-\x{200f}\x{2060}\x{feff}]', '', 'g'),
                '！＂＃＄％＆＇（）＊＋，－．／０１２３４５６７８９：；＜＝＞？＠ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ［＼］＾＿｀ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ｛｜｝～',
                '!"#$%&''()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`abcdefghijklmnopqrstuvwxyz{|}~'
            )),
            '[\s\x{a0}\x{2000}-\x{200a}\x{202f}\x{3000}]+', ' ', 'g'
        ),
        ' ?: ?', ':', 'g'
    ))
end;

-- An amount written plainly; null for one that number_words must explain.
create or replace temp macro plain_amount(cell, decimal_mark) as case
    when decimal_mark = '.' and regexp_full_match(cell, '-?[0-9]{1,14}(\.[0-9]{1,4})?') then cast(cell as decimal(18, 4))
end;

-- A date in ISO form; null for one that date_words must explain.
create or replace temp macro plain_date(cell) as case
    when cell between '1900-01-01' and '2199-12-31' and cell like '____-__-__' then try_cast(cell as date)
end;
