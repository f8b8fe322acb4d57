-- Posted credits, whatever their date, that no one debit takes the whole of.
-- Nine credits in ten are used up at one stroke: what is left of the others is all that has to be summed up.
-- kept
-- grain: document_key
-- document_key: of the credit, as in documents
select d.document_key as document_key
from documents as d
where d.kind in ('credit_note', 'payment', 'journal_credit', 'write_off')
    and d.status = 'posted'
    and d.document_key not in (select p.credit_key from pairs as p where p.is_whole)
