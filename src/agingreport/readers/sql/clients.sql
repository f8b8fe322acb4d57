-- Text rows of clients -> typed rows.
create or replace temp table typed_rows as
select
    text_row.source_row,
    clean(text_row.client) as client,
    clean(text_row.name) as name,
    coalesce(clean(text_row.parent_client), case
        when contains(clean(text_row.client), $parent_separator)
            then regexp_extract(clean(text_row.client), '^(.*)' || regexp_escape($parent_separator), 1)
    end) as parent_client,
    clean(text_row.email) as email,
    clean(text_row.phone) as phone,
    clean(text_row.language) as language,
    clean(text_row.country) as country,
    clean(text_row.region) as region,
    answers.value as is_consumer,
    false as is_skipped,
    case
        when clean(text_row.client) is null then 'client: '
        when answers.value is null and clean(text_row.consumer) is not null
            then 'consumer: neither yes nor no'
    end as refusal
from numbered_rows as text_row
left join boolean_words as answers on answers.word = text_row.consumer
