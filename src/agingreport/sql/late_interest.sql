-- What may be claimed for late payment on each debt: interest to as_of on the falling balance, and the fixed sum.
-- It stays claimable when the debt itself is paid, until a note on record ends it (outcome "interest waived" or "interest
-- billed"); what accrues after the note counts again. It is no part of any balance. What cannot be worked out is null
-- and has its reason: no rule, a figure that is not known or no longer believed. No legal advice.
-- formula: claim_amount = interest_amount + fixed_amount - waived_amount
-- credits: what was credited was never owed and bears none; each payment or write-off lowers the sum from the day after it; unapplied money lowers nothing until it is matched
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: the rules of the policy, late_interest.toml, each with its source
-- grain: document_id, instalment_number
-- document_id: the invoice, or the refund that reopens one
-- instalment_number: 1 for the earliest part
-- client: key of the client
-- currency: ISO 4217
-- number: what the client sees on the paper; null where the export has none
-- document_date: date of issue
-- due_date: as in dues
-- scheme: the rule on late payment by its key in the policy, or contract with its words; null = none
-- free_until: last day that bears no interest; null = unknown
-- late_amount: currency; what was late then; > 0
-- late_days: days on which interest ran, up to full settlement or as_of; null = unknown
-- yearly_rate: the latest that is known; null = none is
-- interest_amount: currency; to its smallest unit: a cent, a yen, a fils; null = unknown
-- fixed_amount: currency; the fixed sum by size of late_amount; 0 = the rule has none; null = unknown
-- waived_on: latest day on record that ended what was claimed until then; null = never
-- waived_amount: currency; of interest and fixed sum, what arose up to waived_on; null = unknown
-- claim_amount: currency; interest_amount + fixed_amount - waived_amount; null = one of them is unknown
-- reason: why something is unknown; null = all is known
-- is_time_barred: the debt fell due so long ago that it may no longer be sued for where the client sits; null = unknown
-- is_consumer: a private person; null = unknown, and taken for a business
-- has_signed_terms: signed terms or a contract with the client are on file; null = unknown
-- source: where the rule was read; null = there is none
with placed as (
    select
        a.account_key as account_key,
        a.client as client,
        b.barred_due_date as barred_due_date,
        t.is_consumer as is_consumer,
        t.has_signed_terms as has_signed_terms
    from accounts as a
    inner join interest_terms as t on t.client = a.client
    left join jurisdictions as j on j.client = a.client
    left join limitations as b on b.jurisdiction = j.jurisdiction and b.years is not null
    where t.dated_before is null
)

select
    d.document_id as document_id,
    l.instalment_number as instalment_number,
    p.client as client,
    l.currency as currency,
    d.number as number,
    d.document_date as document_date,
    l.due_date as due_date,
    l.scheme as scheme,
    l.free_until as free_until,
    l.late_amount as late_amount,
    l.late_days as late_days,
    l.yearly_rate as yearly_rate,
    l.interest_amount as interest_amount,
    l.fixed_amount as fixed_amount,
    l.waived_on as waived_on,
    l.waived_amount as waived_amount,
    l.claim_amount as claim_amount,
    l.reason as reason,
    l.due_date <= p.barred_due_date as is_time_barred,
    p.is_consumer as is_consumer,
    p.has_signed_terms as has_signed_terms,
    l.source as source
from late_claims as l
inner join debits as d on d.document_key = l.document_key
inner join placed as p on p.account_key = l.account_key
-- by client and currency, as accounts are numbered
order by l.account_key, l.due_date, d.document_id, l.instalment_number
