-- What came in on debts after they had been written off, day by day, by the close of as_of.
-- A payment set against such a debt counts with what its open rest does not take; where no payment is on the books,
-- what is on record as a recovery counts instead.
-- grain: document_id, recovered_on
-- document_id: the debt
-- client: key of the client
-- currency: ISO 4217
-- recovered_on: day of the payment, or of the record
-- recovered_amount: currency; > 0
-- origin: payment, or record where no payment is on the books
with losses as (
    select
        s.debit_id as document_id,
        min(s.client) as client,
        min(s.currency) as currency,
        min(s.settled_on) as written_off_on
    from settlements as s
    where s.credit_kind = 'write_off'
    group by s.debit_id
),

used as (
    select
        s.debit_id as document_id,
        s.credit_id as credit_id,
        sum(s.settled_amount) as settled_amount
    from settlements as s
    inner join losses as l on l.document_id = s.debit_id
    group by s.debit_id, s.credit_id
),

allotted as (
    select
        l.document_id as document_id,
        c.document_id as credit_id,
        c.document_date as paid_on,
        sum(a.amount) as amount
    from losses as l
    inner join allocations as a on a.debit_id = l.document_id
    inner join credits as c on c.document_id = a.credit_id and c.currency = l.currency
    where c.kind = 'payment'
        and c.document_date > l.written_off_on
    group by l.document_id, c.document_id, c.document_date
),

paid as (
    select
        p.document_id as document_id,
        p.paid_on as recovered_on,
        sum(p.amount - coalesce(u.settled_amount, 0)) as recovered_amount
    from allotted as p
    left join used as u on u.document_id = p.document_id and u.credit_id = p.credit_id
    where p.amount > coalesce(u.settled_amount, 0)
    group by p.document_id, p.paid_on
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
    select p.document_id as document_id, p.recovered_on as recovered_on, p.recovered_amount as recovered_amount, 'payment' as origin
    from paid as p
    union all
    select r.document_id, r.recovered_on, r.recovered_amount, 'record'
    from recorded as r
)

select
    f.document_id as document_id,
    l.client as client,
    l.currency as currency,
    f.recovered_on as recovered_on,
    cast(f.recovered_amount as decimal(18, 4)) as recovered_amount,
    f.origin as origin
from found as f
inner join losses as l on l.document_id = f.document_id
order by f.document_id, f.recovered_on
