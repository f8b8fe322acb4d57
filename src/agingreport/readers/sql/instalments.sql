-- Text rows of instalments -> typed rows.
create or replace temp table typed_rows as
with read_rows as (
    select
        text_row.source_row,
        clean(text_row.document_id) as document_id,
        coalesce(plain_date(text_row.due_date), dates.value) as due_date,
        coalesce(plain_amount(text_row.amount, $decimal_mark), cast(amounts.value as decimal(18, 4))) as amount,
        text_row.due_date as seen_date,
        text_row.amount as seen_amount
    from numbered_rows as text_row
    left join date_words as dates on dates.word = text_row.due_date
    left join number_words as amounts on amounts.word = text_row.amount
)
select
    source_row,
    document_id,
    due_date,
    amount,
    false as is_skipped,
    case
        when document_id is null then 'document_id: '
        when due_date is null then 'due_date: not a date'
        when amount is null then 'amount: not an amount'
        when amount <= 0 then 'amount: must be above zero'
    end as refusal
from read_rows
