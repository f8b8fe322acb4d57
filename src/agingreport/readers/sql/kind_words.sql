-- Keeps which kind each word stands for, by the sign of the amount.
insert into kind_words
select
    unnest($words),
    unnest($positive),
    unnest($negative)
