-- Keeps what the words that could be read mean.
insert into currency_words
select
    unnest($words),
    unnest($meanings)
