-- How far our balance and the user's own books were apart at each month end, and in which month that changed.
-- A difference that comes in one month and goes in the next is a matter of dates; one that stays is a document.
-- formula: control_difference = closing_balance - control_balance
-- credits: all are off the balance, set against debts or not
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: our own
-- shared
-- grain: month_end, currency
-- month_end: close of that day; month ends without a control balance are left out
-- currency: ISO 4217
-- closing_balance: ours, from rollforward; 0 where nothing is on our books in the currency
-- control_balance: theirs
-- control_difference: closing_balance less control_balance; 0 = they agree
-- change_amount: control_difference less that of the month end before with a control balance; null = there is none
with compared as (
    select
        c.control_date as month_end,
        c.currency as currency,
        coalesce(r.closing_balance, 0) as closing_balance,
        c.balance as control_balance,
        cast(coalesce(r.closing_balance, 0) - c.balance as decimal(18, 4)) as control_difference
    from control_balances as c
    inner join month_ends as e on e.month_end = c.control_date
    left join rollforward as r on r.currency = c.currency and r.month_end = c.control_date
)

select
    c.month_end as month_end,
    c.currency as currency,
    c.closing_balance as closing_balance,
    c.control_balance as control_balance,
    c.control_difference as control_difference,
    cast(
        c.control_difference
        - lag(c.control_difference) over (partition by c.currency order by c.month_end) as decimal(18, 4)
    ) as change_amount
from compared as c
order by c.month_end, c.currency
