-- Gives the rows of a file that was read as it stands their numbers: they follow its header, in the first row.
update staged_documents
set source_row = rowid - (select min(rowid) from staged_documents) + 2;

insert into staged_clients (client, parent_client, source_row, source_rows)
select
    client,
    arg_max(parent_client, source_row),
    min(source_row),
    1
from staged_documents
where parent_client is not null
group by client
