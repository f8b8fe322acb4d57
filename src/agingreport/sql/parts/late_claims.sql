-- What may be claimed for late payment on each debt, in the keys of the ledger: late_interest says what it means.
-- shared
-- grain: document_key, instalment_number
-- document_key: of the late debt, as in documents
-- instalment_number: 1 for the earliest part
-- account_key: as in accounts
-- currency: ISO 4217
-- due_date: as in dues
-- scheme: the rule on late payment by its key in the policy, or contract with its words; null = none
-- free_until: last day that bears no interest; null = unknown
-- late_amount: currency; what was late then; > 0
-- late_days: days on which interest ran, up to full settlement or as_of; null = unknown
-- yearly_rate: the latest that is known; null = none is
-- interest_amount: currency; to its smallest unit; null = unknown
-- fixed_amount: currency; the fixed sum by size of late_amount; 0 = the rule has none; null = unknown
-- waived_on: latest day on record that ended what was claimed until then; null = never
-- waived_amount: currency; of interest and fixed sum, what arose up to waived_on; null = unknown
-- claim_amount: currency; interest_amount + fixed_amount - waived_amount; null = one of them is unknown
-- reason: why something is unknown; null = all is known
-- source: where the rule was read; null = there is none
with accrued as (
    select
        p.document_key as document_key,
        p.instalment_number as instalment_number,
        max(p.to_date) as until_date,
        arg_max(p.yearly_rate, p.to_date) as yearly_rate,
        min(p.rate_on) filter (where p.yearly_rate is null) as unknown_on,
        sum(p.interest_amount) as interest_amount,
        coalesce(sum(p.interest_amount) filter (where p.is_waived), 0) as waived_amount
    from interest_stretches as p
    group by p.document_key, p.instalment_number
),

claimed as (
    select
        l.document_key as document_key,
        l.instalment_number as instalment_number,
        l.account_key as account_key,
        l.currency as currency,
        l.due_date as due_date,
        l.scheme as scheme,
        l.free_until as free_until,
        l.late_amount as late_amount,
        l.waived_on as waived_on,
        l.waived_on is null or l.waived_on <= l.free_until as is_unwaived,
        l.reason as reason,
        s.are_sums_known as are_sums_known,
        s.reference as reference,
        s.source as source,
        a.until_date as until_date,
        a.yearly_rate as yearly_rate,
        a.unknown_on as unknown_on,
        case when a.unknown_on is null then round(a.interest_amount * coalesce(u.minor_units, 100)) / coalesce(u.minor_units, 100) end
            as interest_amount,
        case when a.unknown_on is null then round(a.waived_amount * coalesce(u.minor_units, 100)) / coalesce(u.minor_units, 100) end
            as waived_interest_amount,
        case
            when l.reason is not null then null
            when not s.are_sums_known then null
            when not l.is_invoice then 0
            when f.fixed_amount is not null then f.fixed_amount
            when not exists (select 1 from interest_sums as n where n.scheme = l.scheme) then 0
        end as fixed_amount
    from late_debts as l
    left join accrued as a on a.document_key = l.document_key and a.instalment_number = l.instalment_number
    left join interest_schemes as s on s.scheme = l.scheme
    left join currency_units as u on u.currency = l.currency
    left join interest_sums as f
        on f.scheme = l.scheme
        and f.currency = l.currency
        and l.late_amount >= f.debt_from
        and (f.debt_below is null or l.late_amount < f.debt_below)
),

reduced as (
    select
        c.document_key as document_key,
        c.instalment_number as instalment_number,
        c.account_key as account_key,
        c.currency as currency,
        c.due_date as due_date,
        c.scheme as scheme,
        c.free_until as free_until,
        c.late_amount as late_amount,
        date_diff('day', c.free_until, c.until_date) as late_days,
        c.yearly_rate as yearly_rate,
        c.interest_amount as interest_amount,
        c.fixed_amount as fixed_amount,
        c.waived_on as waived_on,
        case when c.is_unwaived then 0 else c.waived_interest_amount + c.fixed_amount end as waived_amount,
        case
            when c.reason is not null then c.reason
            when c.unknown_on is not null then concat('the reference rate ', c.reference, ' of ', c.unknown_on, ' is not known')
            when c.fixed_amount is null and c.are_sums_known
                then concat('the fixed sum is in another currency than ', c.currency)
            when c.fixed_amount is null then 'the fixed sum was not read in a source'
        end as reason,
        c.source as source
    from claimed as c
)

select
    r.document_key as document_key,
    r.instalment_number as instalment_number,
    r.account_key as account_key,
    r.currency as currency,
    r.due_date as due_date,
    r.scheme as scheme,
    r.free_until as free_until,
    r.late_amount as late_amount,
    r.late_days as late_days,
    cast(r.yearly_rate as double) as yearly_rate,
    cast(r.interest_amount as decimal(18, 4)) as interest_amount,
    cast(r.fixed_amount as decimal(18, 4)) as fixed_amount,
    r.waived_on as waived_on,
    cast(r.waived_amount as decimal(18, 4)) as waived_amount,
    cast(r.interest_amount + r.fixed_amount - r.waived_amount as decimal(18, 4)) as claim_amount,
    r.reason as reason,
    r.source as source
from reduced as r
