-- What may explain a difference between our balance and the user's own books, each candidate with what it would explain.
-- Documents near a month end, not posted or named but missing, derived payments, one document of just the amount that
-- came apart in that month, of it or of the month after, refused rows, other currencies, a currency of which nothing
-- is here, and money that no debt is matched with, where their books leave it out. Which credit settles which debit moves no balance, so it is no cause.
-- Nothing dated after as_of is looked at: ask for a later day to see the month after. A difference that nothing here
-- explains has one row that says so.
-- formula: effect_amount = what control_difference would lose if the cause were mended
-- credits: count with their sign, set against debts or not
-- disputes: disputed debts are in, like all others
-- drafts: listed as a cause, like void documents: the user's books may hold them
-- source: our own
-- grain: month_end, currency, cause, subject
-- month_end: month end where the books differ
-- currency: ISO 4217
-- control_difference: our balance less theirs
-- cause: in words
-- subject: document, file, currency or what is unapplied; the currency itself where no cause was found
-- client: key of the client; null = no one client
-- document_date: null = no one document
-- effect_amount: currency; part of control_difference it would explain; null = cannot be known
-- explains_all: effect_amount is the difference, or just what came apart in that month
with differences as (
    select
        t.month_end as month_end,
        t.currency as currency,
        t.control_difference as control_difference,
        coalesce(t.change_amount, t.control_difference) as change_amount
    from control_trend as t
    where t.control_difference <> 0
),

signed as (
    select
        d.document_id as document_id,
        d.client as client,
        d.currency as currency,
        d.document_date as document_date,
        d.status as status,
        d.origin as origin,
        case when d.kind in ('invoice', 'journal_debit', 'refund') then d.amount else -d.amount end as signed_amount
    from documents as d
    where d.document_date <= $as_of
        and d.currency in (select f.currency from differences as f)
),

near as (
    select
        f.month_end as month_end,
        f.currency as currency,
        case
            when s.document_date <= f.month_end then 'dated in the month after in their books'
            else 'dated in the month before in their books'
        end as cause,
        s.document_id as subject,
        s.client as client,
        s.document_date as document_date,
        case when s.document_date <= f.month_end then s.signed_amount else -s.signed_amount end as effect_amount
    from differences as f
    cross join conventions as v
    inner join signed as s
        on s.currency = f.currency
        and date_diff('day', f.month_end, s.document_date) between 1 - v.cutoff_days and v.cutoff_days
    where s.status = 'posted'
        and s.origin = 'export'
),

not_posted as (
    select
        f.month_end as month_end,
        f.currency as currency,
        concat(s.status, ' here, posted in their books') as cause,
        s.document_id as subject,
        s.client as client,
        s.document_date as document_date,
        -s.signed_amount as effect_amount
    from differences as f
    inner join signed as s on s.currency = f.currency and s.document_date <= f.month_end
    where s.status <> 'posted'
),

of_the_amount as (
    select
        f.month_end as month_end,
        f.currency as currency,
        case
            when s.document_date > f.month_end then 'dated earlier in their books: it has just the amount'
            when s.signed_amount = f.change_amount then 'not in their books'
            else 'on the other side in their books'
        end as cause,
        s.document_id as subject,
        s.client as client,
        s.document_date as document_date,
        f.change_amount as effect_amount
    from differences as f
    cross join conventions as v
    inner join signed as s on s.currency = f.currency and s.document_date >= date_trunc('month', f.month_end)
    where s.status = 'posted'
        and (
            (s.document_date <= f.month_end and (s.signed_amount = f.change_amount or 2 * s.signed_amount = f.change_amount))
            or (
                -s.signed_amount = f.change_amount
                and date_diff('month', f.month_end, s.document_date) = 1
                and date_diff('day', f.month_end, s.document_date) > v.cutoff_days
            )
        )
),

named_but_missing as (
    select
        f.month_end as month_end,
        f.currency as currency,
        'missing here: an allocation names it' as cause,
        case when d.document_id is null then a.debit_id else a.credit_id end as subject,
        min(coalesce(d.client, c.client)) as client,
        cast(null as date) as document_date,
        sum(case when d.document_id is null then -a.amount else a.amount end) as effect_amount
    from differences as f
    cross join allocations as a
    left join documents as d on d.document_id = a.debit_id
    left join documents as c on c.document_id = a.credit_id
    where (d.document_id is null) <> (c.document_id is null)
        and coalesce(d.currency, c.currency) = f.currency
        and coalesce(d.document_date, c.document_date) <= f.month_end
    group by f.month_end, f.currency, case when d.document_id is null then a.debit_id else a.credit_id end
),

unmatched as (
    select
        f.month_end as month_end,
        f.currency as currency,
        'not matched with a debt: left out of their books' as cause,
        'unapplied money of all clients' as subject,
        cast(null as varchar) as client,
        cast(null as date) as document_date,
        min(r.closing_balance) - sum(t.open_amount) as effect_amount
    from differences as f
    inner join aging_trend as t on t.month_end = f.month_end and t.currency = f.currency
    inner join rollforward as r on r.month_end = f.month_end and r.currency = f.currency
    group by f.month_end, f.currency
),

derived_payments as (
    select
        f.month_end as month_end,
        f.currency as currency,
        'derived payments: no export holds them' as cause,
        concat(cast(count(*) as varchar), ' payments') as subject,
        cast(null as varchar) as client,
        cast(null as date) as document_date,
        sum(s.signed_amount) as effect_amount
    from differences as f
    inner join signed as s on s.currency = f.currency and s.document_date <= f.month_end
    where s.origin = 'derived'
    group by f.month_end, f.currency
),

refused_rows as (
    select
        f.month_end as month_end,
        f.currency as currency,
        'refused rows: see rejects' as cause,
        r.file_name as subject,
        cast(null as varchar) as client,
        cast(null as date) as document_date,
        cast(null as decimal(18, 4)) as effect_amount
    from differences as f
    cross join (select distinct j.file_name as file_name from rejects as j) as r
),

other_currencies as (
    select
        f.month_end as month_end,
        f.currency as currency,
        'in another currency, counted in theirs at the closing rate' as cause,
        b.currency as subject,
        cast(null as varchar) as client,
        cast(null as date) as document_date,
        cast(-(b.closing_balance * r.rate) as decimal(18, 4)) as effect_amount
    from differences as f
    inner join rollforward as b on b.month_end = f.month_end and b.currency <> f.currency
    inner join conversion_rates as r on r.currency = b.currency and r.needed_on = b.month_end
    left join control_balances as k on k.currency = b.currency and k.control_date = b.month_end
    where f.currency = r.reporting_currency
        and b.closing_balance <> 0
        and k.currency is null
),

-- Books that do not revalue. What is unapplied has a rate of its own, so nothing is said of currencies with such money.
at_document_rates as (
    select
        f.month_end as month_end,
        f.currency as currency,
        'in another currency, counted in theirs at the rates of the documents' as cause,
        o.currency as subject,
        cast(null as varchar) as client,
        cast(null as date) as document_date,
        -sum(cast(o.open_amount * r.rate as decimal(18, 4))) as effect_amount
    from open_at_month_ends as o
    inner join debits as d on d.document_key = o.document_key
    inner join conversion_rates as r on r.currency = o.currency and r.needed_on = d.document_date
    inner join differences as f on f.month_end = o.month_end and f.currency = r.reporting_currency
    inner join rollforward as b on b.month_end = o.month_end and b.currency = o.currency
    left join control_balances as k on k.currency = o.currency and k.control_date = o.month_end
    where o.currency <> f.currency
        and k.currency is null
    group by f.month_end, f.currency, o.currency
    having sum(o.open_amount) = min(b.closing_balance)
        and count(r.rate) = count(*)
),

nothing_here as (
    select
        f.month_end as month_end,
        f.currency as currency,
        'missing here: all documents in this currency' as cause,
        f.currency as subject,
        cast(null as varchar) as client,
        cast(null as date) as document_date,
        f.control_difference as effect_amount
    from differences as f
    where not exists (
        select 1
        from signed as s
        where s.currency = f.currency and s.document_date <= f.month_end and s.status = 'posted'
    )
),

candidates as (
    select n.month_end, n.currency, n.cause, n.subject, n.client, n.document_date, n.effect_amount from near as n
    union all
    select n.month_end, n.currency, n.cause, n.subject, n.client, n.document_date, n.effect_amount from not_posted as n
    union all
    select o.month_end, o.currency, o.cause, o.subject, o.client, o.document_date, o.effect_amount from of_the_amount as o
    union all
    select m.month_end, m.currency, m.cause, m.subject, m.client, m.document_date, m.effect_amount
    from named_but_missing as m
    union all
    select u.month_end, u.currency, u.cause, u.subject, u.client, u.document_date, u.effect_amount from unmatched as u
    union all
    select p.month_end, p.currency, p.cause, p.subject, p.client, p.document_date, p.effect_amount
    from derived_payments as p
    union all
    select r.month_end, r.currency, r.cause, r.subject, r.client, r.document_date, r.effect_amount
    from refused_rows as r
    union all
    select o.month_end, o.currency, o.cause, o.subject, o.client, o.document_date, o.effect_amount
    from other_currencies as o
    union all
    select a.month_end, a.currency, a.cause, a.subject, a.client, a.document_date, a.effect_amount
    from at_document_rates as a
    union all
    select n.month_end, n.currency, n.cause, n.subject, n.client, n.document_date, n.effect_amount
    from nothing_here as n
),

explaining as (
    select
        c.month_end as month_end,
        c.currency as currency,
        c.cause as cause,
        c.subject as subject,
        c.client as client,
        c.document_date as document_date,
        c.effect_amount as effect_amount
    from differences as f
    inner join candidates as c on c.month_end = f.month_end and c.currency = f.currency
    -- What goes the other way, or further than the books are apart, explains nothing by itself.
    where c.effect_amount is null
        or c.effect_amount = f.change_amount
        or (c.effect_amount * f.control_difference > 0 and abs(c.effect_amount) <= abs(f.control_difference))
)

select
    f.month_end as month_end,
    f.currency as currency,
    f.control_difference as control_difference,
    coalesce(
        e.cause,
        case
            when f.control_difference > 0 then 'none found: they may hold a credit that is missing here, or lack several debts'
            else 'none found: they may hold a debt that is missing here, or lack several credits'
        end
    ) as cause,
    coalesce(e.subject, f.currency) as subject,
    e.client as client,
    e.document_date as document_date,
    cast(e.effect_amount as decimal(18, 4)) as effect_amount,
    coalesce(e.effect_amount = f.control_difference or e.effect_amount = f.change_amount, false) as explains_all
from differences as f
left join explaining as e on e.month_end = f.month_end and e.currency = f.currency
order by f.month_end, f.currency, explains_all desc, cause, subject
