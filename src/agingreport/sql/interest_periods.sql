-- The interest of each late debt, stretch by stretch: the days on which neither the sum owed nor the rate changed.
-- Each payment lowers the sum from the day after it. Where the rule takes the rate of the day of payment, each payment
-- is a stretch of its own over all the days it was late, and so is what is still open.
-- grain: document_id, instalment_number, from_date, to_date, rate_on
-- document_id: the late debt
-- instalment_number: part of the debt
-- scheme: the rule on late payment
-- from_date: last day before the stretch
-- to_date: last day of the stretch
-- days: to_date less from_date; > 0
-- principal_amount: currency of the debt; what bears interest; > 0
-- rate_on: day whose reference rate counts
-- yearly_rate: reference rate and margin, or the rate agreed; null = the reference rate of rate_on is not known
-- interest_amount: currency of the debt; not rounded, but by the day where the rule rounds by the day; null = unknown
-- is_waived: the stretch lies before a waiver
with reckoned as (
    select
        l.document_id as document_id,
        l.instalment_number as instalment_number,
        l.scheme as scheme,
        l.free_until as free_until,
        l.late_amount as late_amount,
        l.waived_on as waived_on,
        s.reference as reference,
        s.base_rate as base_rate,
        s.rate_fixing as rate_fixing,
        s.rounding as rounding,
        s.day_count as day_count
    from late_debts as l
    inner join interest_schemes as s on s.scheme = l.scheme
    where l.reason is null
),

later_settlements as (
    select
        r.document_id as document_id,
        r.instalment_number as instalment_number,
        s.settled_on as settled_on,
        sum(s.settled_amount) as settled_amount
    from reckoned as r
    inner join due_settlements as s
        on s.document_id = r.document_id and s.instalment_number = r.instalment_number
    inner join exits as e on e.credit_kind = s.credit_kind
    where s.settled_on > r.free_until
        and e.exit <> 'credited'
    group by r.document_id, r.instalment_number, s.settled_on
),

changes as (
    select r.document_id as document_id, r.instalment_number as instalment_number, r.free_until as changed_on, r.late_amount as change_amount
    from reckoned as r
    where r.rate_fixing <> 'at_payment'
    union all
    select p.document_id, p.instalment_number, p.settled_on, -p.settled_amount
    from later_settlements as p
    inner join reckoned as r on r.document_id = p.document_id and r.instalment_number = p.instalment_number
    where r.rate_fixing <> 'at_payment'
    union all
    select r.document_id, r.instalment_number, h.half_year_end, 0
    from reckoned as r
    inner join half_year_ends as h on h.half_year_end > r.free_until and h.half_year_end < $as_of
    where r.rate_fixing = 'each_half_year' and r.reference is not null
    union all
    select r.document_id, r.instalment_number, r.waived_on, 0
    from reckoned as r
    where r.rate_fixing <> 'at_payment' and r.waived_on > r.free_until
),

change_days as (
    select
        c.document_id as document_id,
        c.instalment_number as instalment_number,
        c.changed_on as changed_on,
        sum(c.change_amount) as change_amount
    from changes as c
    group by c.document_id, c.instalment_number, c.changed_on
),

stretches as (
    select
        c.document_id as document_id,
        c.instalment_number as instalment_number,
        c.changed_on as from_date,
        lead(c.changed_on, 1, $as_of) over (
            partition by c.document_id, c.instalment_number order by c.changed_on
        ) as to_date,
        sum(c.change_amount) over (
            partition by c.document_id, c.instalment_number order by c.changed_on
        ) as principal_amount
    from change_days as c
),

paid_parts as (
    select p.document_id as document_id, p.instalment_number as instalment_number, p.settled_on as paid_on, p.settled_amount as paid_amount
    from later_settlements as p
    union all
    select r.document_id, r.instalment_number, $as_of, r.late_amount - coalesce(sum(p.settled_amount), 0)
    from reckoned as r
    left join later_settlements as p on p.document_id = r.document_id and p.instalment_number = r.instalment_number
    where r.rate_fixing = 'at_payment'
    group by r.document_id, r.instalment_number, r.late_amount
),

dated as (
    select
        s.document_id as document_id,
        s.instalment_number as instalment_number,
        s.from_date as from_date,
        s.to_date as to_date,
        s.principal_amount as principal_amount,
        case when r.rate_fixing = 'at_start' then r.free_until else s.from_date end + 1 as rate_on
    from stretches as s
    inner join reckoned as r on r.document_id = s.document_id and r.instalment_number = s.instalment_number
    union all
    select p.document_id, p.instalment_number, r.free_until, least(p.paid_on, coalesce(r.waived_on, p.paid_on)), p.paid_amount, p.paid_on
    from paid_parts as p
    inner join reckoned as r on r.document_id = p.document_id and r.instalment_number = p.instalment_number
    where r.rate_fixing = 'at_payment'
    union all
    select p.document_id, p.instalment_number, greatest(r.waived_on, r.free_until), p.paid_on, p.paid_amount, p.paid_on
    from paid_parts as p
    inner join reckoned as r on r.document_id = p.document_id and r.instalment_number = p.instalment_number
    where r.rate_fixing = 'at_payment' and r.waived_on is not null
),

rated as (
    select
        d.document_id as document_id,
        d.instalment_number as instalment_number,
        r.scheme as scheme,
        d.from_date as from_date,
        d.to_date as to_date,
        date_diff('day', d.from_date, d.to_date) as days,
        cast(d.principal_amount as decimal(18, 4)) as principal_amount,
        d.rate_on as rate_on,
        case when r.reference is null then r.base_rate else cast(r.base_rate + f.rate as decimal(9, 6)) end as yearly_rate,
        r.rounding as rounding,
        r.day_count as day_count,
        coalesce(d.to_date <= r.waived_on, false) as is_waived
    from dated as d
    inner join reckoned as r on r.document_id = d.document_id and r.instalment_number = d.instalment_number
    left join reference_rates as f
        on f.reference = r.reference
        and f.valid_from <= d.rate_on
        and f.valid_to >= d.rate_on
    where d.to_date > d.from_date
        and d.principal_amount > 0
)

select
    r.document_id as document_id,
    r.instalment_number as instalment_number,
    r.scheme as scheme,
    r.from_date as from_date,
    r.to_date as to_date,
    r.days as days,
    r.principal_amount as principal_amount,
    r.rate_on as rate_on,
    r.yearly_rate as yearly_rate,
    cast(
        case
            when r.rounding = 'daily'
                -- exact to the eighth place first, so that half a cent is rounded up as on paper
                then round(cast(r.principal_amount * r.yearly_rate / r.day_count as decimal(26, 8)), 2) * r.days
            else r.principal_amount * r.yearly_rate * r.days / r.day_count
        end as decimal(18, 8)
    ) as interest_amount,
    r.is_waived as is_waived
from rated as r
order by r.document_id, r.instalment_number, r.from_date, r.to_date
