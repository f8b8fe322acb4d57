-- Payments that stand on the rows of what they settle -> staged payments, each at the row of its document, and their
-- allocations where the amounts leave no doubt: a document's payments are all it was settled with, and settle no other.
-- payment_amount: the whole of the payment, the same on each row that names it
-- What stands there under the number of a document of the file is that document, not a payment.
create or replace temp table row_payments as
select
    typed_rows.document_id as debit_id,
    case
        when typed_rows.payment_number is null
            then concat_ws(
                '/', typed_rows.document_id, 'payment',
                row_number() over (
                    partition by typed_rows.document_id, typed_rows.payment_number
                    order by typed_rows.source_row
                )
            )
        else concat_ws(':', $family, 'payment', lower(typed_rows.payment_number), folded(typed_rows.client))
    end as document_id,
    typed_rows.client,
    typed_rows.payment_number as number,
    typed_rows.payment_date as document_date,
    typed_rows.payment_amount as amount,
    typed_rows.currency,
    spoken_rows.amount - coalesce(spoken_rows.open_amount, 0) as settled_amount,
    spoken_rows.source_row,
    spoken_rows.source_rows
from typed_rows
inner join spoken_rows on spoken_rows.document_id = typed_rows.document_id
left join spoken_rows as others
    on others.number = typed_rows.payment_number
    and others.client = typed_rows.client
where typed_rows.refusal is null
    and not typed_rows.is_skipped
    and typed_rows.payment_amount > 0
    and spoken_rows.kind in ('invoice', 'journal_debit')
    and spoken_rows.status = 'posted'
    and others.number is null;

insert into staged_documents by name
select
    document_id,
    'payment' as kind,
    any_value(client) as client,
    any_value(number) as number,
    min(document_date) as document_date,
    max(amount) as amount,
    any_value(currency) as currency,
    'posted' as status,
    false as is_disputed,
    arg_min(source_row, source_row) as source_row,
    arg_min(source_rows, source_row) as source_rows
from row_payments
group by document_id
order by document_id;

insert into staged_allocations
with settlings as (
    select distinct
        debit_id,
        document_id,
        amount,
        settled_amount,
        document_date,
        source_row,
        source_rows
    from row_payments
),
weighed as (
    select
        settlings.*,
        sum(amount) over (partition by debit_id) as paid_amount,
        count(*) over (partition by document_id) as debit_count
    from settlings
)
select
    debit_id,
    document_id,
    amount,
    document_date,
    source_row,
    source_rows
from weighed
where paid_amount = settled_amount
    and debit_count = 1
