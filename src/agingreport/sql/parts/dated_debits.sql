-- What was billed or otherwise put on a client's account, whatever its date: posted debits with the due date agreed.
-- grain: document_id
-- document_id: text
-- document_key: as in documents; for joins
-- kind: invoice, journal_debit or refund
-- client: key of the client
-- number: what the client sees on the paper; null where the export has none
-- document_date: date of issue
-- due_date: as exported, else by the terms; null = neither is known, or the terms may mean more than one day
-- amount: currency of the document; always > 0
-- currency: ISO 4217
-- tax_amount: currency of the document, part of amount; null = unknown
-- is_disputed: the export marks it as disputed
select
    d.document_id as document_id,
    d.document_key as document_key,
    d.kind as kind,
    d.client as client,
    d.number as number,
    d.document_date as document_date,
    coalesce(
        d.due_date,
        case
            when regexp_matches(lower(d.terms), '^(net |due )?(at |by )?(the )?(eom|end of (the )?month|month[- ]end)$')
                then last_day(d.document_date)
            -- "30 days end of month": some count to the end of a month, some from it. "The 15th": of which month?
            when regexp_matches(lower(d.terms), 'eom|end of|month[- ]end|following month|next month|[0-9](st|nd|rd|th)\b')
                or regexp_matches(lower(d.terms), 'fin de|monatsende|fine mese|月末|月结')
                then null
            else cast(coalesce(
                d.document_date + interval 1 month * try_cast(nullif(regexp_extract(
                    lower(d.terms), '^[^0-9]*([0-9]+)\s*(?:(?:months?|monate?|mois|mes|meses|mesi)\b|个月)[^0-9]*$', 1
                ), '') as integer),
                d.document_date + 7 * try_cast(nullif(regexp_extract(
                    lower(d.terms), '^[^0-9]*([0-9]+)\s*(?:(?:weeks?|wochen?|semaines?|semanas?|settimane)\b|周)[^0-9]*$', 1
                ), '') as integer),
                -- "Net 30", "2/10 net 30", "30 days": the days after the word net, else the only number, if it is no share
                d.document_date + coalesce(
                    try_cast(nullif(regexp_extract(lower(d.terms), 'net\s*([0-9]+)', 1), '') as integer),
                    try_cast(nullif(regexp_extract(lower(d.terms), '^[^0-9]*([0-9]+)[^0-9%]*$', 1), '') as integer)
                )
            ) as date)
        end
    ) as due_date,
    d.amount as amount,
    d.currency as currency,
    d.tax_amount as tax_amount,
    d.is_disputed as is_disputed
from documents as d
where d.kind in ('invoice', 'journal_debit', 'refund')
    and d.status = 'posted'
