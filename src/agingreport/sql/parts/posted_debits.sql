-- Each posted debit, whatever its date, with the one allocation that settles it where there is but one.
-- No day and no policy is in it, so it is worked out once a load: nine debits in ten are simple, and what has settled
-- those a report reads from here without a join.
-- kept
-- grain: document_key
-- document_key: as in documents
-- account_key: as in accounts
-- currency: ISO 4217
-- is_simple: it falls due in one sum on a day of its own, and has one allocation that counts in full, or none
-- is_invoice: it is one, and no journal entry or refund
-- document_date: date of issue
-- due_date: as in dated_debits; null = unknown
-- amount: currency; > 0
-- documented_on: later of the two document dates; null = no allocation, or several
-- matched_on: day of matching where that is later still, else documented_on; null = no allocation, or several
-- allocated_amount: currency; > 0, and of a simple one never more than amount; null = no allocation, or several
-- is_credited: the credit is a credit note or a journal credit; null = no allocation, or several
-- is_written_off: the credit is a write-off; null = no allocation, or several
-- is_date_assumed: the day of the credit is only assumed; null = no allocation, or several
with divided as (
    select p.debit_key as document_key
    from pairs as p
    where p.is_contested or not p.is_sole
    union
    select d.document_key
    from instalments as i
    inner join dated_debits as d on d.document_id = i.document_id
)

select
    d.document_key as document_key,
    a.account_key as account_key,
    d.currency as currency,
    d.kind <> 'refund' and v.document_key is null as is_simple,
    d.kind = 'invoice' as is_invoice,
    d.document_date as document_date,
    d.due_date as due_date,
    d.amount as amount,
    p.documented_on as documented_on,
    p.matched_on as matched_on,
    p.allocated_amount as allocated_amount,
    p.credit_kind in ('credit_note', 'journal_credit') as is_credited,
    p.credit_kind = 'write_off' as is_written_off,
    case when p.debit_key is not null then coalesce(p.date_basis, '') = 'assumed' end as is_date_assumed
from dated_debits as d
inner join accounts as a on a.client = d.client and a.currency = d.currency
left join pairs as p on p.debit_key = d.document_key and p.is_sole
left join divided as v on v.document_key = d.document_key
