-- Whether and when each due of an invoice was settled for good, by the close of as_of.
-- What was paid with money that was given back, such as a bounced cheque, is settled once what that reopened is settled,
-- and open until then. Dues with a settlement whose day is only assumed are left out.
-- grain: document_key, instalment_number
-- document_key: of the invoice, as in documents
-- instalment_number: 1 for the earliest part
-- account_key: as in accounts
-- currency: ISO 4217
-- document_date: date of issue
-- due_date: as in dues
-- due_amount: currency; > 0
-- settled_amount: currency; of due_amount, by payments, credit notes and write-offs, those that bounced with them
-- credited_amount: currency; of settled_amount, by credit notes
-- settlement_count: settlements of it; 0 = none
-- settled_on: day of the last of the settlements; null = none
-- has_write_off: some of it was written off
-- ended_on: day it was settled in full for good; null = open
-- is_given_up: some of it, or of what was reopened, was written off
-- owed_again_until: day on which what was reopened was settled, as_of where it is not; null = nothing was reopened
-- is_paid_again: what was reopened is settled, and none of it written off; null = nothing was reopened
select
    t.document_key as document_key,
    t.instalment_number as instalment_number,
    t.account_key as account_key,
    t.currency as currency,
    t.document_date as document_date,
    t.due_date as due_date,
    t.due_amount as due_amount,
    t.settled_amount as settled_amount,
    t.credited_amount as credited_amount,
    t.settlement_count as settlement_count,
    t.settled_on as settled_on,
    t.has_write_off as has_write_off,
    case
        when t.settled_amount = t.due_amount and coalesce(g.is_settled, true)
            then greatest(t.settled_on, coalesce(g.settled_on, t.settled_on))
    end as ended_on,
    t.has_write_off or coalesce(g.has_write_off, false) as is_given_up,
    case when g.is_settled then g.settled_on when not g.is_settled then $as_of end as owed_again_until,
    g.is_settled and not g.has_write_off as is_paid_again
from due_states as t
left join reopened_states as g on g.document_key = t.document_key and g.instalment_number = t.instalment_number
where t.is_invoice
    and not t.is_date_unknown
