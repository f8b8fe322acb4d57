-- A line that names no currency has that of the other lines of its document, where they agree on one. A line without a
-- number is a document by itself.
create or replace temp table named_lines as
with lines as (
    select
        source_row,
        clean(currency) as currency,
        concat_ws(
            chr(31),
            coalesce(lower(clean(number)), cast(source_row as varchar)),
            coalesce(folded(clean(client)), ''),
            coalesce(clean(document_date), ''),
            coalesce(clean(kind), '')
        ) as document_words
    from numbered_rows
)
select
    source_row,
    case
        when currency is null
            and min(currency) over (partition by document_words) = max(currency) over (partition by document_words)
            then min(currency) over (partition by document_words)
    end as currency
from lines;

create or replace temp table text_rows as
select numbered_rows.* replace (coalesce(named_lines.currency, numbered_rows.currency) as currency)
from numbered_rows
inner join named_lines on named_lines.source_row = numbered_rows.source_row
