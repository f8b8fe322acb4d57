-- Each client's account in each currency it has debits in, under a number that is quicker to join and to group by.
-- kept
-- grain: account_key
-- account_key: 1 for the first; of one load only, another may number them anew
-- client_key: 1 for the first client; quicker to group by than its name
-- client: key of the client
-- currency: ISO 4217
select
    row_number() over (order by d.client, d.currency) as account_key,
    dense_rank() over (order by d.client) as client_key,
    d.client as client,
    d.currency as currency
from (select distinct d.client as client, d.currency as currency from dated_debits as d) as d
