-- What counts of the allocations that compete for a credit or a debit that is too small for all of them, on any date.
-- An allocation counts up to what is left of its credit and then up to what is left of its debit, earliest first: what
-- comes later changes nothing about what came before. Such are about one in a hundred, so only these need running sums.
-- Worked out for both days that a policy may count from.
-- kept
-- grain: debit_id, credit_id, allocated_on, is_by_match
-- debit_id: document that is settled
-- credit_id: document that settles it
-- debit_key: document_key of the debit; for joins
-- credit_key: document_key of the credit; for joins
-- allocated_on: day of matching; null = unknown
-- client: client of the debit
-- currency: of both documents
-- credit_kind: kind of the credit
-- is_by_match: settled_on is the day of matching where that is later still, and earliest first goes by that
-- settled_on: later of the two document dates
-- settled_amount: currency of the documents; always > 0
-- is_sole: the debit has no other allocation, on any date
-- origin: export, or derived where the match is ours
-- date_basis: what the date of a derived credit rests on; null for exported ones
with contested as (
    select
        p.debit_id as debit_id,
        p.credit_id as credit_id,
        p.debit_key as debit_key,
        p.credit_key as credit_key,
        p.allocated_on as allocated_on,
        p.client as client,
        p.currency as currency,
        p.credit_kind as credit_kind,
        w.is_by_match as is_by_match,
        case when w.is_by_match then p.matched_on else p.documented_on end as settled_on,
        p.allocated_amount as allocated_amount,
        p.debit_amount as debit_amount,
        p.credit_amount as credit_amount,
        p.is_sole as is_sole,
        p.origin as origin,
        p.date_basis as date_basis
    from pairs as p
    cross join (values (false), (true)) as w(is_by_match)
    where p.is_contested
),

drawn as (
    select
        c.debit_id as debit_id,
        c.credit_id as credit_id,
        c.debit_key as debit_key,
        c.credit_key as credit_key,
        c.allocated_on as allocated_on,
        c.client as client,
        c.currency as currency,
        c.credit_kind as credit_kind,
        c.is_by_match as is_by_match,
        c.settled_on as settled_on,
        c.debit_amount as debit_amount,
        c.is_sole as is_sole,
        c.origin as origin,
        c.date_basis as date_basis,
        least(c.allocated_amount, c.credit_amount - coalesce(sum(c.allocated_amount) over (
            partition by c.is_by_match, c.credit_key
            order by c.settled_on, c.allocated_on, c.debit_id
            rows between unbounded preceding and 1 preceding
        ), 0)) as drawn_amount
    from contested as c
),

limited as (
    select
        d.debit_id as debit_id,
        d.credit_id as credit_id,
        d.debit_key as debit_key,
        d.credit_key as credit_key,
        d.allocated_on as allocated_on,
        d.client as client,
        d.currency as currency,
        d.credit_kind as credit_kind,
        d.is_by_match as is_by_match,
        d.settled_on as settled_on,
        d.is_sole as is_sole,
        d.origin as origin,
        d.date_basis as date_basis,
        least(d.drawn_amount, d.debit_amount - coalesce(sum(d.drawn_amount) over (
            partition by d.is_by_match, d.debit_key
            order by d.settled_on, d.allocated_on, d.credit_id
            rows between unbounded preceding and 1 preceding
        ), 0)) as settled_amount
    from drawn as d
    where d.drawn_amount > 0
)

select
    l.debit_id as debit_id,
    l.credit_id as credit_id,
    l.debit_key as debit_key,
    l.credit_key as credit_key,
    l.allocated_on as allocated_on,
    l.client as client,
    l.currency as currency,
    l.credit_kind as credit_kind,
    l.is_by_match as is_by_match,
    l.settled_on as settled_on,
    cast(l.settled_amount as decimal(18, 4)) as settled_amount,
    l.is_sole as is_sole,
    l.origin as origin,
    l.date_basis as date_basis
from limited as l
where l.settled_amount > 0
