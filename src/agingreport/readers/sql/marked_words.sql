-- The distinct words of one text column that may tell its decimal mark; of those that plainly tell it (12.50, 12,5) one
-- each, for a file has nearly as many as rows, and of those without any mark none.
with words as (
    select columns(lambda name: name = $column) as word from text_rows
),

told as (
    select
        word,
        case
            when regexp_full_match(word, '-?[0-9]+[.]([0-9]{1,2}|[0-9]{4,})') then 'point'
            when regexp_full_match(word, '-?[0-9]+[,]([0-9]{1,2}|[0-9]{4,})') then 'comma'
            when regexp_full_match(word, '-?[0-9]*') then 'none'
        end as mark
    from words
    where word is not null
)

select min(word) as word from told where mark in ('point', 'comma') group by mark
union all
select distinct word from told where mark is null and clean(word) is not null
