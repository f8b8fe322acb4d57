-- Keeps rows that could not be cut or placed.
insert into staged_rejects (row_number, column_name, reason, row_text)
select
    unnest($numbers),
    null,
    unnest($reasons),
    unnest($texts)
