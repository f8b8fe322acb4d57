-- How much of each due has been settled by the close of as_of, with its client.
-- grain: document_key, instalment_number
-- document_key: of the debit, as in documents
-- instalment_number: 1 for the earliest part
-- is_single: the document falls due in one sum
-- is_invoice: it is one, and no journal entry or refund
-- client: key of the client
-- currency: ISO 4217
-- document_date: date of issue
-- due_date: as in dues
-- aged_from: due_date, or document_date where the policy ages by that
-- due_amount: currency; > 0
-- settled_amount: currency; >= 0, never more than due_amount
-- settlement_count: settlements of it; 0 = none
-- settled_on: day of the last of them; null = none
select
    t.document_key as document_key,
    t.instalment_number as instalment_number,
    t.is_single as is_single,
    t.is_invoice as is_invoice,
    a.client as client,
    t.currency as currency,
    t.document_date as document_date,
    t.due_date as due_date,
    t.aged_from as aged_from,
    t.due_amount as due_amount,
    t.settled_amount as settled_amount,
    t.settlement_count as settlement_count,
    t.settled_on as settled_on
from due_states as t
inner join accounts as a on a.account_key = t.account_key
