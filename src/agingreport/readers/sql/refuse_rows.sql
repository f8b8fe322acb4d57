-- Keeps rows that could not be cut or placed.
insert into staged_rejects
select
    unnest($numbers),
    null,
    unnest($reasons),
    unnest($texts)
