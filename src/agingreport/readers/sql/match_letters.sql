-- Documents of one client under one letter settle each other: debits and credits, each in order of date, are laid side by
-- side, and what overlaps is settled. Where one side is a single document this is exact; else it is only the order.
insert into staged_allocations
with lettered as (
    select
        document_id,
        client,
        currency,
        match_letter,
        allocated_on,
        kind in ('invoice', 'journal_debit', 'refund') as is_debit,
        sum(amount) over (
            partition by client, currency, match_letter, kind in ('invoice', 'journal_debit', 'refund')
            order by document_date, source_row
            rows between unbounded preceding and current row
        ) as amount_to,
        amount,
        source_row,
        source_rows
    from spoken_rows
    where match_letter is not null
        and status = 'posted'
)
select
    debits.document_id,
    credits.document_id,
    least(debits.amount_to, credits.amount_to)
        - greatest(debits.amount_to - debits.amount, credits.amount_to - credits.amount),
    coalesce(credits.allocated_on, debits.allocated_on),
    credits.source_row,
    credits.source_rows
from lettered as debits
inner join lettered as credits
    on credits.client = debits.client
    and credits.currency = debits.currency
    and credits.match_letter = debits.match_letter
    and credits.amount_to > debits.amount_to - debits.amount
    and debits.amount_to > credits.amount_to - credits.amount
where debits.is_debit
    and not credits.is_debit
