-- How many rows of the file are in facts. What a document's row says besides (a settlement, a client) is not counted
-- again: where there are documents, allocations are those of derived payments, and clients come along.
with totals as (
    select
        (select coalesce(sum(source_rows), 0) from staged_documents) as document_rows,
        (select coalesce(sum(source_rows), 0) from staged_allocations) as allocation_rows,
        (select coalesce(sum(source_rows), 0) from staged_clients) as client_rows,
        (select coalesce(sum(source_rows), 0) from staged_instalments)
            + (select coalesce(sum(source_rows), 0) from staged_contacts)
            + (select coalesce(sum(source_rows), 0) from staged_agreements)
            + (select coalesce(sum(source_rows), 0) from staged_fx_rates)
            + (select coalesce(sum(source_rows), 0) from staged_control_balances) as other_rows
)
select
    case
        when document_rows > 0 then document_rows - allocation_rows
        else allocation_rows + client_rows + other_rows
    end as row_count
from totals
