-- Which credit has settled which debit by the close of as_of, and on what day.
-- An allocation counts up to what is left of its credit and then up to what is left of its debit, earliest first;
-- the rest of it stays unapplied. It needs both documents posted, in one currency.
-- shared
-- grain: debit_id, credit_id, allocated_on
-- debit_id: document that is settled
-- credit_id: document that settles it
-- allocated_on: day of matching; null = unknown
-- client: client of the debit
-- currency: of both documents
-- credit_kind: kind of the credit
-- settled_on: later of the two document dates, or by policy the day of matching where that is later still
-- settled_amount: currency of the documents; always > 0
-- origin: export, or derived where the match is ours
-- date_basis: what the date of a derived credit rests on; null for exported ones
with paired as (
    select
        a.debit_id as debit_id,
        a.credit_id as credit_id,
        a.allocated_on as allocated_on,
        d.client as client,
        d.currency as currency,
        c.kind as credit_kind,
        case
            when v.allocation_effective = 'allocation'
                then greatest(d.document_date, c.document_date, coalesce(a.allocated_on, d.document_date))
            else greatest(d.document_date, c.document_date)
        end as settled_on,
        a.amount as allocated_amount,
        d.amount as debit_amount,
        c.amount as credit_amount,
        a.origin as origin,
        c.date_basis as date_basis
    from allocations as a
    inner join debits as d on d.document_id = a.debit_id
    inner join credits as c on c.document_id = a.credit_id and c.currency = d.currency
    cross join conventions as v
),

-- Running sums are needed only where more was allocated than there is: about one document in a hundred.
overdrawn_credits as (
    select p.credit_id as credit_id
    from paired as p
    where p.settled_on <= $as_of
    group by p.credit_id
    having sum(p.allocated_amount) > min(p.credit_amount)
),

drawn as (
    select
        p.debit_id as debit_id,
        p.credit_id as credit_id,
        p.allocated_on as allocated_on,
        p.client as client,
        p.currency as currency,
        p.credit_kind as credit_kind,
        p.settled_on as settled_on,
        p.debit_amount as debit_amount,
        p.allocated_amount as drawn_amount,
        p.origin as origin,
        p.date_basis as date_basis
    from paired as p
    where p.settled_on <= $as_of
        and p.credit_id not in (select o.credit_id from overdrawn_credits as o)
    union all
    select
        p.debit_id,
        p.credit_id,
        p.allocated_on,
        p.client,
        p.currency,
        p.credit_kind,
        p.settled_on,
        p.debit_amount,
        least(p.allocated_amount, p.credit_amount - coalesce(sum(p.allocated_amount) over (
            partition by p.credit_id
            order by p.settled_on, p.allocated_on, p.debit_id
            rows between unbounded preceding and 1 preceding
        ), 0)),
        p.origin,
        p.date_basis
    from paired as p
    where p.settled_on <= $as_of
        and p.credit_id in (select o.credit_id from overdrawn_credits as o)
),

oversettled_debits as (
    select d.debit_id as debit_id
    from drawn as d
    where d.drawn_amount > 0
    group by d.debit_id
    having sum(d.drawn_amount) > min(d.debit_amount)
),

settled as (
    select
        d.debit_id as debit_id,
        d.credit_id as credit_id,
        d.allocated_on as allocated_on,
        d.client as client,
        d.currency as currency,
        d.credit_kind as credit_kind,
        d.settled_on as settled_on,
        d.drawn_amount as settled_amount,
        d.origin as origin,
        d.date_basis as date_basis
    from drawn as d
    where d.drawn_amount > 0
        and d.debit_id not in (select o.debit_id from oversettled_debits as o)
    union all
    select
        d.debit_id,
        d.credit_id,
        d.allocated_on,
        d.client,
        d.currency,
        d.credit_kind,
        d.settled_on,
        least(d.drawn_amount, d.debit_amount - coalesce(sum(d.drawn_amount) over (
            partition by d.debit_id
            order by d.settled_on, d.allocated_on, d.credit_id
            rows between unbounded preceding and 1 preceding
        ), 0)),
        d.origin,
        d.date_basis
    from drawn as d
    where d.drawn_amount > 0
        and d.debit_id in (select o.debit_id from oversettled_debits as o)
)

select
    s.debit_id as debit_id,
    s.credit_id as credit_id,
    s.allocated_on as allocated_on,
    s.client as client,
    s.currency as currency,
    s.credit_kind as credit_kind,
    s.settled_on as settled_on,
    cast(s.settled_amount as decimal(18, 4)) as settled_amount,
    s.origin as origin,
    s.date_basis as date_basis
from settled as s
where s.settled_amount > 0
