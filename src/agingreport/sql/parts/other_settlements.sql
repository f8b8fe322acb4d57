-- What of each due was settled by other than a payment of known day: few are, so only those are looked at one by one.
-- grain: document_key, instalment_number
-- document_key: of the debit, as in documents
-- instalment_number: part of the debit
-- credited_amount: currency; settled by credit notes and journal credits; >= 0
-- has_write_off: some of it was written off
-- is_date_unknown: the day of a derived payment is only assumed
select
    s.document_key as document_key,
    s.instalment_number as instalment_number,
    coalesce(sum(s.settled_amount) filter (where s.credit_kind in ('credit_note', 'journal_credit')), 0)
        as credited_amount,
    bool_or(s.credit_kind = 'write_off') as has_write_off,
    bool_or(coalesce(s.date_basis, '') = 'assumed') as is_date_unknown
from due_settlements as s
where s.credit_kind <> 'payment' or s.date_basis = 'assumed'
group by s.document_key, s.instalment_number
