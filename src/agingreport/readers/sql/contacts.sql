-- Text rows of contacts -> typed rows. A contact names a client, a document or both.
create or replace temp table typed_rows as
with read_rows as (
    select
        text_row.source_row,
        clean(text_row.client) as client,
        clean(text_row.document_id) as document_id,
        coalesce(plain_date(text_row.contact_date), dates.value) as contact_date,
        kinds.positive_kind as kind,
        clean(text_row.channel) as channel,
        clean(text_row.outcome) as outcome,
        coalesce(plain_date(text_row.promised_date), promised_dates.value) as promised_date,
        coalesce(plain_amount(text_row.promised_amount, $decimal_mark), cast(amounts.value as decimal(18, 4)))
            as promised_amount,
        clean(text_row.note) as note,
        text_row.contact_date as seen_date,
        text_row.kind as seen_kind,
        text_row.promised_date as seen_promised_date,
        text_row.promised_amount as seen_promised_amount
    from numbered_rows as text_row
    left join date_words as dates on dates.word = text_row.contact_date
    left join kind_words as kinds on kinds.word = text_row.kind
    left join date_words as promised_dates on promised_dates.word = text_row.promised_date
    left join number_words as amounts on amounts.word = text_row.promised_amount
)
select
    source_row,
    client,
    document_id,
    contact_date,
    kind,
    channel,
    outcome,
    promised_date,
    promised_amount,
    note,
    false as is_skipped,
    case
        when client is null and document_id is null then 'client: '
        when contact_date is null then 'contact_date: not a date'
        when kind is null then 'kind: not a kind of contact'
        when promised_date is null and clean(seen_promised_date) is not null
            then 'promised_date: not a date'
        when promised_amount is null and clean(seen_promised_amount) is not null
            then 'promised_amount: not an amount'
        when promised_amount < 0 then 'promised_amount: must not be below zero'
    end as refusal
from read_rows
