-- Each invoice, or part of one, that was still open after the last day that bears no interest, paid since or not.
-- What was credited was never owed and bears none. A payment given back, such as a bounced cheque, is owed again from
-- the day it was given back.
-- shared
-- grain: document_id, instalment_number
-- document_id: the invoice, or the refund that reopens one
-- instalment_number: 1 for the earliest part
-- client: key of the client
-- currency: ISO 4217
-- kind: invoice or refund
-- number: what the client sees on the paper; null where the export has none
-- document_date: date of issue
-- due_date: as in dues
-- scheme: the rule on late payment; null = none
-- free_until: last day that bears no interest: the due date with the rule's days of grace; null = unknown: no due date is agreed, and the rule has none
-- late_amount: currency; open at the close of free_until, or of the due date where that is unknown, less credits; > 0
-- waived_on: latest day on record that ended what was claimed until then; null = never
-- is_payment_date_unknown: a payment is known only from later exports, so its day is not
-- reason: why nothing can be worked out; null = it can
with undated as (
    select
        d.document_id as document_id,
        min(k.contact_date) as asked_on
    from debits as d
    left join contacts as k
        on k.client = d.client
        and (k.document_id is null or k.document_id = d.document_id)
        and k.contact_date >= d.document_date
        and k.kind in ('reminder', 'demand_letter')
    where d.due_date is null
    group by d.document_id
),

agreed as (
    select d.document_id as document_id, k.scheme as scheme
    from debits as d
    inner join interest_contracts as k on k.document = d.document_id or k.document = d.number
),

claimable as (
    select
        d.document_id as document_id,
        d.instalment_number as instalment_number,
        d.client as client,
        d.currency as currency,
        d.kind as kind,
        d.number as number,
        d.document_date as document_date,
        d.due_date as due_date,
        d.due_amount as due_amount,
        coalesce(a.scheme, t.scheme) as scheme,
        case
            when a.scheme is null then t.reason
            when t.is_consumer then 'a consumer: these rules are for business debts'
            when s.base_rate > t.contract_cap_rate then 'the agreed rate is above what the law of the client allows'
        end as reason,
        coalesce(s.starts_with_reminder, false) as starts_with_reminder,
        case
            when d.is_single and d.kind = 'invoice' and u.document_id is not null
                then least(
                    d.document_date + s.days_without_due_date, case when s.starts_with_reminder then u.asked_on end
                ) + s.grace_days
            else greatest(d.due_date, d.document_date) + coalesce(s.grace_days, 0)
        end as free_until
    from dues as d
    inner join interest_terms as t on t.client = d.client
    left join agreed as a on a.document_id = d.document_id
    left join interest_schemes as s on s.scheme = coalesce(a.scheme, t.scheme)
    left join undated as u on u.document_id = d.document_id
    where (d.kind = 'invoice' or d.document_id in (select r.document_id from reopened as r))
        and d.due_date < $as_of
),

settled as (
    select
        c.document_id as document_id,
        c.instalment_number as instalment_number,
        sum(s.settled_amount) filter (
            where e.exit = 'credited' or s.settled_on <= coalesce(c.free_until, c.due_date)
        ) as settled_amount,
        bool_or(coalesce(s.date_basis = 'assumed', false)) as is_payment_date_unknown
    from claimable as c
    inner join due_settlements as s
        on s.document_id = c.document_id and s.instalment_number = c.instalment_number
    inner join exits as e on e.credit_kind = s.credit_kind
    where e.exit = 'credited'
        or s.settled_on <= coalesce(c.free_until, c.due_date)
        or s.date_basis = 'assumed'
    group by c.document_id, c.instalment_number
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
)

select
    c.document_id as document_id,
    c.instalment_number as instalment_number,
    c.client as client,
    c.currency as currency,
    c.kind as kind,
    c.number as number,
    c.document_date as document_date,
    c.due_date as due_date,
    c.scheme as scheme,
    c.free_until as free_until,
    cast(c.due_amount - coalesce(s.settled_amount, 0) as decimal(18, 4)) as late_amount,
    greatest(w.waived_on, a.waived_on) as waived_on,
    coalesce(s.is_payment_date_unknown, false) as is_payment_date_unknown,
    case
        when c.reason is not null then c.reason
        when c.free_until is null and c.starts_with_reminder then 'no due date is agreed, and no reminder is on record'
        when c.free_until is null then 'no due date is agreed'
        when s.is_payment_date_unknown then 'the day of a payment is not known'
    end as reason
from claimable as c
left join settled as s on s.document_id = c.document_id and s.instalment_number = c.instalment_number
left join waivers as w on w.client = c.client and w.document_id = c.document_id
left join waivers as a on a.client = c.client and a.document_id is null
where (c.free_until is null or c.free_until < $as_of)
    and c.due_amount > coalesce(s.settled_amount, 0)
