-- Text rows of documents -> typed rows: one row each, accepted, skipped by rule or refused with the reason.
-- refusal: the first column that cannot be right and why, as `column: reason`; null for a row that is
create or replace temp table typed_rows as
with read_rows as (
    select
        text_row.source_row,
        clean(text_row.document_id) as document_id,
        coalesce(clean(text_row.client), '(unknown)') as client,
        clean(text_row.number) as number,
        clean(text_row.terms) as terms,
        clean(text_row.parent_client) as parent_client,
        clean(text_row.email) as email,
        clean(text_row.phone) as phone,
        clean(text_row.language) as language,
        clean(text_row.country) as country,
        clean(text_row.region) as region,
        clean(text_row.client_name) as client_name,
        contains(lower(text_row.memo), 'void') as is_void_in_memo,
        kinds.word is not null as is_kind_known,
        kinds.positive_kind,
        kinds.negative_kind,
        coalesce(plain_date(text_row.document_date), document_dates.value) as document_date,
        coalesce(plain_date(text_row.due_date), due_dates.value) as due_date,
        coalesce(plain_date(text_row.settled_on), settled_dates.value) as settled_on,
        coalesce(plain_date(text_row.last_paid_on), paid_dates.value) as last_paid_on,
        coalesce(plain_amount(text_row.amount, $decimal_mark), cast(amounts.value as decimal(18, 4))) as amount,
        coalesce(plain_amount(text_row.open_amount, $decimal_mark), cast(open_amounts.value as decimal(18, 4)))
            as open_amount,
        coalesce(plain_amount(text_row.tax_amount, $decimal_mark), cast(tax_amounts.value as decimal(18, 4)))
            as tax_amount,
        case when clean(text_row.currency) is null then $currency else currencies.value end as currency,
        case
            when clean(text_row.status) is null or statuses.value in ('disputed', 'written_off') then 'posted'
            else statuses.value
        end as status,
        case
            when clean(text_row.disputed) is null then coalesce(statuses.value = 'disputed', false)
            else disputes.value
        end as is_disputed,
        coalesce(statuses.value = 'written_off', false) as is_written_off,
        text_row.kind as seen_kind,
        text_row.document_date as seen_document_date,
        text_row.due_date as seen_due_date,
        text_row.amount as seen_amount,
        text_row.open_amount as seen_open_amount,
        text_row.tax_amount as seen_tax_amount,
        text_row.currency as seen_currency,
        text_row.status as seen_status,
        text_row.disputed as seen_disputed,
        text_row.settled_on as seen_settled_on,
        text_row.last_paid_on as seen_last_paid_on
    from numbered_rows as text_row
    left join kind_words as kinds on kinds.word = coalesce(text_row.kind, $kind)
    left join date_words as document_dates on document_dates.word = text_row.document_date
    left join date_words as due_dates on due_dates.word = text_row.due_date
    left join date_words as settled_dates on settled_dates.word = text_row.settled_on
    left join date_words as paid_dates on paid_dates.word = text_row.last_paid_on
    left join number_words as amounts on amounts.word = text_row.amount
    left join number_words as open_amounts on open_amounts.word = text_row.open_amount
    left join number_words as tax_amounts on tax_amounts.word = text_row.tax_amount
    left join currency_words as currencies on currencies.word = text_row.currency
    left join status_words as statuses on statuses.word = text_row.status
    left join boolean_words as disputes on disputes.word = text_row.disputed
),
signed_rows as (
    select
        read_rows.*,
        case when amount < 0 then negative_kind else positive_kind end as kind,
        abs(amount) as document_amount,
        case when amount < 0 then -open_amount else open_amount end as document_open_amount,
        -- One cheap test spares the rows that are plainly right the many of the refusal: a third of the whole time.
        positive_kind is null
            or document_date is null
            or amount is null
            or amount <= 0
            or currency is null
            or status is null
            or is_disputed is null
            or (document_id is null and $id_prefix is null)
            or (due_date is null and seen_due_date is not null)
            or (settled_on is null and seen_settled_on is not null)
            or (last_paid_on is null and seen_last_paid_on is not null)
            or (tax_amount is null and seen_tax_amount is not null)
            or seen_open_amount is not null as may_be_wrong
    from read_rows
)
select
    source_row,
    case
        when document_id is not null then document_id
        when number is null or list_contains($unnumbered_kinds, kind)
            then concat_ws(':', $id_prefix, kind, '', folded(client), document_date, document_amount)
        else concat_ws(':', $id_prefix, kind, lower(number), folded(client))
    end as document_id,
    case
        when document_id is not null then false
        else number is null or list_contains($unnumbered_kinds, kind)
    end as is_unnumbered,
    kind,
    client,
    number,
    document_date,
    due_date,
    document_amount as amount,
    currency,
    status,
    tax_amount,
    terms,
    is_disputed,
    is_written_off,
    document_open_amount as open_amount,
    last_paid_on,
    settled_on,
    coalesce(parent_client, case
        when contains(client, $parent_separator)
            then regexp_extract(client, '^(.*)' || regexp_escape($parent_separator), 1)
    end) as parent_client,
    email,
    phone,
    language,
    country,
    region,
    client_name,
    case
        when kind = 'skip' then true
        when amount = 0 then $zero_amounts = 'skip'
        else false
    end as is_skipped,
    case when amount = 0 then coalesce(status = 'void' or is_void_in_memo, false) else false end as is_voided,
    case when may_be_wrong then case
        when not is_kind_known then 'kind: not a kind of document'
        when kind = 'skip' then null
        when $id_prefix is null and document_id is null then 'document_id: '
        when document_date is null then 'document_date: not a date'
        when amount is null then 'amount: not an amount'
        when amount = 0 and $zero_amounts = 'skip' then null
        when amount = 0 or (amount < 0 and $amounts = 'positive')
            then 'amount: must be above zero, the side follows from the kind'
        when kind is null then 'amount: a sign that its kind cannot have'
        when currency is null then 'currency: not a currency code'
        when status is null then 'status: not a status'
        when is_disputed is null then 'disputed: neither yes nor no'
        when due_date is null and clean(seen_due_date) is not null then 'due_date: not a date'
        when settled_on is null and clean(seen_settled_on) is not null then 'settled_on: not a date'
        when last_paid_on is null and clean(seen_last_paid_on) is not null then 'last_paid_on: not a date'
        when tax_amount is null and clean(seen_tax_amount) is not null then 'tax_amount: not an amount'
        when open_amount is null and clean(seen_open_amount) is not null then 'open_amount: not an amount'
        when document_open_amount not between 0 and document_amount
            then 'open_amount: not between nothing and the amount'
    end end as refusal
from signed_rows
