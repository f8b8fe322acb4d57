-- The ledger: every fact as it was told, by which file and row, and from which load to which load it held.
-- A changed row is never overwritten: its former version keeps the load that replaced it in replaced_by.
create schema if not exists ledger;

create table ledger.format (
    format_version integer not null,
    made_by text not null
);

create table ledger.loads (
    load_id integer primary key,
    loaded_at timestamp not null,       -- UTC
    loaded_by_version text not null
);

-- Each file loaded, and each file of a folder or archive that was refused whole: it has told nothing.
create table ledger.sources (
    source_id integer primary key,
    load_id integer not null,
    file_name text not null,
    place text not null,                -- where it was found; of a member of an archive, the archive's and its name
    sha256 text not null,
    options text not null,              -- how it was read: date order, decimal mark, currency
    is_refused boolean not null,        -- whole: nothing was taken
    reader text not null,               -- empty where the file was refused
    source_kind text not null,          -- format and header row, by which options are remembered
    family text not null,               -- the program the file came from: its files describe one set of books
    statement_date date,                -- the day the export speaks of, where it says so
    is_complete boolean not null,       -- it lists all that was open on that day: what it does not list was settled
    links_payments boolean not null,    -- it can say which credit settles which debit
    rows_read bigint not null,
    rows_new bigint not null,
    rows_unchanged bigint not null,
    rows_changed bigint not null,
    rows_skipped bigint not null,
    rows_refused bigint not null
);

-- What the user has said of a kind of source, for the next one of that kind.
create table ledger.said_options (
    source_kind text not null,          -- format and header row; empty: every source
    option text not null,               -- date_order | decimal_mark | currency | time_zone | profile
    value text not null,                -- of a profile: its name in the first line, and all of it
    loaded_by integer not null,
    replaced_by integer
);

-- What was refused: a row, or, where it has no number, a whole file.
create table ledger.rejects (
    source_id integer not null,
    row_number bigint,
    column_name text,
    reason text not null,
    row_text text,
    document_id text,                   -- the document it would have been, where that much could be read
    settled_by integer                  -- the load that took it, or that told all its file had told; null = open
);

-- Totals that a file prints and that the rows taken from it do not come to: reported, never used.
create table ledger.total_differences (
    source_id integer not null,
    row_number bigint not null,
    label text not null,                -- as the file names it
    column_name text not null,          -- our name of the column, or the title of a bucket
    currency text,
    printed_amount decimal(18, 4) not null,
    counted_amount decimal(18, 4) not null,
    is_by_date boolean not null         -- counted by the due dates of all rows, not as they are grouped in the file
);

create sequence ledger.document_keys;

create table ledger.documents (
    document_id text not null,
    document_key bigint not null default nextval('ledger.document_keys'),  -- joins by it take half the time of text
    kind text not null,
    client text not null,
    number text,
    document_date date not null,
    due_date date,
    amount decimal(18, 4) not null,
    currency text not null,
    status text,
    tax_amount decimal(18, 4),
    terms text,
    is_disputed boolean,
    origin text not null,               -- export | derived
    date_basis text,                    -- what its date rests on where no export says it; null where one does
    source_id integer not null,
    source_row bigint,
    loaded_by integer not null,
    replaced_by integer
);

create table ledger.allocations (
    debit_id text not null,
    credit_id text not null,
    allocated_on date,
    amount decimal(18, 4) not null,
    origin text not null,
    source_id integer not null,
    source_row bigint,
    loaded_by integer not null,
    replaced_by integer
);

create table ledger.instalments (
    document_id text not null,
    due_date date not null,
    amount decimal(18, 4) not null,
    source_id integer not null,
    source_row bigint,
    loaded_by integer not null,
    replaced_by integer
);

create table ledger.clients (
    client text not null,
    name text,
    parent_client text,
    email text,
    phone text,
    language text,
    country text,
    region text,
    is_consumer boolean,
    source_id integer not null,
    source_row bigint,
    loaded_by integer not null,
    replaced_by integer
);

create table ledger.agreements (
    client text not null,
    document_id text,
    kind text not null,                 -- signed_terms | contract | invoice | delivery_receipt
    is_on_file boolean,
    agreed_on date,
    source_id integer not null,
    source_row bigint,
    loaded_by integer not null,
    replaced_by integer
);

create table ledger.contacts (
    client text not null,
    document_id text,                   -- null: the whole client
    contact_date date not null,
    kind text not null,
    channel text,
    outcome text,
    promised_date date,
    promised_amount decimal(18, 4),
    note text,
    source_id integer not null,
    source_row bigint,
    loaded_by integer not null,
    replaced_by integer
);

create table ledger.fx_rates (
    rate_date date not null,
    currency text not null,
    quote_currency text,                -- null: the reporting currency
    rate double not null,               -- units of quote_currency for one of currency
    source_id integer not null,
    source_row bigint,
    loaded_by integer not null,
    replaced_by integer
);

create table ledger.control_balances (
    control_date date not null,
    currency text not null,
    balance decimal(18, 4) not null,
    source_id integer not null,
    source_row bigint,
    loaded_by integer not null,
    replaced_by integer
);

-- What the owner has said of two names, in the order of the alphabet.
create table ledger.same_clients (
    client text not null,
    other text not null,
    is_same boolean not null,
    shown_as text not null,             -- where they are one: the name that the books show
    source_id integer not null,
    source_row bigint,
    loaded_by integer not null,
    replaced_by integer
);

-- Each name that some export has used, taken apart (see loading/names.py); no fact, and the same for ever.
create table ledger.client_names (
    client text not null,
    plain text not null,
    core text not null,
    form text not null
);

-- Names that are probably one client: worked out for each name when it first comes.
create table ledger.alike_clients (
    client text not null,
    other text not null,
    likeness double not null,           -- percent
    loaded_by integer not null
);

-- The names that the books show under another: worked out after each load from all names and what the owner said.
create table ledger.aliases (
    client text not null,
    known_as text not null,
    reason text not null,               -- spelling | legal form | said
    loaded_by integer not null,
    replaced_by integer
);

-- The documents that two programs have told, and the one that counts: worked out after each load.
create table ledger.twins (
    document_id text not null,
    counted_as text not null,
    loaded_by integer not null,
    replaced_by integer
);

-- The models that are kept from one load to the next, each in a table of its own, ledger.kept_NAME; no facts.
create table ledger.kept (
    model text not null,
    known_load integer not null,        -- the load after which it was worked out; it answers for no other
    sha256 text not null                -- of the SQL it was worked out with; it answers for no other
);

-- What an export says is still open on a document on the day it speaks of: evidence, never a figure of ours.
create table ledger.open_balances (
    document_id text not null,
    stated_on date not null,
    open_amount decimal(18, 4) not null,
    last_paid_on date,
    source_id integer not null,
    source_row bigint,
    loaded_by integer not null,
    replaced_by integer
);
