-- Keeps what the words that could be read mean.
insert into number_words
select
    unnest($words),
    unnest($meanings)
