-- What was billed or otherwise put on a client's account, whatever its date: posted debits with the due date agreed.
-- grain: document_id
-- document_id: text
-- document_key: as in documents; for joins
-- kind: invoice, journal_debit or refund
-- client: key of the client
-- number: what the client sees on the paper; null where the export has none
-- document_date: date of issue
-- due_date: as exported, else by the terms, the earlier day where they may mean two; null = neither says a day
-- amount: currency of the document; always > 0
-- currency: ISO 4217
-- tax_amount: currency of the document, part of amount; null = unknown
-- is_disputed: the export marks it as disputed
with worded as (
    select
        d.document_id as document_id,
        d.document_key as document_key,
        d.kind as kind,
        d.client as client,
        d.number as number,
        d.document_date as document_date,
        d.due_date as due_date,
        lower(d.terms) as words,
        -- "Net 30", "2/10 net 30", "30 days": the number after the word net, else the only one, if it is no share
        coalesce(
            try_cast(nullif(regexp_extract(lower(d.terms), 'net\s*([0-9]+)', 1), '') as integer),
            try_cast(nullif(regexp_extract(lower(d.terms), '^[^0-9]*([0-9]+)[^0-9%]*$', 1), '') as integer)
        ) as term_count,
        d.amount as amount,
        d.currency as currency,
        d.tax_amount as tax_amount,
        d.is_disputed as is_disputed
    from documents as d
    where d.kind in ('invoice', 'journal_debit', 'refund')
        and d.status = 'posted'
)

select
    w.document_id as document_id,
    w.document_key as document_key,
    w.kind as kind,
    w.client as client,
    w.number as number,
    w.document_date as document_date,
    cast(
        case
            when w.due_date is not null then w.due_date
            when regexp_matches(w.words, '^(net |due )?(at |by )?(the )?(eom|end of (the )?month|month[- ]end)$')
                then last_day(w.document_date)
            -- "The 15th", "next month": which one is not said.
            when regexp_matches(w.words, 'following month|next month|[0-9](st|nd|rd|th)\b') then null
            -- "30 days end of month" is counted to the end of a month by some, from it by others.
            when regexp_matches(w.words, 'eom|end of|month[- ]end|fin de|monatsende|fine mese|月末|月结')
                then least(last_day(w.document_date + w.term_count), last_day(w.document_date) + w.term_count)
            when regexp_matches(w.words, '[0-9]\s*((months?|monate?|mois|mes|meses|mesi)\b|个月)')
                then w.document_date + interval 1 month * w.term_count
            when regexp_matches(w.words, '[0-9]\s*((weeks?|wochen?|semaines?|semanas?|settimane)\b|周)')
                then w.document_date + 7 * w.term_count
            else w.document_date + w.term_count
        end as date
    ) as due_date,
    w.amount as amount,
    w.currency as currency,
    w.tax_amount as tax_amount,
    w.is_disputed as is_disputed
from worded as w
