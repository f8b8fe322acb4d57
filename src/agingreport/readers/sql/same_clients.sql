-- Text rows of what the owner says of two names -> typed rows.
create or replace temp table typed_rows as
select
    text_row.source_row,
    clean(text_row.client) as client,
    clean(text_row.other) as other,
    answers.value as is_same,
    false as is_skipped,
    case
        when clean(text_row.client) is null then 'client: '
        when clean(text_row.other) is null then 'other: '
        when clean(text_row.client) = clean(text_row.other) then 'other: the same name twice'
        when answers.value is null then 'same: neither yes nor no'
    end as refusal
from numbered_rows as text_row
left join boolean_words as answers on answers.word = text_row.same
