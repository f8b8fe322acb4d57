-- Adds to typed documents what their rows say besides: what they settle, what closed it beside the money, what is paid.
-- open_amount: where only what is paid is said, the rest; never below nothing; nothing where the status is written off
-- written_off_amount: as said, or what was closed without being paid: where there is a day of writing off, where the
-- status says so, or where the format says that this is what it means
create or replace temp table typed_rows as
with read_rows as (
    select
        text_row.source_row,
        clean(text_row.settles_number) as settles_number,
        clean(text_row.match_letter) as match_letter,
        coalesce(plain_date(text_row.allocated_on), allocated_dates.value) as allocated_on,
        coalesce(plain_date(text_row.written_off_on), written_off_dates.value) as written_off_on,
        coalesce(plain_amount(text_row.paid_amount, $decimal_mark), paid.value) as paid_amount,
        coalesce(plain_amount(text_row.settled_amount, $decimal_mark), settled.value) as settled_amount,
        coalesce(plain_amount(text_row.credited_amount, $decimal_mark), credited.value) as credited_amount,
        coalesce(plain_amount(text_row.written_off_amount, $decimal_mark), written_off.value) as written_off_amount,
        coalesce(plain_date(text_row.refunded_on), refunded_dates.value) as refunded_on,
        coalesce(plain_amount(text_row.refunded_amount, $decimal_mark), refunded.value) as refunded_amount,
        clean(text_row.payment_number) as payment_number,
        coalesce(plain_date(text_row.payment_date), payment_dates.value) as payment_date,
        abs(coalesce(plain_amount(text_row.payment_amount, $decimal_mark), payments.value)) as payment_amount
    from numbered_rows as text_row
    left join date_words as allocated_dates on allocated_dates.word = text_row.allocated_on
    left join date_words as written_off_dates on written_off_dates.word = text_row.written_off_on
    left join number_words as paid on paid.word = text_row.paid_amount
    left join number_words as settled on settled.word = text_row.settled_amount
    left join number_words as credited on credited.word = text_row.credited_amount
    left join date_words as refunded_dates on refunded_dates.word = text_row.refunded_on
    left join number_words as refunded on refunded.word = text_row.refunded_amount
    left join number_words as written_off on written_off.word = text_row.written_off_amount
    left join date_words as payment_dates on payment_dates.word = text_row.payment_date
    left join number_words as payments on payments.word = text_row.payment_amount
),
checked_rows as (
    select
        read_rows.*,
        case
            when read_rows.allocated_on is null and clean(seen.allocated_on) is not null then 'allocated_on: not a date'
            when read_rows.written_off_on is null and clean(seen.written_off_on) is not null
                then 'written_off_on: not a date'
            when read_rows.paid_amount is null and clean(seen.paid_amount) is not null then 'paid_amount: not an amount'
            when read_rows.settled_amount is null and clean(seen.settled_amount) is not null
                then 'settled_amount: not an amount'
            when read_rows.settled_amount < 0 then 'settled_amount: must not be below zero'
            when read_rows.credited_amount is null and clean(seen.credited_amount) is not null
                then 'credited_amount: not an amount'
            when read_rows.credited_amount < 0 then 'credited_amount: must not be below zero'
            when read_rows.written_off_amount is null and clean(seen.written_off_amount) is not null
                then 'written_off_amount: not an amount'
            when read_rows.written_off_amount < 0 then 'written_off_amount: must not be below zero'
            when read_rows.refunded_on is null and clean(seen.refunded_on) is not null then 'refunded_on: not a date'
            when read_rows.refunded_amount is null and clean(seen.refunded_amount) is not null
                then 'refunded_amount: not an amount'
            when read_rows.refunded_amount < 0 then 'refunded_amount: must not be below zero'
            when read_rows.payment_amount is null and clean(seen.payment_amount) is not null
                then 'payment_amount: not an amount'
            when read_rows.payment_date is null and read_rows.payment_amount is not null
                then 'payment_date: not a date'
        end as settling_refusal
    from read_rows
    inner join numbered_rows as seen on seen.source_row = read_rows.source_row
)
select
    typed_rows.* exclude (open_amount, refusal),
    case
        when typed_rows.is_written_off then 0
        when typed_rows.open_amount is not null then typed_rows.open_amount
        when checked_rows.paid_amount is not null and checked_rows.written_off_on is not null then 0
        when checked_rows.paid_amount is not null
            then greatest(
                typed_rows.amount - abs(checked_rows.paid_amount) - coalesce(checked_rows.written_off_amount, 0), 0
            )
    end as open_amount,
    checked_rows.settles_number,
    checked_rows.match_letter,
    checked_rows.allocated_on,
    coalesce(checked_rows.settled_amount, typed_rows.amount) as settled_amount,
    checked_rows.credited_amount,
    case
        when checked_rows.written_off_amount > 0 then checked_rows.written_off_amount
        when typed_rows.is_written_off
            then greatest(
                typed_rows.amount
                    - coalesce(abs(checked_rows.paid_amount), typed_rows.amount - typed_rows.open_amount, 0),
                0
            )
        when $unpaid_rest = 'write_off' or checked_rows.written_off_on is not null
            then greatest(
                typed_rows.amount - coalesce(typed_rows.open_amount, 0) - abs(checked_rows.paid_amount), 0
            )
    end as written_off_amount,
    checked_rows.written_off_on,
    checked_rows.refunded_amount,
    checked_rows.refunded_on,
    checked_rows.payment_number,
    checked_rows.payment_date,
    checked_rows.payment_amount,
    case
        when typed_rows.refusal is not null or typed_rows.is_skipped then typed_rows.refusal
        when checked_rows.settling_refusal is not null then checked_rows.settling_refusal
        when checked_rows.settles_number is not null and checked_rows.settled_amount > typed_rows.amount
            then 'settled_amount: more than its own amount'
        when not typed_rows.is_unnumbered
            and checked_rows.settles_number is not null
            and checked_rows.settled_amount is null
            and min(checked_rows.settles_number) over (partition by typed_rows.document_id)
                <> max(checked_rows.settles_number) over (partition by typed_rows.document_id)
            then 'settles_number: several share this payment, and the file does not say how much of it is whose'
        when checked_rows.refunded_amount > typed_rows.amount then 'refunded_amount: more than the amount'
        when checked_rows.written_off_amount > typed_rows.amount then 'written_off_amount: more than the amount'
    end as refusal
from typed_rows
inner join checked_rows on checked_rows.source_row = typed_rows.source_row
