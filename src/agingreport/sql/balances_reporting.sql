-- What each client owes in each currency at the close of as_of, in the reporting currency, with the rate used.
-- formula: balances * closing rate, to four decimals
-- credits: what is not set against a debt is unapplied_amount, and off the balance
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: IAS 21.23: monetary items at the closing rate
-- shared
-- guarded by missing_closing_rates
-- grain: client, currency
-- client: key of the client
-- currency: ISO 4217; what it is owed in
-- reporting_currency: ISO 4217; what the amounts here are in
-- rate: units of reporting_currency for one of currency
-- rate_date: day of that rate: as_of, or the latest before it
-- open_amount: reporting currency; all that is open; >= 0
-- unapplied_amount: reporting currency; the client's money not yet set against a debt; >= 0
-- balance: reporting currency; open_amount less unapplied_amount; negative where the client is in credit
-- overdue_amount: reporting currency; open and past its due date; >= 0
with converted as (
    select
        b.client as client,
        b.currency as currency,
        r.reporting_currency as reporting_currency,
        r.rate as rate,
        r.rate_date as rate_date,
        cast(b.open_amount * r.rate as decimal(18, 4)) as open_amount,
        cast(b.unapplied_amount * r.rate as decimal(18, 4)) as unapplied_amount,
        cast(b.overdue_amount * r.rate as decimal(18, 4)) as overdue_amount
    from balances as b
    inner join conversion_rates as r on r.currency = b.currency and r.needed_on = $as_of
)

select
    c.client as client,
    c.currency as currency,
    c.reporting_currency as reporting_currency,
    c.rate as rate,
    c.rate_date as rate_date,
    c.open_amount as open_amount,
    c.unapplied_amount as unapplied_amount,
    cast(c.open_amount - c.unapplied_amount as decimal(18, 4)) as balance,
    c.overdue_amount as overdue_amount
from converted as c
order by c.client, c.currency
