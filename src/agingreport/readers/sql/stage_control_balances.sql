-- Typed rows -> staged control balances; the last row of a day and currency speaks.
insert into staged_control_balances
select
    control_date,
    currency,
    balance,
    min(source_row) over (partition by control_date, currency),
    count(*) over (partition by control_date, currency)
from typed_rows
where refusal is null
qualify row_number() over (partition by control_date, currency order by source_row desc) = 1
