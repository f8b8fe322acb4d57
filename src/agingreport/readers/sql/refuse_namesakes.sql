-- Refuses a numbered document that differs from an earlier one of the same kind, number and client: neither may win.
update typed_rows
set refusal = 'number: row ' || first_rows.source_row || ' has it too, with another date, amount, rest or currency'
from (
    select
        document_id,
        min(source_row) as source_row,
        arg_min(document_date, source_row) as document_date,
        arg_min(coalesce(due_date, '1900-01-01'), source_row) as due_date,
        arg_min(amount, source_row) as amount,
        arg_min(coalesce(open_amount, -1), source_row) as open_amount,
        arg_min(currency, source_row) as currency
    from typed_rows
    where refusal is null
        and not is_skipped
    group by document_id
    having count(*) > 1
) as first_rows
where typed_rows.document_id = first_rows.document_id
    and typed_rows.refusal is null
    and not typed_rows.is_skipped
    and (
        typed_rows.document_date <> first_rows.document_date
        or coalesce(typed_rows.due_date, '1900-01-01') <> first_rows.due_date
        or typed_rows.currency <> first_rows.currency
        or typed_rows.amount <> first_rows.amount
        or coalesce(typed_rows.open_amount, -1) <> first_rows.open_amount
    )
