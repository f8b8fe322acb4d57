-- What falls due when: each debit posted by the close of as_of, in its instalments where it has them.
-- grain: document_id, instalment_number
-- document_id: text
-- document_key: as in documents; for joins
-- instalment_number: 1 for the earliest part
-- is_single: the document falls due in one sum
-- kind: invoice, journal_debit or refund
-- client: key of the client
-- number: what the client sees on the paper; null where the export has none
-- currency: ISO 4217
-- document_date: date of issue
-- due_date: as exported, else by the terms, else that of the payment it gives back, else the document date
-- aged_from: due_date, or document_date where the policy ages by that
-- due_from: currency; what the earlier parts add up to
-- due_amount: currency; always > 0
-- is_disputed: the export marks it as disputed
select
    d.document_id as document_id,
    d.document_key as document_key,
    coalesce(p.instalment_number, 1) as instalment_number,
    p.document_key is null as is_single,
    d.kind as kind,
    d.client as client,
    d.number as number,
    d.currency as currency,
    d.document_date as document_date,
    coalesce(p.due_date, d.due_date, r.due_date, d.document_date) as due_date,
    case
        when v.aging_basis = 'document_date' then d.document_date
        else coalesce(p.due_date, d.due_date, r.due_date, d.document_date)
    end as aged_from,
    coalesce(p.due_from, 0) as due_from,
    coalesce(p.due_amount, d.amount) as due_amount,
    d.is_disputed as is_disputed
from debits as d
cross join conventions as v
left join instalment_parts as p on p.document_key = d.document_key
left join reopened as r on r.document_key = d.document_key
