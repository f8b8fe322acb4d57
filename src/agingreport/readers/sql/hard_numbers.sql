-- The distinct words of one text column that are no plain amounts.
select distinct
    word
from (select columns(lambda name: name = $column) as word from text_rows)
where clean(word) is not null
    and plain_amount(word, $decimal_mark) is null
