-- Text rows that say only what is still open -> typed rows, each with the one document the ledger knows that it speaks of.
-- A numbered row is of the document of its kind, number and client: the program's own, or another's of the same date. One
-- without a number is of the only credit (or debit) of its client and date that is as large. Anything else is refused.
create or replace temp table typed_rows as
with read_rows as (
    select
        text_row.source_row,
        clean(text_row.client) as client,
        case when list_contains($unnumbered_kinds, kinds.positive_kind) then null else clean(text_row.number) end as number,
        kinds.word is not null as is_kind_known,
        coalesce(plain_date(text_row.document_date), document_dates.value) as document_date,
        coalesce(plain_date(text_row.due_date), due_dates.value) as due_date,
        coalesce(plain_amount(text_row.open_amount, $decimal_mark), cast(amounts.value as decimal(18, 4))) as open_amount,
        case when clean(text_row.currency) is null then $currency else coalesce(currencies.value, '') end as currency,
        kinds.positive_kind,
        kinds.negative_kind
    from numbered_rows as text_row
    left join kind_words as kinds on kinds.word = coalesce(text_row.kind, $kind)
    left join date_words as document_dates on document_dates.word = text_row.document_date
    left join date_words as due_dates on due_dates.word = text_row.due_date
    left join number_words as amounts on amounts.word = text_row.open_amount
    left join currency_words as currencies on currencies.word = text_row.currency
),

kind_rows as (
    select
        read_rows.*,
        case when open_amount < 0 then negative_kind else positive_kind end as kind,
        coalesce(open_amount < 0, false) or positive_kind in ('credit_note', 'payment', 'journal_credit', 'write_off')
            as is_credit
    from read_rows
),

candidates as (
    select
        kind_rows.source_row,
        known.document_id,
        known.amount,
        known.currency,
        starts_with(known.document_id, $id_prefix || ':') as is_own
    from kind_rows
    inner join known_documents as known on folded(known.client) = folded(kind_rows.client)
    where case
        when kind_rows.number is null
            then known.is_credit = kind_rows.is_credit
                and known.document_date = kind_rows.document_date
                and known.amount >= abs(kind_rows.open_amount)
        else lower(known.number) = lower(kind_rows.number)
            and known.kind = kind_rows.kind
            and (known.document_date = kind_rows.document_date or starts_with(known.document_id, $id_prefix || ':'))
    end
),

found as (
    select
        source_row,
        any_value(document_id) as document_id,
        any_value(amount) as amount,
        any_value(currency) as currency,
        count(*) as document_count
    from candidates
    where is_own
        or source_row not in (select own.source_row from candidates as own where own.is_own)
    group by source_row
)

select
    kind_rows.source_row,
    found.document_id,
    kind_rows.client,
    kind_rows.document_date,
    kind_rows.due_date,
    abs(kind_rows.open_amount) as open_amount,
    coalesce(kind_rows.currency, found.currency) as currency,
    kind_rows.is_credit,
    coalesce(kind_rows.kind = 'skip', false) as is_skipped,
    case
        when not kind_rows.is_kind_known then 'kind: not a kind of document'
        when kind_rows.kind = 'skip' then null
        when kind_rows.document_date is null then 'document_date: not a date'
        when kind_rows.open_amount is null then 'open_amount: not an amount'
        when kind_rows.kind is null then 'open_amount: a sign that its kind cannot have'
        when kind_rows.currency = '' then 'currency: not a currency code'
        when found.document_id is null and kind_rows.number is null
            then 'document_date: without a number, and no such document of its client and date is known'
        when found.document_id is null then 'number: what was billed is not in this file, and the ledger does not know it'
        when found.document_count > 1 then 'document_date: which of several documents it is cannot be told'
        when kind_rows.currency <> found.currency then 'currency: that of the document is another'
        when abs(kind_rows.open_amount) > found.amount then 'open_amount: more than was billed'
    end as refusal
from kind_rows
left join found on found.source_row = kind_rows.source_row;

-- Two rows of one document say the same, or neither is to be believed.
update typed_rows
set refusal = 'open_amount: another row of the same document says otherwise'
where refusal is null
    and document_id in (
        select document_id
        from typed_rows
        where refusal is null
            and not is_skipped
        group by document_id
        having count(distinct open_amount) > 1
    )
