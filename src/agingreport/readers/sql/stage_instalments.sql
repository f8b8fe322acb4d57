-- Typed rows -> staged instalments; parts of one document due on one day are one instalment.
insert into staged_instalments
select
    document_id,
    due_date,
    sum(amount),
    min(source_row),
    count(*)
from typed_rows
where refusal is null
group by document_id, due_date
