-- Text rows of allocations -> typed rows. An empty date stays unknown.
create or replace temp table typed_rows as
with read_rows as (
    select
        text_row.source_row,
        clean(text_row.debit_id) as debit_id,
        clean(text_row.credit_id) as credit_id,
        coalesce(plain_amount(text_row.amount, $decimal_mark), cast(amounts.value as decimal(18, 4))) as amount,
        coalesce(plain_date(text_row.allocated_on), dates.value) as allocated_on,
        text_row.amount as seen_amount,
        text_row.allocated_on as seen_date
    from numbered_rows as text_row
    left join number_words as amounts on amounts.word = text_row.amount
    left join date_words as dates on dates.word = text_row.allocated_on
)
select
    source_row,
    debit_id,
    credit_id,
    amount,
    allocated_on,
    false as is_skipped,
    case
        when debit_id is null then 'debit_id: '
        when credit_id is null then 'credit_id: '
        when amount is null then 'amount: not an amount'
        when amount <= 0 then 'amount: must be above zero'
        when allocated_on is null and clean(seen_date) is not null then 'allocated_on: not a date'
    end as refusal
from read_rows
