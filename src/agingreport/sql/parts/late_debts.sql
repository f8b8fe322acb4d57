-- Each invoice, or part of one, that was still open after the last day that bears no interest, paid since or not.
-- What was credited was never owed and bears none. A payment given back, such as a bounced cheque, is owed again from
-- the day it was given back.
-- shared
-- grain: document_key, instalment_number
-- document_key: of the invoice, or of the refund that reopens one, as in documents
-- instalment_number: 1 for the earliest part
-- account_key: as in accounts
-- currency: ISO 4217
-- is_invoice: it is one, and no refund
-- due_date: as in dues
-- scheme: the rule on late payment; null = none
-- free_until: last day that bears no interest: the due date with the rule's days of grace; null = unknown: no due date is agreed, and the rule has none
-- late_amount: currency; open at the close of free_until, or of the due date where that is unknown, less credits; > 0
-- settled_on: day of the last of its settlements; null = none
-- sole_amount: currency; what its one settlement paid after free_until; null = that was credited or in time, or there is none, or several
-- waived_on: latest day on record that ended what was claimed until then; null = never
-- reason: why nothing can be worked out; null = it can
with undated as (
    select
        d.document_key as document_key,
        min(k.contact_date) as asked_on
    from posted_debits as p
    inner join debits as d on d.document_key = p.document_key
    left join contacts as k
        on k.client = d.client
        and (k.document_id is null or k.document_id = d.document_id)
        and k.contact_date >= d.document_date
        and k.kind in ('reminder', 'demand_letter')
    where p.due_date is null
    group by d.document_key
),

agreed as (
    select d.document_key as document_key, k.scheme as scheme
    from debits as d
    inner join interest_contracts as k on k.document = d.document_id or k.document = d.number
    -- An id goes before a number, of the documents that one name means and of the names that mean one document.
    qualify rank() over (partition by k.document order by k.document = d.document_id desc) = 1
        and row_number() over (partition by d.document_key order by k.document = d.document_id desc) = 1
),

-- Where the day of signed terms is on record, what was issued before it is under what held before.
terms as (
    select
        a.account_key as account_key,
        t.terms_number as terms_number,
        t.scheme as scheme,
        t.dated_from as agreed_on,
        e.terms_number as earlier_number,
        e.scheme as earlier_scheme
    from accounts as a
    inner join interest_terms as t on t.client = a.client and t.dated_before is null
    left join interest_terms as e on e.client = a.client and e.dated_before is not null
),

claimable as (
    select
        d.document_key as document_key,
        d.instalment_number as instalment_number,
        d.account_key as account_key,
        d.currency as currency,
        d.is_invoice as is_invoice,
        d.due_date as due_date,
        d.due_amount as due_amount,
        d.settlement_count as settlement_count,
        d.settled_on as settled_on,
        d.settled_amount as settled_amount,
        d.credited_amount > 0 as is_credited,
        d.is_date_unknown as is_date_unknown,
        case when d.document_date < t.agreed_on then t.earlier_number else t.terms_number end as terms_number,
        a.scheme as agreed_scheme,
        case
            when d.is_single and d.is_invoice and u.document_key is not null
                then least(
                    d.document_date + s.days_without_due_date, case when s.starts_with_reminder then u.asked_on end
                ) + s.grace_days
            else greatest(d.due_date, d.document_date) + coalesce(s.grace_days, 0)
        end as free_until
    from due_states as d
    inner join terms as t on t.account_key = d.account_key
    left join agreed as a on a.document_key = d.document_key
    left join interest_schemes as s
        on s.scheme = coalesce(a.scheme, case when d.document_date < t.agreed_on then t.earlier_scheme else t.scheme end)
    left join undated as u on u.document_key = d.document_key
    left join reopened as g on g.document_key = d.document_key
    where (d.is_invoice or g.document_key is not null)
        and d.due_date < $as_of
),

-- What was paid in time or credited, of those settled by several.
settled_by_several as (
    select
        c.document_key as document_key,
        c.instalment_number as instalment_number,
        sum(s.settled_amount) as settled_amount
    from claimable as c
    inner join divided_settlements as s
        on s.document_key = c.document_key and s.instalment_number = c.instalment_number
    inner join exits as e on e.credit_kind = s.credit_kind
    where c.settlement_count > 1
        and (e.exit = 'credited' or s.settled_on <= coalesce(c.free_until, c.due_date))
    group by c.document_key, c.instalment_number
),

reduced as (
    select
        c.document_key as document_key,
        c.instalment_number as instalment_number,
        c.account_key as account_key,
        c.currency as currency,
        c.is_invoice as is_invoice,
        c.due_date as due_date,
        c.due_amount as due_amount,
        c.settled_on as settled_on,
        c.terms_number as terms_number,
        c.agreed_scheme as agreed_scheme,
        c.free_until as free_until,
        c.is_date_unknown as is_date_unknown,
        case
            when c.settlement_count <> 1 then coalesce(s.settled_amount, 0)
            when c.is_credited or c.settled_on <= coalesce(c.free_until, c.due_date) then c.settled_amount
            else 0
        end as reducing_amount,
        case
            when c.settlement_count = 1 and not c.is_credited and c.settled_on > c.free_until then c.settled_amount
        end as sole_amount
    from claimable as c
    left join settled_by_several as s
        on s.document_key = c.document_key and s.instalment_number = c.instalment_number
),

waivers as (
    select
        k.client as client,
        k.document_id as document_id,
        max(k.contact_date) as waived_on
    from contacts as k
    inner join interest_ends as e on e.outcome = lower(trim(k.outcome))
    where k.kind = 'note'
    group by k.client, k.document_id
),

account_waivers as (
    select a.account_key as account_key, w.waived_on as waived_on
    from waivers as w
    inner join accounts as a on a.client = w.client
    where w.document_id is null
),

document_waivers as (
    select d.document_key as document_key, w.waived_on as waived_on
    from waivers as w
    inner join debits as d on d.client = w.client and d.document_id = w.document_id
)

select
    r.document_key as document_key,
    r.instalment_number as instalment_number,
    r.account_key as account_key,
    r.currency as currency,
    r.is_invoice as is_invoice,
    r.due_date as due_date,
    coalesce(r.agreed_scheme, t.scheme) as scheme,
    r.free_until as free_until,
    cast(r.due_amount - r.reducing_amount as decimal(18, 4)) as late_amount,
    r.settled_on as settled_on,
    r.sole_amount as sole_amount,
    greatest(w.waived_on, a.waived_on) as waived_on,
    case
        when r.agreed_scheme is null and t.reason is not null then t.reason
        when r.agreed_scheme is not null and t.is_consumer then 'a consumer: these rules are for business debts'
        when r.agreed_scheme is not null and s.base_rate > t.contract_cap_rate
            then 'the agreed rate is above what the law of the client allows'
        when r.free_until is null and s.starts_with_reminder then 'no due date is agreed, and no reminder is on record'
        when r.free_until is null then 'no due date is agreed'
        when r.is_date_unknown then 'the day of a payment is not known'
    end as reason
from reduced as r
inner join interest_terms as t on t.terms_number = r.terms_number
left join interest_schemes as s on s.scheme = coalesce(r.agreed_scheme, t.scheme)
left join document_waivers as w on w.document_key = r.document_key
left join account_waivers as a on a.account_key = r.account_key
where (r.free_until is null or r.free_until < $as_of)
    and r.due_amount > r.reducing_amount
