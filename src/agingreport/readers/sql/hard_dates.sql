-- The distinct words of one text column that are no dates in ISO form.
select distinct
    word
from (select columns(lambda name: name = $column) as word from text_rows)
where clean(word) is not null
    and plain_date(word) is null
