-- Gives each line the total of its document, as a word of its own: lines that are summed become lines that repeat it.
-- A document is its number, client, date, currency and kind (and side, where sides are kept apart); a line without a
-- number is one by itself. Tax that comes on top is added. One line that is no amount spoils the total of all.
create or replace temp table line_totals as
with lines as (
    select
        numbered_rows.source_row,
        coalesce(plain_amount(numbered_rows.amount, $decimal_mark), amounts.value)
            + case
                when clean(numbered_rows.tax_on_top) is null then 0
                else coalesce(plain_amount(numbered_rows.tax_on_top, $decimal_mark), taxes.value)
            end as line_amount,
        concat_ws(
            chr(31),
            case
                when list_contains($unnumbered_kinds, kinds.positive_kind)
                    or list_contains($unnumbered_kinds, kinds.negative_kind)
                    or clean(numbered_rows.number) is null
                    then cast(numbered_rows.source_row as varchar)
                else lower(clean(numbered_rows.number))
            end,
            case when $apart then coalesce(plain_amount(numbered_rows.amount, $decimal_mark), amounts.value) < 0 end,
            coalesce(folded(clean(numbered_rows.client)), ''),
            coalesce(clean(numbered_rows.document_date), ''),
            coalesce(clean(numbered_rows.currency), ''),
            coalesce(clean(numbered_rows.kind), '')
        ) as line_key
    from numbered_rows
    left join number_words as amounts on amounts.word = numbered_rows.amount
    left join number_words as taxes on taxes.word = numbered_rows.tax_on_top
    left join kind_words as kinds on kinds.word = coalesce(numbered_rows.kind, $kind)
)
select
    source_row,
    case
        when count(*) over (partition by line_key) = count(line_amount) over (partition by line_key)
            then sum(line_amount) over (partition by line_key)
    end as total_amount
from lines;

create or replace temp table text_rows as
select
    numbered_rows.* replace (
        case
            when line_totals.total_amount is not null then 'total ' || line_totals.total_amount
            when plain_amount(numbered_rows.amount, $decimal_mark) is null and amounts.word is null
                then numbered_rows.amount
            else 'of a document with a line that has none'
        end as amount
    )
from numbered_rows
inner join line_totals on line_totals.source_row = numbered_rows.source_row
left join number_words as amounts on amounts.word = numbered_rows.amount;

insert into number_words
select distinct
    'total ' || total_amount,
    total_amount
from line_totals
where total_amount is not null
