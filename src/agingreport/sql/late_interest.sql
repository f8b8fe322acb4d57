-- What may be claimed for late payment on each debt: interest to as_of on the falling balance, and the fixed sum.
-- It stays claimable when the debt itself is paid, until a note on record ends it (outcome "interest waived" or "interest
-- billed"); what accrues after the note counts again. It is no part of any balance. What cannot be worked out is null
-- and has its reason: no rule, a figure that is not known or no longer believed. No legal advice.
-- shared
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
-- interest_amount: currency; to the cent; null = unknown
-- fixed_amount: currency; the fixed sum by size of late_amount; 0 = the rule has none; null = unknown
-- waived_on: latest day on record that ended what was claimed until then; null = never
-- waived_amount: currency; of interest and fixed sum, what arose up to waived_on; null = unknown
-- claim_amount: currency; interest_amount + fixed_amount - waived_amount; null = one of them is unknown
-- reason: why something is unknown; null = all is known
-- is_time_barred: the debt fell due so long ago that it may no longer be sued for where the client sits; null = unknown
-- is_consumer: a private person; null = unknown, and taken for a business
-- has_signed_terms: signed terms or a contract with the client are on file; null = unknown
-- source: where the rule was read; null = there is none
with accrued as (
    select
        p.document_id as document_id,
        p.instalment_number as instalment_number,
        max(p.to_date) as until_date,
        arg_max(p.yearly_rate, p.to_date) as yearly_rate,
        min(p.rate_on) filter (where p.yearly_rate is null) as unknown_on,
        round(sum(p.interest_amount), 2) as interest_amount,
        coalesce(round(sum(p.interest_amount) filter (where p.is_waived), 2), 0) as waived_amount
    from interest_periods as p
    group by p.document_id, p.instalment_number
),

summed as (
    select
        l.document_id as document_id,
        l.instalment_number as instalment_number,
        case
            when l.reason is not null then null
            when not s.are_sums_known then null
            when l.kind <> 'invoice' then 0
            when f.fixed_amount is not null then f.fixed_amount
            when not exists (select 1 from interest_sums as n where n.scheme = l.scheme) then 0
        end as fixed_amount
    from late_debts as l
    left join interest_schemes as s on s.scheme = l.scheme
    left join interest_sums as f
        on f.scheme = l.scheme
        and f.currency = l.currency
        and l.late_amount >= f.debt_from
        and (f.debt_below is null or l.late_amount < f.debt_below)
),

claimed as (
    select
        l.document_id as document_id,
        l.instalment_number as instalment_number,
        l.client as client,
        l.currency as currency,
        l.number as number,
        l.document_date as document_date,
        l.due_date as due_date,
        l.scheme as scheme,
        l.free_until as free_until,
        l.late_amount as late_amount,
        date_diff('day', l.free_until, a.until_date) as late_days,
        a.yearly_rate as yearly_rate,
        case when a.unknown_on is null then a.interest_amount end as interest_amount,
        m.fixed_amount as fixed_amount,
        l.waived_on as waived_on,
        case
            when l.waived_on is null or l.waived_on <= l.free_until then 0
            when a.unknown_on is null then a.waived_amount + m.fixed_amount
        end as waived_amount,
        case
            when l.reason is not null then l.reason
            when a.unknown_on is not null then concat('the reference rate ', s.reference, ' of ', a.unknown_on, ' is not known')
            when m.fixed_amount is null and s.are_sums_known
                then concat('the fixed sum is in another currency than ', l.currency)
            when m.fixed_amount is null then 'the fixed sum was not read in a source'
        end as reason,
        s.source as source
    from late_debts as l
    inner join summed as m on m.document_id = l.document_id and m.instalment_number = l.instalment_number
    left join accrued as a on a.document_id = l.document_id and a.instalment_number = l.instalment_number
    left join interest_schemes as s on s.scheme = l.scheme
)

select
    c.document_id as document_id,
    c.instalment_number as instalment_number,
    c.client as client,
    c.currency as currency,
    c.number as number,
    c.document_date as document_date,
    c.due_date as due_date,
    c.scheme as scheme,
    c.free_until as free_until,
    c.late_amount as late_amount,
    c.late_days as late_days,
    cast(c.yearly_rate as double) as yearly_rate,
    cast(c.interest_amount as decimal(18, 4)) as interest_amount,
    cast(c.fixed_amount as decimal(18, 4)) as fixed_amount,
    c.waived_on as waived_on,
    cast(c.waived_amount as decimal(18, 4)) as waived_amount,
    cast(c.interest_amount + c.fixed_amount - c.waived_amount as decimal(18, 4)) as claim_amount,
    c.reason as reason,
    case when b.years is not null then c.due_date <= b.barred_due_date end as is_time_barred,
    t.is_consumer as is_consumer,
    t.has_signed_terms as has_signed_terms,
    c.source as source
from claimed as c
inner join interest_terms as t on t.client = c.client
left join jurisdictions as j on j.client = c.client
left join limitations as b on b.jurisdiction = j.jurisdiction
order by c.client, c.currency, c.due_date, c.document_id, c.instalment_number
