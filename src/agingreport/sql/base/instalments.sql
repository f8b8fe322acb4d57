-- The parts in which an invoice falls due, as the ledger knew them at the close of known_on.
-- grain: document_id, due_date
-- document_id: the invoice
-- due_date: day the part falls due
-- amount: currency of the document; always > 0
select
    i.document_id as document_id,
    i.due_date as due_date,
    i.amount as amount
from ledger.instalments as i
left join twins as t on t.document_id = i.document_id
where t.document_id is null
    and i.loaded_by <= $known_load
    and (i.replaced_by is null or i.replaced_by > $known_load)
