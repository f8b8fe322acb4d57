-- Clients' money that has not been set against a debt by the close of as_of: payments, credit notes and other credits.
-- formula: unapplied_amount = amount - applied_amount
-- credits: all kinds of them, as far as they are not set against a debt
-- disputes: do not matter: they are about debts
-- drafts: left out, and so are void documents
-- source: our own
-- shared
-- grain: document_id
-- document_id: the credit
-- client: key of the client
-- currency: ISO 4217
-- kind: credit_note, payment, journal_credit or write_off
-- number: null where the export has none
-- document_date: date of receipt or of issue
-- amount: of the credit; > 0
-- applied_amount: set against debts; >= 0
-- unapplied_amount: amount less applied_amount; > 0
with applied as (
    select
        s.credit_key as document_key,
        sum(s.settled_amount) as applied_amount
    from settlements as s
    inner join loose_credits as l on l.document_key = s.credit_key
    group by s.credit_key
),

-- The others have something left only as long as what takes them does not count yet.
unused as (
    select l.document_key as document_key
    from loose_credits as l
    union all
    select p.credit_key
    from pairs as p
    cross join conventions as v
    where p.is_whole
        and case when v.allocation_effective = 'allocation' then p.matched_on else p.documented_on end > $as_of
)

select
    c.document_id as document_id,
    c.client as client,
    c.currency as currency,
    c.kind as kind,
    c.number as number,
    c.document_date as document_date,
    c.amount as amount,
    cast(coalesce(a.applied_amount, 0) as decimal(18, 4)) as applied_amount,
    cast(c.amount - coalesce(a.applied_amount, 0) as decimal(18, 4)) as unapplied_amount
from credits as c
inner join unused as u on u.document_key = c.document_key
left join applied as a on a.document_key = c.document_key
where c.amount > coalesce(a.applied_amount, 0)
order by c.client, c.currency, c.document_date, c.document_id
