-- The proof that the figures tie at the close of as_of, each total counted by a way of its own.
-- formula: balance = open_amount - unapplied_amount = document_balance = rolled_balance
-- credits: count in full: set against debts they lower open_amount, else they are unapplied
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: our own: one total by four ways
-- grain: currency
-- currency: ISO 4217; of a document, or of a control balance of this day alone
-- bucket_amount: sum of aging
-- open_amount: sum of open_items
-- unapplied_amount: sum of unapplied
-- balance: open_amount less unapplied_amount
-- document_balance: all posted debits less all posted credits, without looking at any allocation
-- rolled_balance: closing balance of rollforward
-- difference: sum of the distances between totals that must be equal; 0 = the figures tie
-- control_balance: what the user's own books say on this day; null = not given
-- control_difference: balance less control_balance; null = not given
with bucketed as (
    select a.currency as currency, sum(a.open_amount) as bucket_amount
    from aging as a
    group by a.currency
),

opened as (
    select o.currency as currency, sum(o.open_amount) as open_amount
    from open_items as o
    group by o.currency
),

in_credit as (
    select u.currency as currency, sum(u.unapplied_amount) as unapplied_amount
    from unapplied as u
    group by u.currency
),

documented as (
    select
        d.currency as currency,
        sum(case when d.kind in ('invoice', 'journal_debit', 'refund') then d.amount else -d.amount end) as document_balance
    from documents as d
    where d.status = 'posted'
        and d.document_date <= $as_of
    group by d.currency
),

in_control as (
    select c.currency as currency, c.balance as control_balance
    from control_balances as c
    where c.control_date = $as_of
),

-- Also a currency that only the user's own books know.
currencies as (
    select d.currency as currency from documented as d
    union
    select c.currency from in_control as c
),

rolled as (
    select r.currency as currency, r.closing_balance as rolled_balance
    from rollforward as r
    where r.month_end = $as_of
),

totals as (
    select
        k.currency as currency,
        coalesce(b.bucket_amount, 0) as bucket_amount,
        coalesce(o.open_amount, 0) as open_amount,
        coalesce(u.unapplied_amount, 0) as unapplied_amount,
        coalesce(o.open_amount, 0) - coalesce(u.unapplied_amount, 0) as balance,
        coalesce(m.document_balance, 0) as document_balance,
        coalesce(r.rolled_balance, 0) as rolled_balance,
        c.control_balance as control_balance
    from currencies as k
    left join documented as m on m.currency = k.currency
    left join bucketed as b on b.currency = k.currency
    left join opened as o on o.currency = k.currency
    left join in_credit as u on u.currency = k.currency
    left join rolled as r on r.currency = k.currency
    left join in_control as c on c.currency = k.currency
)

select
    t.currency as currency,
    cast(t.bucket_amount as decimal(18, 4)) as bucket_amount,
    cast(t.open_amount as decimal(18, 4)) as open_amount,
    cast(t.unapplied_amount as decimal(18, 4)) as unapplied_amount,
    cast(t.balance as decimal(18, 4)) as balance,
    cast(t.document_balance as decimal(18, 4)) as document_balance,
    cast(t.rolled_balance as decimal(18, 4)) as rolled_balance,
    cast(
        abs(t.bucket_amount - t.open_amount) + abs(t.balance - t.document_balance) + abs(t.rolled_balance - t.balance)
        as decimal(18, 4)
    ) as difference,
    t.control_balance as control_balance,
    cast(t.balance - t.control_balance as decimal(18, 4)) as control_difference
from totals as t
order by t.currency
