-- Keeps what the words that could be read mean.
insert into date_words
select
    unnest($words),
    unnest($meanings)
