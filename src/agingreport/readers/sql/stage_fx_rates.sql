-- Typed rows -> staged rates; the last row of a day and pair of currencies speaks.
insert into staged_fx_rates
select
    rate_date,
    currency,
    quote_currency,
    rate,
    min(source_row) over (partition by rate_date, currency, quote_currency),
    count(*) over (partition by rate_date, currency, quote_currency)
from typed_rows
where refusal is null
qualify row_number() over (partition by rate_date, currency, quote_currency order by source_row desc) = 1
