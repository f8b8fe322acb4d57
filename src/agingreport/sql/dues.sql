-- What falls due when: each debit posted by the close of as_of, in its instalments where it has them.
-- Instalments never add up to more than the document; what they leave over falls due with the document.
-- shared
-- grain: document_id, instalment_number
-- document_id: text
-- instalment_number: 1 for the earliest part
-- is_single: the document falls due in one sum
-- kind: invoice, journal_debit or refund
-- client: key of the client
-- number: what the client sees on the paper; null where the export has none
-- currency: ISO 4217
-- document_date: date of issue
-- due_date: as exported, else by the terms, else that of the payment it gives back, else the document date
-- aged_from: due_date, or document_date where the policy ages by that
-- due_from: currency; what the earlier parts add up to
-- due_amount: currency; always > 0
-- is_disputed: the export marks it as disputed
with parts_in_order as (
    select
        i.document_id as document_id,
        i.due_date as due_date,
        i.amount as amount,
        d.amount as document_amount,
        coalesce(sum(i.amount) over (
            partition by i.document_id order by i.due_date rows between unbounded preceding and 1 preceding
        ), 0) as due_from
    from instalments as i
    inner join debits as d on d.document_id = i.document_id
),

parts_within_document as (
    select
        p.document_id as document_id,
        p.due_date as due_date,
        p.due_from as due_from,
        least(p.amount, p.document_amount - p.due_from) as due_amount
    from parts_in_order as p
    where p.due_from < p.document_amount
),

in_parts as (
    select
        p.document_id as document_id,
        sum(p.due_amount) as due_amount,
        max(p.due_date) as last_due_date
    from parts_within_document as p
    group by p.document_id
),

resolved as (
    select
        d.document_id as document_id,
        d.kind as kind,
        d.client as client,
        d.number as number,
        d.currency as currency,
        d.document_date as document_date,
        coalesce(d.due_date, r.due_date, d.document_date) as due_date,
        d.amount as amount,
        d.is_disputed as is_disputed
    from debits as d
    left join reopened as r on r.document_id = d.document_id
),

all_parts as (
    select
        d.document_id as document_id,
        true as is_single,
        d.due_date as due_date,
        cast(0 as decimal(18, 4)) as due_from,
        d.amount as due_amount
    from resolved as d
    where d.document_id not in (select n.document_id from in_parts as n)
    union all
    select p.document_id, false, p.due_date, cast(p.due_from as decimal(18, 4)), cast(p.due_amount as decimal(18, 4))
    from parts_within_document as p
    union all
    select d.document_id, false, greatest(d.due_date, n.last_due_date), cast(n.due_amount as decimal(18, 4)), cast(d.amount - n.due_amount as decimal(18, 4))
    from resolved as d
    inner join in_parts as n on n.document_id = d.document_id
    where n.due_amount < d.amount
)

select
    d.document_id as document_id,
    case
        when a.is_single then 1
        else row_number() over (partition by d.document_id order by a.due_from)
    end as instalment_number,
    a.is_single as is_single,
    d.kind as kind,
    d.client as client,
    d.number as number,
    d.currency as currency,
    d.document_date as document_date,
    a.due_date as due_date,
    case when v.aging_basis = 'document_date' then d.document_date else a.due_date end as aged_from,
    a.due_from as due_from,
    a.due_amount as due_amount,
    d.is_disputed as is_disputed
from all_parts as a
inner join resolved as d on d.document_id = a.document_id
cross join conventions as v
