-- What documents settle, and what closed it beside the money -> staged allocations and documents of their own, each at
-- the row of the document it comes with. A row that stands in the file twice settles once.
insert into staged_allocations
select
    debit_id,
    credit_id,
    sum(settled_amount),
    allocated_on,
    min(source_row),
    max(source_rows)
from (
    select distinct
        concat_ws(':', $family, 'invoice', lower(typed_rows.settles_number), folded(typed_rows.client)) as debit_id,
        typed_rows.document_id as credit_id,
        typed_rows.settled_amount,
        typed_rows.allocated_on,
        spoken_rows.source_row,
        spoken_rows.source_rows
    from typed_rows
    inner join spoken_rows on spoken_rows.document_id = typed_rows.document_id
    where typed_rows.refusal is null
        and not typed_rows.is_skipped
        and typed_rows.settles_number is not null
        and typed_rows.settled_amount > 0
        and typed_rows.kind in ('credit_note', 'payment', 'journal_credit', 'write_off')
        and spoken_rows.status = 'posted'
)
group by debit_id, credit_id, allocated_on;

-- A payment given back is allocated to the last one before it that settled the same invoice.
insert into staged_allocations
select
    refunds.document_id,
    arg_max(payments.document_id, (payments.document_date, payments.source_row)),
    any_value(refunds.amount),
    any_value(refunds.document_date),
    any_value(refunds.source_row),
    any_value(refunds.source_rows)
from spoken_rows as refunds
inner join spoken_rows as payments
    on payments.settles_number = refunds.settles_number
    and payments.client = refunds.client
    and payments.currency = refunds.currency
    and payments.document_date <= refunds.document_date
    and payments.amount >= refunds.amount
where refunds.kind = 'refund'
    and payments.kind = 'payment'
    and refunds.status = 'posted'
    and payments.status = 'posted'
group by refunds.document_id;

create or replace temp table companions as
select distinct
    concat_ws('/', typed_rows.document_id, 'credited', lower(typed_rows.settles_number)) as document_id,
    'journal_credit' as kind,
    concat_ws(':', $family, 'invoice', lower(typed_rows.settles_number), folded(typed_rows.client)) as other_id,
    typed_rows.settles_number is not null as is_settling,
    typed_rows.client,
    coalesce(typed_rows.allocated_on, typed_rows.document_date) as document_date,
    typed_rows.credited_amount as amount,
    typed_rows.currency,
    false as is_day_assumed,
    spoken_rows.source_row,
    spoken_rows.source_rows
from typed_rows
inner join spoken_rows on spoken_rows.document_id = typed_rows.document_id
where typed_rows.refusal is null
    and not typed_rows.is_skipped
    and typed_rows.credited_amount > 0
    and typed_rows.kind in ('payment', 'credit_note', 'journal_credit')
    and spoken_rows.status = 'posted'
union all
select
    document_id || '/write_off',
    'write_off',
    document_id,
    true,
    client,
    coalesce(written_off_on, greatest(document_date, due_date, last_paid_on)),
    written_off_amount,
    currency,
    written_off_on is null,
    source_row,
    source_rows
from spoken_rows
where written_off_amount > 0
    and kind in ('invoice', 'journal_debit')
    and status = 'posted'
union all
select
    document_id || '/refunded',
    'refund',
    document_id,
    true,
    client,
    coalesce(refunded_on, document_date),
    refunded_amount,
    currency,
    refunded_on is null,
    source_row,
    source_rows
from spoken_rows
where refunded_amount > 0
    and kind = 'payment'
    and status = 'posted';

insert into staged_documents by name
select
    document_id,
    kind,
    client,
    document_date,
    amount,
    currency,
    'posted' as status,
    false as is_disputed,
    source_row,
    source_rows
from companions;

insert into staged_assumed_days
select document_id
from companions
where is_day_assumed;

insert into staged_allocations
select
    case when kind = 'refund' then document_id else other_id end,
    case when kind = 'refund' then other_id else document_id end,
    amount,
    document_date,
    source_row,
    source_rows
from companions
where is_settling
