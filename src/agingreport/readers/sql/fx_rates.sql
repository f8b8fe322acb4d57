-- Text rows of exchange rates -> typed rows.
create or replace temp table typed_rows as
with read_rows as (
    select
        text_row.source_row,
        coalesce(plain_date(text_row.rate_date), dates.value) as rate_date,
        currencies.value as currency,
        quotes.value as quote_currency,
        clean(text_row.quote_currency) is not null and quotes.value is null as has_odd_quote,
        coalesce(plain_amount(text_row.rate, $decimal_mark), numbers.value) as rate,
        text_row.rate_date as seen_date,
        text_row.currency as seen_currency,
        text_row.rate as seen_rate
    from numbered_rows as text_row
    left join date_words as dates on dates.word = text_row.rate_date
    left join currency_words as currencies on currencies.word = text_row.currency
    left join currency_words as quotes on quotes.word = text_row.quote_currency
    left join number_words as numbers on numbers.word = text_row.rate
)
select
    source_row,
    rate_date,
    currency,
    quote_currency,
    rate,
    false as is_skipped,
    case
        when rate_date is null then 'rate_date: not a date'
        when currency is null then 'currency: not a currency code'
        when has_odd_quote then 'quote_currency: not a currency code'
        when currency = quote_currency then 'quote_currency: the same as the currency'
        when rate is null then 'rate: not a number'
        when rate <= 0 then 'rate: must be above zero'
    end as refusal
from read_rows
