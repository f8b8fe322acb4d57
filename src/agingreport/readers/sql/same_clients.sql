-- Text rows of what the owner says of two names -> typed rows. Rows that say both yes and no of a pair are refused.
create or replace temp table typed_rows as
with answered as (
    select
        text_row.source_row,
        clean(text_row.client) as client,
        clean(text_row.other) as other,
        answers.value as is_same,
        count(distinct answers.value) over (
            partition by
                least(clean(text_row.client), clean(text_row.other)),
                greatest(clean(text_row.client), clean(text_row.other))
        ) as answer_count
    from numbered_rows as text_row
    left join boolean_words as answers on answers.word = text_row.same
)
select
    source_row,
    client,
    other,
    is_same,
    false as is_skipped,
    case
        when client is null then 'client: '
        when other is null then 'other: '
        when client = other then 'other: the same name twice'
        when is_same is null then 'same: neither yes nor no'
        when answer_count > 1 then 'same: another row of the file says the opposite of these two'
    end as refusal
from answered
