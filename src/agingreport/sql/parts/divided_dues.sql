-- What falls due of the debits that are not simple: in instalments, given back by a refund, or settled by several.
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
with dated as (
    select
        d.document_key as document_key,
        coalesce(p.instalment_number, 1) as instalment_number,
        d.account_key as account_key,
        d.currency as currency,
        p.document_key is null as is_single,
        d.is_invoice as is_invoice,
        d.document_date as document_date,
        coalesce(p.due_date, d.due_date, r.due_date, d.document_date) as due_date,
        coalesce(p.due_amount, d.amount) as due_amount
    from posted_debits as d
    left join instalment_parts as p on p.document_key = d.document_key
    left join reopened as r on r.document_key = d.document_key
    where not d.is_simple
        and d.document_date <= $as_of
)

select
    t.document_key as document_key,
    t.instalment_number as instalment_number,
    t.account_key as account_key,
    t.currency as currency,
    t.is_single as is_single,
    t.is_invoice as is_invoice,
    t.document_date as document_date,
    t.due_date as due_date,
    case when v.aging_basis = 'document_date' then t.document_date else t.due_date end as aged_from,
    t.due_amount as due_amount
from dated as t
cross join conventions as v
