-- The interest of each late debt, stretch by stretch: the days on which neither the sum owed nor the rate changed.
-- Each payment or write-off lowers the sum from the day after it. Where the rule takes the rate of the day of payment, each payment
-- is a stretch of its own over all the days it was late, and so is what is still open.
-- Where interest bears interest, what accrued is added to the sum after each year, or month, since the debt became late;
-- what was waived or billed is not, so the count begins anew with the day after.
-- shared
-- grain: document_key, instalment_number, from_date, to_date, rate_on
-- document_key: of the late debt, as in documents
-- instalment_number: part of the debt
-- scheme: the rule on late payment
-- from_date: last day before the stretch
-- to_date: last day of the stretch
-- days: to_date less from_date; > 0
-- principal_amount: currency of the debt; what bears interest; > 0
-- rate_on: day whose reference rate counts
-- yearly_rate: reference rate and margin, or the rate agreed; null = the reference rate of rate_on is not known
-- compounded_amount: currency of the debt; part of interest_amount that is interest on former interest; null = unknown
-- interest_amount: currency of the debt; not rounded, but by the day where the rule rounds by the day; null = unknown
-- is_waived: the stretch lies before a waiver
with settled as (
    select
        s.document_key as document_key,
        s.instalment_number as instalment_number,
        sum(s.settled_amount) as settled_amount,
        min(s.settled_on) as first_settled_on,
        max(s.settled_on) as last_settled_on
    from late_settlements as s
    group by s.document_key, s.instalment_number
),

reckoned as (
    select
        l.document_key as document_key,
        l.instalment_number as instalment_number,
        l.scheme as scheme,
        l.free_until as free_until,
        l.late_amount as late_amount,
        l.waived_on as waived_on,
        r.rate_fixing as rate_fixing,
        r.rest_months as rest_months,
        s.first_settled_on as first_settled_on,
        coalesce(s.settled_amount, 0) as settled_amount,
        case when s.settled_amount = l.late_amount then s.last_settled_on else $as_of end as ended_on
    from late_debts as l
    inner join interest_schemes as r on r.scheme = l.scheme
    left join settled as s on s.document_key = l.document_key and s.instalment_number = l.instalment_number
    where l.reason is null
),

-- Four debts in five are one stretch: nothing happens between the first day of interest and the last.
in_one as (
    select
        r.document_key as document_key,
        r.instalment_number as instalment_number,
        r.scheme as scheme,
        r.free_until as free_until,
        r.late_amount as late_amount,
        r.waived_on as waived_on,
        r.rate_fixing as rate_fixing,
        r.rest_months as rest_months,
        r.settled_amount as settled_amount,
        r.ended_on as ended_on,
        coalesce(date_diff('month', r.free_until, r.ended_on) < r.rest_months, true)
            and coalesce(r.first_settled_on >= r.ended_on, true)
            and coalesce(r.waived_on <= r.free_until or r.waived_on >= r.ended_on, true)
            and (
                r.rate_fixing <> 'each_half_year'
                or (
                    extract(year from r.free_until + 1) = extract(year from r.ended_on)
                    and (extract(quarter from r.free_until + 1) > 2) = (extract(quarter from r.ended_on) > 2)
                )
            ) as is_one
    from reckoned as r
),

several as (
    select
        o.document_key as document_key,
        o.instalment_number as instalment_number,
        o.scheme as scheme,
        o.free_until as free_until,
        o.late_amount as late_amount,
        o.waived_on as waived_on,
        o.rate_fixing as rate_fixing,
        o.rest_months as rest_months,
        o.ended_on as ended_on,
        o.settled_amount as settled_amount
    from in_one as o
    where not o.is_one
),

later_settlements as (
    select
        v.document_key as document_key,
        v.instalment_number as instalment_number,
        v.scheme as scheme,
        v.free_until as free_until,
        v.waived_on as waived_on,
        v.rate_fixing as rate_fixing,
        s.settled_on as settled_on,
        s.settled_amount as settled_amount
    from several as v
    inner join late_settlements as s
        on s.document_key = v.document_key and s.instalment_number = v.instalment_number
),

rests as (
    select
        v.document_key as document_key,
        v.instalment_number as instalment_number,
        v.scheme as scheme,
        v.free_until as free_until,
        v.waived_on as waived_on,
        v.rate_fixing as rate_fixing,
        v.ended_on as ended_on,
        v.rest_months * unnest(generate_series(1, date_diff('month', v.free_until, v.ended_on) // v.rest_months)) as months
    from several as v
    where v.rest_months is not null
),

changes as (
    select
        v.document_key as document_key,
        v.instalment_number as instalment_number,
        v.scheme as scheme,
        v.free_until as free_until,
        v.waived_on as waived_on,
        v.rate_fixing as rate_fixing,
        v.free_until as changed_on,
        v.late_amount as change_amount,
        0 as rest_count
    from several as v
    union all
    select p.document_key, p.instalment_number, p.scheme, p.free_until, p.waived_on, p.rate_fixing, p.settled_on, -p.settled_amount, 0
    from later_settlements as p
    union all
    select v.document_key, v.instalment_number, v.scheme, v.free_until, v.waived_on, v.rate_fixing, h.half_year_end, 0, 0
    from several as v
    inner join half_year_ends as h on h.half_year_end > v.free_until and h.half_year_end < $as_of
    where v.rate_fixing = 'each_half_year'
    union all
    select v.document_key, v.instalment_number, v.scheme, v.free_until, v.waived_on, v.rate_fixing, v.waived_on, 0, 0
    from several as v
    where v.waived_on > v.free_until
    union all
    select r.document_key, r.instalment_number, r.scheme, r.free_until, r.waived_on, r.rate_fixing, cast(r.free_until + to_months(r.months) as date), 0, 1
    from rests as r
    where cast(r.free_until + to_months(r.months) as date) < r.ended_on
),

stretches as (
    select
        c.document_key as document_key,
        c.instalment_number as instalment_number,
        c.scheme as scheme,
        c.free_until as free_until,
        c.waived_on as waived_on,
        c.rate_fixing as rate_fixing,
        c.changed_on as from_date,
        lead(c.changed_on, 1, $as_of) over (
            partition by c.document_key, c.instalment_number order by c.changed_on
        ) as to_date,
        sum(sum(c.change_amount)) over (
            partition by c.document_key, c.instalment_number order by c.changed_on
        ) as principal_amount,
        sum(sum(c.rest_count)) over (
            partition by c.document_key, c.instalment_number order by c.changed_on
        ) as rest_number
    from changes as c
    where c.rate_fixing <> 'at_payment'
    group by c.document_key, c.instalment_number, c.scheme, c.free_until, c.waived_on, c.rate_fixing, c.changed_on
),

parted as (
    select
        p.document_key as document_key,
        p.instalment_number as instalment_number,
        p.scheme as scheme,
        p.free_until as free_until,
        p.waived_on as waived_on,
        p.settled_on as paid_on,
        p.settled_amount as paid_amount
    from later_settlements as p
    where p.rate_fixing = 'at_payment'
    union all
    select v.document_key, v.instalment_number, v.scheme, v.free_until, v.waived_on, $as_of, v.late_amount - v.settled_amount
    from several as v
    where v.rate_fixing = 'at_payment'
),

-- What was paid on as_of and what is still open then are one stretch.
paid_parts as (
    select
        p.document_key as document_key,
        p.instalment_number as instalment_number,
        p.scheme as scheme,
        p.free_until as free_until,
        p.waived_on as waived_on,
        p.paid_on as paid_on,
        sum(p.paid_amount) as paid_amount
    from parted as p
    group by p.document_key, p.instalment_number, p.scheme, p.free_until, p.waived_on, p.paid_on
),

dated as (
    select
        o.document_key as document_key,
        o.instalment_number as instalment_number,
        o.scheme as scheme,
        o.waived_on as waived_on,
        o.free_until as from_date,
        o.ended_on as to_date,
        o.late_amount as principal_amount,
        0 as rest_number,
        case when o.rate_fixing = 'at_payment' then o.ended_on else o.free_until + 1 end as rate_on
    from in_one as o
    where o.is_one
    union all
    select
        s.document_key,
        s.instalment_number,
        s.scheme,
        s.waived_on,
        s.from_date,
        s.to_date,
        s.principal_amount,
        s.rest_number,
        case when s.rate_fixing = 'at_start' then s.free_until else s.from_date end + 1
    from stretches as s
    union all
    select p.document_key, p.instalment_number, p.scheme, p.waived_on, p.free_until, least(p.paid_on, coalesce(p.waived_on, p.paid_on)), p.paid_amount, 0, p.paid_on
    from paid_parts as p
    union all
    select p.document_key, p.instalment_number, p.scheme, p.waived_on, greatest(p.waived_on, p.free_until), p.paid_on, p.paid_amount, 0, p.paid_on
    from paid_parts as p
    where p.waived_on is not null
),

rated as (
    select
        d.document_key as document_key,
        d.instalment_number as instalment_number,
        d.scheme as scheme,
        d.from_date as from_date,
        d.to_date as to_date,
        date_diff('day', d.from_date, d.to_date) as days,
        -- wide: DuckDB multiplies two decimals of up to 18 digits within 18, which ten million would overflow
        cast(d.principal_amount as decimal(19, 4)) as principal_amount,
        d.rest_number as rest_number,
        d.rate_on as rate_on,
        case
            when r.reference is null then r.base_rate
            else cast(r.base_rate + r.reference_factor * f.rate as decimal(19, 6))
        end as yearly_rate,
        r.rounding as rounding,
        r.day_count as day_count,
        r.rest_months as rest_months,
        coalesce(d.to_date <= d.waived_on, false) as is_waived
    from dated as d
    inner join interest_schemes as r on r.scheme = d.scheme
    left join reference_rates as f
        on f.reference = r.reference
        and f.valid_from <= d.rate_on
        and f.valid_to >= d.rate_on
    where d.to_date > d.from_date
        and d.principal_amount > 0
),

-- Interest on interest, rest by rest: what had accrued before, grown by all the rests since it was added.
rested as (
    select
        r.document_key as document_key,
        r.instalment_number as instalment_number,
        r.is_waived as is_waived,
        r.rest_number as rest_number,
        sum(cast(r.principal_amount * r.yearly_rate * r.days as double) / r.day_count) as simple_amount,
        sum(ln(1 + sum(cast(r.yearly_rate * r.days as double) / r.day_count))) over (
            partition by r.document_key, r.instalment_number, r.is_waived order by r.rest_number
        ) as log_growth
    from rated as r
    where r.rest_months is not null
    group by r.document_key, r.instalment_number, r.is_waived, r.rest_number
),

capitals as (
    select
        r.document_key as document_key,
        r.instalment_number as instalment_number,
        r.is_waived as is_waived,
        r.rest_number as rest_number,
        exp(lag(r.log_growth) over earlier_rests) * sum(r.simple_amount * exp(-r.log_growth)) over (
            partition by r.document_key, r.instalment_number, r.is_waived
            order by r.rest_number
            rows between unbounded preceding and 1 preceding
        ) as capital_amount
    from rested as r
    window earlier_rests as (partition by r.document_key, r.instalment_number, r.is_waived order by r.rest_number)
),

-- The others have cents.
other_units as (
    select l.document_key as document_key, l.instalment_number as instalment_number, u.minor_units as minor_units
    from late_debts as l
    inner join currency_units as u on u.currency = l.currency
)

select
    r.document_key as document_key,
    r.instalment_number as instalment_number,
    r.scheme as scheme,
    r.from_date as from_date,
    r.to_date as to_date,
    r.days as days,
    cast(r.principal_amount as decimal(18, 4)) as principal_amount,
    r.rate_on as rate_on,
    r.yearly_rate as yearly_rate,
    cast(
        coalesce(c.capital_amount, 0) * cast(r.yearly_rate * r.days as double) / r.day_count as decimal(18, 8)
    ) as compounded_amount,
    cast(
        case
            when r.rounding = 'daily'
                -- exact to the eighth place first, so that half a cent is rounded up as on paper
                then round(
                    cast(r.principal_amount * r.yearly_rate / r.day_count as decimal(26, 8)) * coalesce(u.minor_units, 100)
                ) * r.days / coalesce(u.minor_units, 100)
            when c.capital_amount is not null
                then cast((r.principal_amount + c.capital_amount) * r.yearly_rate * r.days as double) / r.day_count
            else r.principal_amount * r.yearly_rate * r.days / r.day_count
        end as decimal(28, 8)
    ) as interest_amount,
    r.is_waived as is_waived
from rated as r
left join capitals as c
    on c.document_key = r.document_key
    and c.instalment_number = r.instalment_number
    and c.is_waived = r.is_waived
    and c.rest_number = r.rest_number
left join other_units as u on u.document_key = r.document_key and u.instalment_number = r.instalment_number
