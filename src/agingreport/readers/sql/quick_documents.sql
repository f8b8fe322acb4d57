-- A file of documents, straight into staged documents, where every cell is written as we would write it.
-- is_plain: false where a cell is not, and the row must be read the careful way (text rows, then documents.sql)
-- The kinds are no list: DuckDB 2.0.0 makes a join of `in` with more than a few values, and that loses the order of the
-- file, from which the rows get their numbers.
drop table if exists csv_rejects;

drop table if exists csv_scans;

create or replace temp table staged_documents as
with text_rows as (
    select unnest($all_columns)
    where false
    union all by name
    select columns('^[a-z]')
    from read_csv(
        $path,
        columns = $columns,
        header = false,
        skip = 1,
        delim = $delimiter,
        quote = $quote,
        escape = $quote,
        auto_detect = false,
        ignore_errors = true,
        store_rejects = true,
        rejects_table = 'csv_rejects',
        rejects_scan = 'csv_scans',
        max_line_size = 8000000
    )
),
read_rows as (
    select
        clean(document_id) as document_id,
        kind,
        coalesce(clean(client), '(unknown)') as client,
        clean(number) as number,
        plain_date(document_date) as document_date,
        plain_date(due_date) as due_date,
        plain_amount(amount, '.') as amount,
        coalesce(currency, case when not $has_currency then $currency end) as currency,
        coalesce(status, 'posted') as status,
        plain_amount(tax_amount, '.') as tax_amount,
        clean(terms) as terms,
        coalesce(disputed, 'no') as disputed,
        clean(parent_client) as parent_client,
        due_date as seen_due_date,
        tax_amount as seen_tax_amount
    from text_rows
)
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
    disputed = 'yes' as is_disputed,
    cast(null as bigint) as source_row,
    1 as source_rows,
    parent_client,
    coalesce(
        document_id is not null
        and (
            kind = 'invoice'
            or kind = 'payment'
            or kind = 'credit_note'
            or kind = 'write_off'
            or kind = 'refund'
            or kind = 'journal_debit'
            or kind = 'journal_credit'
        )
        and document_date is not null
        and amount > 0
        and regexp_full_match(currency, '[A-Z]{3}')
        and status in ('posted', 'draft', 'void')
        and disputed in ('yes', 'no')
        and (due_date is not null or seen_due_date is null)
        and (tax_amount is not null or seen_tax_amount is null),
        false
    ) as is_plain
from read_rows
