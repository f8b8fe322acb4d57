-- Text rows of control balances -> typed rows. A balance may be below zero: the clients' money.
create or replace temp table typed_rows as
with read_rows as (
    select
        text_row.source_row,
        coalesce(plain_date(text_row.control_date), dates.value) as control_date,
        case when clean(text_row.currency) is null then $currency else currencies.value end as currency,
        coalesce(plain_amount(text_row.balance, $decimal_mark), cast(numbers.value as decimal(18, 4))) as balance,
        text_row.control_date as seen_date,
        text_row.currency as seen_currency,
        text_row.balance as seen_balance
    from numbered_rows as text_row
    left join date_words as dates on dates.word = text_row.control_date
    left join currency_words as currencies on currencies.word = text_row.currency
    left join number_words as numbers on numbers.word = text_row.balance
)
select
    source_row,
    control_date,
    currency,
    balance,
    false as is_skipped,
    case
        when control_date is null then 'control_date: not a date'
        when currency is null then 'currency: not a currency code'
        when balance is null then 'balance: not an amount'
    end as refusal
from read_rows
