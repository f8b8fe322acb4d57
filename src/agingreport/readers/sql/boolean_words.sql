-- Keeps what the words that could be read mean.
insert into boolean_words
select
    unnest($words),
    unnest($meanings)
