-- Keeps what the words that could be read mean.
insert into status_words
select
    unnest($words),
    unnest($meanings)
