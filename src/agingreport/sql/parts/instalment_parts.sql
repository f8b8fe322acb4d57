-- The parts in which a document falls due, of those documents that have instalments, whatever their date.
-- Instalments never add up to more than the document; what they leave over falls due with the document, or with the
-- last of them where that is later, and is filled last.
-- kept
-- grain: document_key, instalment_number
-- document_key: of the debit
-- instalment_number: 1 for the earliest part
-- due_date: day the part falls due
-- due_from: currency; what the earlier parts add up to
-- due_amount: currency; always > 0
with in_order as (
    select
        d.document_key as document_key,
        d.amount as document_amount,
        coalesce(d.due_date, d.document_date) as document_due_date,
        i.due_date as due_date,
        i.amount as amount,
        coalesce(sum(i.amount) over (
            partition by d.document_key order by i.due_date rows between unbounded preceding and 1 preceding
        ), 0) as due_from
    from instalments as i
    inner join dated_debits as d on d.document_id = i.document_id
),

within_document as (
    select
        o.document_key as document_key,
        o.document_amount as document_amount,
        o.document_due_date as document_due_date,
        o.due_date as due_date,
        o.due_from as due_from,
        least(o.amount, o.document_amount - o.due_from) as due_amount
    from in_order as o
    where o.due_from < o.document_amount
),

all_parts as (
    select w.document_key as document_key, w.due_date as due_date, w.due_from as due_from, w.due_amount as due_amount
    from within_document as w
    union all
    select
        w.document_key,
        greatest(max(w.document_due_date), max(w.due_date)),
        sum(w.due_amount),
        max(w.document_amount) - sum(w.due_amount)
    from within_document as w
    group by w.document_key
    having sum(w.due_amount) < max(w.document_amount)
)

select
    p.document_key as document_key,
    row_number() over (partition by p.document_key order by p.due_from) as instalment_number,
    p.due_date as due_date,
    cast(p.due_from as decimal(18, 4)) as due_from,
    cast(p.due_amount as decimal(18, 4)) as due_amount
from all_parts as p
