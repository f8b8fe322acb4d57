-- What the user's books say the clients owe in all, as the ledger knew it at the close of known_on.
-- grain: control_date, currency
-- control_date: close of that day
-- currency: ISO 4217
-- balance: open less unapplied, by the user's own books
select
    b.control_date as control_date,
    b.currency as currency,
    b.balance as balance
from ledger.control_balances as b
where b.loaded_by <= $known_load
    and (b.replaced_by is null or b.replaced_by > $known_load)
