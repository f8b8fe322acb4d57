-- The distinct words of one text column.
select
    word
from (select distinct columns(lambda name: name = $column) as word from text_rows)
where clean(word) is not null
