-- How many rows of the file are in facts; facts from the same rows name the same first row.
select sum(source_rows)
from (
    select distinct source_row, source_rows from staged_documents
    union all
    select distinct source_row, source_rows from staged_allocations where not exists (from staged_documents)
    union all
    select distinct source_row, source_rows from staged_instalments
    union all
    select distinct source_row, source_rows from staged_clients where not exists (from staged_documents)
    union all
    select distinct source_row, source_rows from staged_contacts
    union all
    select distinct source_row, source_rows from staged_agreements
    union all
    select distinct source_row, source_rows from staged_fx_rates
    union all
    select distinct source_row, source_rows from staged_control_balances
)
