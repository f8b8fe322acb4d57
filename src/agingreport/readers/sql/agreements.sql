-- Text rows of agreements -> typed rows. An empty on_file is unknown, not no.
create or replace temp table typed_rows as
with read_rows as (
    select
        text_row.source_row,
        clean(text_row.client) as client,
        clean(text_row.document_id) as document_id,
        kinds.positive_kind as kind,
        answers.value as is_on_file,
        coalesce(plain_date(text_row.agreed_on), dates.value) as agreed_on,
        text_row.kind as seen_kind,
        text_row.on_file as seen_answer,
        text_row.agreed_on as seen_date
    from numbered_rows as text_row
    left join kind_words as kinds on kinds.word = text_row.kind
    left join boolean_words as answers on answers.word = text_row.on_file
    left join date_words as dates on dates.word = text_row.agreed_on
)
select
    source_row,
    client,
    document_id,
    kind,
    is_on_file,
    agreed_on,
    false as is_skipped,
    case
        when client is null and document_id is null then 'client: '
        when kind is null then 'kind: not a kind of agreement'
        when is_on_file is null and clean(seen_answer) is not null
            then 'on_file: neither yes nor no'
        when agreed_on is null and clean(seen_date) is not null then 'agreed_on: not a date'
    end as refusal
from read_rows
