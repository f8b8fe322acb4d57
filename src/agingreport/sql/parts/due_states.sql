-- How much of each due has been settled by the close of as_of, in how many settlements, and when the last one was.
-- Every measure of what is or was open rests on this one table, so it is as narrow as they allow: due_totals has the
-- client besides.
-- shared
-- grain: document_key, instalment_number
-- document_key: of the debit, as in documents
-- instalment_number: 1 for the earliest part
-- account_key: as in accounts
-- currency: ISO 4217
-- is_single: the document falls due in one sum
-- is_invoice: it is one, and no journal entry or refund
-- document_date: date of issue
-- due_date: as in dues
-- aged_from: due_date, or document_date where the policy ages by that
-- due_amount: currency; > 0
-- settled_amount: currency; >= 0, never more than due_amount
-- settlement_count: settlements of it; 0 = none
-- settled_on: day of the last of them; null = none
-- credited_amount: currency; the part of settled_amount that is credit notes and journal credits
-- has_write_off: some of it was written off
-- is_date_unknown: the day of one of them is only assumed
with simple as (
    select
        d.document_key as document_key,
        d.account_key as account_key,
        d.currency as currency,
        d.is_invoice as is_invoice,
        d.document_date as document_date,
        coalesce(d.due_date, d.document_date) as due_date,
        v.aging_basis as aging_basis,
        d.amount as due_amount,
        d.allocated_amount as allocated_amount,
        case when v.allocation_effective = 'allocation' then d.matched_on else d.documented_on end as settled_on,
        d.is_credited as is_credited,
        d.is_written_off as is_written_off,
        d.is_date_assumed as is_date_assumed
    from posted_debits as d
    cross join conventions as v
    where d.is_simple
        and d.document_date <= $as_of
),

settled as (
    select
        s.document_key as document_key,
        s.instalment_number as instalment_number,
        sum(s.settled_amount) as settled_amount,
        count(*) as settlement_count,
        max(s.settled_on) as settled_on,
        coalesce(sum(s.settled_amount) filter (where s.credit_kind in ('credit_note', 'journal_credit')), 0)
            as credited_amount,
        bool_or(s.credit_kind = 'write_off') as has_write_off,
        bool_or(coalesce(s.date_basis, '') = 'assumed') as is_date_unknown
    from divided_settlements as s
    group by s.document_key, s.instalment_number
)

select
    s.document_key as document_key,
    1 as instalment_number,
    s.account_key as account_key,
    s.currency as currency,
    true as is_single,
    s.is_invoice as is_invoice,
    s.document_date as document_date,
    s.due_date as due_date,
    case when s.aging_basis = 'document_date' then s.document_date else s.due_date end as aged_from,
    s.due_amount as due_amount,
    cast(case when s.settled_on <= $as_of then s.allocated_amount else 0 end as decimal(18, 4)) as settled_amount,
    case when s.settled_on <= $as_of then 1 else 0 end as settlement_count,
    case when s.settled_on <= $as_of then s.settled_on end as settled_on,
    cast(
        case when s.settled_on <= $as_of and s.is_credited then s.allocated_amount else 0 end as decimal(18, 4)
    ) as credited_amount,
    coalesce(s.settled_on <= $as_of and s.is_written_off, false) as has_write_off,
    coalesce(s.settled_on <= $as_of and s.is_date_assumed, false) as is_date_unknown
from simple as s
union all
select
    d.document_key,
    d.instalment_number,
    d.account_key,
    d.currency,
    d.is_single,
    d.is_invoice,
    d.document_date,
    d.due_date,
    d.aged_from,
    d.due_amount,
    cast(coalesce(s.settled_amount, 0) as decimal(18, 4)),
    coalesce(s.settlement_count, 0),
    s.settled_on,
    cast(coalesce(s.credited_amount, 0) as decimal(18, 4)),
    coalesce(s.has_write_off, false),
    coalesce(s.is_date_unknown, false)
from divided_dues as d
left join settled as s on s.document_key = d.document_key and s.instalment_number = d.instalment_number
