-- Everything that has changed what is open on a debit by the close of as_of: its billing, and each settlement.
-- Added up, the moves of a debit are what is still open of it.
-- grain: document_key, instalment_number, exit, credit_id, allocated_on
-- document_key: of the debit, as in documents
-- instalment_number: part of the debit
-- credit_id: document that settles it, where there are several; null = there is but one, or the billing itself
-- allocated_on: day of matching, where there are several; null = there is but one, or unknown, or the billing
-- account_key: as in accounts
-- currency: ISO 4217
-- is_invoice: the debit is one, and no journal entry or refund
-- document_date: of the debit
-- aged_from: date the debit is aged from
-- due_date: as in dues
-- exit: paid, credited or written off; null = the billing
-- moved_on: document date of the billing, or the day the settlement counts from
-- move_amount: currency; positive for the billing, negative for a settlement
with settled as (
    -- Nine in ten are settled at one stroke, which due_states knows: it saves joining every settlement again.
    select
        t.document_key as document_key,
        t.instalment_number as instalment_number,
        cast(null as varchar) as credit_id,
        cast(null as date) as allocated_on,
        t.account_key as account_key,
        t.currency as currency,
        t.is_invoice as is_invoice,
        t.document_date as document_date,
        t.aged_from as aged_from,
        t.due_date as due_date,
        case
            when t.has_write_off then 'write_off'
            when t.credited_amount > 0 then 'credit_note'
            else 'payment'
        end as credit_kind,
        t.settled_on as settled_on,
        t.settled_amount as settled_amount
    from due_states as t
    where t.settlement_count = 1
    union all
    select
        t.document_key,
        t.instalment_number,
        s.credit_id,
        s.allocated_on,
        t.account_key,
        t.currency,
        t.is_invoice,
        t.document_date,
        t.aged_from,
        t.due_date,
        s.credit_kind,
        s.settled_on,
        s.settled_amount
    from divided_settlements as s
    inner join due_states as t on t.document_key = s.document_key and t.instalment_number = s.instalment_number
    where t.settlement_count > 1
)

select
    t.document_key as document_key,
    t.instalment_number as instalment_number,
    cast(null as varchar) as credit_id,
    cast(null as date) as allocated_on,
    t.account_key as account_key,
    t.currency as currency,
    t.is_invoice as is_invoice,
    t.document_date as document_date,
    t.aged_from as aged_from,
    t.due_date as due_date,
    cast(null as varchar) as exit,
    t.document_date as moved_on,
    t.due_amount as move_amount
from due_states as t
union all
select
    s.document_key,
    s.instalment_number,
    s.credit_id,
    s.allocated_on,
    s.account_key,
    s.currency,
    s.is_invoice,
    s.document_date,
    s.aged_from,
    s.due_date,
    e.exit,
    s.settled_on,
    -s.settled_amount
from settled as s
inner join exits as e on e.credit_kind = s.credit_kind
