-- Each step of the payment process on record by the close of as_of: who was asked, when, and what came of it.
-- grain: contact_id
-- contact_id: number in order of date; the same books give the same number
-- client: key of the client
-- document_id: the debt it was about; null = the whole client
-- contact_date: day of the step
-- kind: reminder, call, statement, demand_letter, stop_work, promise, payment_plan, dispute, dispute_resolved, hold, release, agency, court, write_off_decision, recovery, overrule, note
-- channel: phone, e-mail, letter ...; null = unknown
-- outcome: what came of it; null = unknown
-- promised_date: day payment was promised for; null = none
-- promised_amount: currency of the debt; null = all of it
-- note: free text
select
    row_number() over (
        order by k.contact_date, k.client, k.document_id, k.kind, k.channel, k.outcome, k.promised_date, k.promised_amount, k.note
    ) as contact_id,
    coalesce(a.known_as, k.client) as client,
    coalesce(t.counted_as, k.document_id) as document_id,
    k.contact_date as contact_date,
    k.kind as kind,
    k.channel as channel,
    k.outcome as outcome,
    k.promised_date as promised_date,
    k.promised_amount as promised_amount,
    k.note as note
from ledger.contacts as k
left join aliases as a on a.client = k.client
left join twins as t on t.document_id = k.document_id
where k.loaded_by <= $known_load
    and (k.replaced_by is null or k.replaced_by > $known_load)
    and k.contact_date <= $as_of
