-- How many rows of the file are in facts. Facts that come from the same row (a payment and what it settles, a document
-- and its client) count it once, as the ledger does.
with facts as (
    select source_row, source_rows from staged_documents
    union all
    select source_row, source_rows from staged_allocations
    union all
    select source_row, source_rows from staged_clients
    union all
    select source_row, source_rows from staged_instalments
    union all
    select source_row, source_rows from staged_contacts
    union all
    select source_row, source_rows from staged_agreements
    union all
    select source_row, source_rows from staged_same_clients
    union all
    select source_row, source_rows from staged_fx_rates
    union all
    select source_row, source_rows from staged_control_balances
    union all
    select source_row, source_rows from staged_open_balances
)
select coalesce(sum(source_rows), 0)
from (
    select max(source_rows) as source_rows
    from facts
    group by source_row
)
