-- What came in on debts after they had been written off, by the close of as_of.
-- A payment set against such a debt counts with what its open rest does not take; where no payment is on the books,
-- what is on record as a recovery counts instead. No more is recovered than was written off: what is paid beyond it is
-- paid too much.
-- formula: recovered_amount = payment set against a debt written off, less what its open rest took
-- credits: only payments are recoveries; credit notes are none
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: our own
-- shared
-- grain: document_id, recovered_on, paid_on
-- document_id: the debt
-- client: key of the client
-- currency: ISO 4217
-- recovered_on: day it counts from, as a settlement would
-- paid_on: day of the payment, or of the record
-- recovered_amount: currency; > 0
-- origin: payment, or record where no payment is on the books
with losses as (
    select
        s.debit_key as document_key,
        s.debit_id as document_id,
        min(s.client) as client,
        min(s.currency) as currency,
        min(s.settled_on) as written_off_on,
        sum(s.settled_amount) as written_off_amount
    from settlements as s
    where s.credit_kind = 'write_off'
    group by s.debit_key, s.debit_id
),

allotted as (
    select
        l.document_id as document_id,
        l.written_off_on as written_off_on,
        c.document_date as paid_on,
        case when v.allocation_effective = 'allocation' then p.matched_on else p.documented_on end as recovered_on,
        least(p.allocated_amount, p.credit_amount) - coalesce(s.settled_amount, 0) as amount
    from losses as l
    inner join pairs as p on p.debit_key = l.document_key
    inner join credits as c on c.document_key = p.credit_key
    left join settlements as s
        on s.debit_key = p.debit_key
        and s.credit_key = p.credit_key
        and coalesce(s.allocated_on, date '0001-01-01') = coalesce(p.allocated_on, date '0001-01-01')
    cross join conventions as v
    where p.credit_kind = 'payment'
),

daily as (
    select
        p.document_id as document_id,
        p.recovered_on as recovered_on,
        p.paid_on as paid_on,
        sum(p.amount) as paid_amount
    from allotted as p
    where p.amount > 0
        and p.recovered_on > p.written_off_on
        and p.recovered_on <= $as_of
    group by p.document_id, p.recovered_on, p.paid_on
),

in_order as (
    select
        d.document_id as document_id,
        d.recovered_on as recovered_on,
        d.paid_on as paid_on,
        d.paid_amount as paid_amount,
        l.written_off_amount - coalesce(sum(d.paid_amount) over (
            partition by d.document_id
            order by d.recovered_on, d.paid_on
            rows between unbounded preceding and 1 preceding
        ), 0) as lost_amount
    from daily as d
    inner join losses as l on l.document_id = d.document_id
),

paid as (
    select
        o.document_id as document_id,
        o.recovered_on as recovered_on,
        o.paid_on as paid_on,
        least(o.paid_amount, o.lost_amount) as recovered_amount
    from in_order as o
    where o.lost_amount > 0
),

recorded as (
    select
        k.document_id as document_id,
        k.contact_date as recovered_on,
        sum(k.promised_amount) as recovered_amount
    from contacts as k
    inner join losses as l on l.document_id = k.document_id
    where k.kind = 'recovery'
        and k.contact_date <= $as_of
        and k.document_id not in (select p.document_id from paid as p)
    group by k.document_id, k.contact_date
    having sum(k.promised_amount) > 0
),

found as (
    select
        p.document_id as document_id,
        p.recovered_on as recovered_on,
        p.paid_on as paid_on,
        p.recovered_amount as recovered_amount,
        'payment' as origin
    from paid as p
    union all
    select r.document_id, r.recovered_on, r.recovered_on, r.recovered_amount, 'record'
    from recorded as r
)

select
    f.document_id as document_id,
    l.client as client,
    l.currency as currency,
    f.recovered_on as recovered_on,
    f.paid_on as paid_on,
    cast(f.recovered_amount as decimal(18, 4)) as recovered_amount,
    f.origin as origin
from found as f
inner join losses as l on l.document_id = f.document_id
order by f.document_id, f.recovered_on, f.paid_on
