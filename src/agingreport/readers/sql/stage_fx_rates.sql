-- Typed rows -> staged rates; the last row of a day and currency speaks.
insert into staged_fx_rates
select
    rate_date,
    currency,
    rate,
    min(source_row) over (partition by rate_date, currency),
    count(*) over (partition by rate_date, currency)
from typed_rows
where refusal is null
qualify row_number() over (partition by rate_date, currency order by source_row desc) = 1
