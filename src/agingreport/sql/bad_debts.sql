-- The bad debts of the tax year that as_of lies in: written off, proposed, or recovered; with the evidence known.
-- The tax year is the calendar year up to as_of. No tax advice: what is not known is null, and the reason says what to find out.
-- formula: written off, proposed and recovered of each debt, with the tax in them
-- credits: what is set against a debt is taken off it
-- disputes: a disputed debt is not proposed
-- drafts: left out, and so are void documents
-- source: the tax rules of the policy, bad_debt_tax.toml
-- grain: document_id
-- document_id: the debt
-- client: key of the client
-- currency: ISO 4217
-- number: what the client sees on the paper; null where the export has none
-- document_date: date of issue
-- due_date: of its earliest part
-- amount: currency; as billed, all parts together; > 0
-- tax_rate: 0 to 1; tax in the amount; null = unknown
-- written_off_on: day of the last write-off in the tax year; null = none
-- written_off_amount: currency; written off in the tax year; >= 0
-- written_off_tax_amount: currency; the tax in it; null = unknown
-- written_off_net_amount: currency; the rest; null = unknown
-- earlier_written_off_amount: currency; written off before the tax year; >= 0
-- proposed_amount: currency; what the decisions of as_of propose to write off; >= 0
-- recovered_amount: currency; paid in the tax year beyond what was still open after a write-off, or on record as a recovery; >= 0
-- open_amount: currency; still open; >= 0
-- accounting_basis: cash or accrual as the policy says; null = unknown
-- deductible_amount: currency; of what was written off in the tax year; null = unknown
-- proposed_deductible_amount: currency; the same of proposed_amount, if it is written off in the tax year; null = unknown
-- deduction_reason: the rule in words, or what has to be found out
-- rule_source: where the rule was read; null = no rule of a country was used
-- has_signed_terms: on file; null = unknown
-- has_contract: on file; null = unknown
-- has_invoice: on file; null = unknown
-- has_delivery_receipt: on file; null = unknown
-- reminder_count: reminders, statements and calls on record; 0 = none on record
-- letter_count: formal letters on record; 0 = none on record
-- first_asked_on: day of the first of them; null = none on record
-- last_asked_on: day of the last of them; null = none on record
-- handed_over_on: day it went to an agency or court; null = not on record
-- last_paid_on: day of the last payment on it; null = never paid
-- jurisdiction: where the client may be sued; null = unknown
with losses as (
    select
        s.debit_id as document_id,
        min(s.settled_on) as first_written_off_on,
        max(s.settled_on) filter (where s.settled_on >= y.first_day) as written_off_on,
        coalesce(sum(s.settled_amount) filter (where s.settled_on >= y.first_day), 0) as written_off_amount,
        coalesce(sum(s.settled_amount) filter (where s.settled_on < y.first_day), 0) as earlier_written_off_amount
    from settlements as s
    cross join tax_year as y
    where s.credit_kind = 'write_off'
    group by s.debit_id
),

paid_after_loss as (
    select
        l.document_id as document_id,
        sum(a.amount) as paid_amount
    from losses as l
    inner join allocations as a on a.debit_id = l.document_id
    inner join credits as c on c.document_id = a.credit_id
    cross join tax_year as y
    where c.kind = 'payment'
        and c.document_date > l.first_written_off_on
        and c.document_date >= y.first_day
    group by l.document_id
),

used_after_loss as (
    select
        l.document_id as document_id,
        sum(s.settled_amount) as settled_amount
    from losses as l
    inner join settlements as s on s.debit_id = l.document_id
    inner join credits as c on c.document_id = s.credit_id
    cross join tax_year as y
    where c.kind = 'payment'
        and c.document_date > l.first_written_off_on
        and c.document_date >= y.first_day
    group by l.document_id
),

recorded_recoveries as (
    select
        l.document_id as document_id,
        sum(k.promised_amount) as recorded_amount
    from losses as l
    inner join contacts as k on k.document_id = l.document_id
    cross join tax_year as y
    where k.kind = 'recovery'
        and k.contact_date >= y.first_day
        and k.contact_date <= $as_of
    group by l.document_id
),

recovered_debts as (
    select
        l.document_id as document_id,
        greatest(coalesce(p.paid_amount, 0) - coalesce(u.settled_amount, 0), coalesce(r.recorded_amount, 0)) as recovered_amount
    from losses as l
    left join paid_after_loss as p on p.document_id = l.document_id
    left join used_after_loss as u on u.document_id = l.document_id
    left join recorded_recoveries as r on r.document_id = l.document_id
),

proposals as (
    select
        d.document_id as document_id,
        d.debt_amount as proposed_amount
    from decisions as d
    where d.route = 'write_off'
),

listed as (
    select l.document_id as document_id from losses as l where l.written_off_on is not null
    union
    select r.document_id from recovered_debts as r where r.recovered_amount > 0
    union
    select p.document_id from proposals as p
),

billed as (
    select
        d.document_id as document_id,
        d.client as client,
        d.currency as currency,
        max(d.number) as number,
        max(d.document_date) as document_date,
        min(d.due_date) as due_date,
        sum(d.due_amount) as amount
    from dues as d
    inner join listed as i on i.document_id = d.document_id
    group by d.document_id, d.client, d.currency
),

taxed as (
    select
        b.document_id as document_id,
        cast(
            case
                when d.tax_amount is not null then d.tax_amount / d.amount
                when not v.charges_sales_tax then 0
            end as decimal(18, 12)
        ) as tax_rate
    from billed as b
    inner join documents as d on d.document_id = b.document_id
    cross join conventions as v
),

payments as (
    select
        s.debit_id as document_id,
        max(s.settled_on) as last_paid_on
    from settlements as s
    where s.credit_kind = 'payment'
    group by s.debit_id
),

still_open as (
    select
        o.document_id as document_id,
        sum(o.open_amount) as open_amount
    from open_items as o
    group by o.document_id
),

efforts as (
    select
        b.document_id as document_id,
        count(*) filter (where k.kind in ('reminder', 'statement', 'call')) as reminder_count,
        count(*) filter (where k.kind = 'demand_letter') as letter_count,
        min(k.contact_date) filter (where k.kind in ('reminder', 'statement', 'call', 'demand_letter')) as first_asked_on,
        max(k.contact_date) filter (where k.kind in ('reminder', 'statement', 'call', 'demand_letter')) as last_asked_on,
        max(k.contact_date) filter (where k.kind in ('agency', 'court')) as handed_over_on
    from billed as b
    inner join contacts as k
        on k.client = b.client
        and (k.document_id is null or k.document_id = b.document_id)
    where k.contact_date >= b.document_date
        and k.contact_date <= $as_of
    group by b.document_id
),

papers as (
    select
        b.document_id as document_id,
        bool_or(g.is_on_file) filter (where g.kind = 'signed_terms') as has_signed_terms,
        bool_or(g.is_on_file) filter (where g.kind = 'contract') as has_contract,
        bool_or(g.is_on_file) filter (where g.kind = 'invoice') as has_invoice,
        bool_or(g.is_on_file) filter (where g.kind = 'delivery_receipt') as has_delivery_receipt
    from billed as b
    inner join agreements as g
        on g.client = b.client
        and (g.document_id is null or g.document_id = b.document_id)
    group by b.document_id
),

parted as (
    select
        b.document_id as document_id,
        cast(coalesce(l.written_off_amount, 0) as decimal(18, 4)) as written_off_amount,
        cast(round(coalesce(l.written_off_amount, 0) * t.tax_rate, 2) as decimal(18, 4)) as written_off_tax_amount,
        cast(coalesce(p.proposed_amount, 0) as decimal(18, 4)) as proposed_amount,
        cast(round(coalesce(p.proposed_amount, 0) * t.tax_rate, 2) as decimal(18, 4)) as proposed_tax_amount,
        t.tax_rate as tax_rate
    from billed as b
    inner join taxed as t on t.document_id = b.document_id
    left join losses as l on l.document_id = b.document_id
    left join proposals as p on p.document_id = b.document_id
),

ruled as (
    select
        p.document_id as document_id,
        case
            when v.accounting_basis = 'cash' then 0
            when v.accounting_basis = 'accrual' and f.value = 'yes' and p.tax_rate is not null then 1
        end as deductible_share,
        case
            when v.accounting_basis is null
                then 'unknown: say in the policy whether the firm accounts on the cash or the accrual basis'
            when v.accounting_basis = 'cash'
                then concat_ws(
                    ' ',
                    'On the cash basis an invoice never reported as income gives no deduction.',
                    nullif(n.text, '')
                )
            when v.tax_country is null then 'unknown: say in the policy in which country the firm is taxed'
            when f.value is null then concat('unknown: no rule that may be relied on is kept for ', v.tax_country)
            when p.tax_rate is null then 'unknown: the tax in this invoice is not known, and only the amount without it counts'
            else f.text
        end as deduction_reason,
        case
            when v.accounting_basis = 'cash' then n.source
            when v.accounting_basis = 'accrual' then f.source
        end as rule_source
    from parted as p
    cross join conventions as v
    left join tax_facts as f on f.country = v.tax_country and f.fact = 'accrual_deductible'
    left join tax_facts as n on n.country = v.tax_country and n.fact = 'cash_basis_deductible'
)

select
    b.document_id as document_id,
    b.client as client,
    b.currency as currency,
    b.number as number,
    b.document_date as document_date,
    b.due_date as due_date,
    cast(b.amount as decimal(18, 4)) as amount,
    cast(p.tax_rate as double) as tax_rate,
    l.written_off_on as written_off_on,
    p.written_off_amount as written_off_amount,
    p.written_off_tax_amount as written_off_tax_amount,
    cast(p.written_off_amount - p.written_off_tax_amount as decimal(18, 4)) as written_off_net_amount,
    cast(coalesce(l.earlier_written_off_amount, 0) as decimal(18, 4)) as earlier_written_off_amount,
    p.proposed_amount as proposed_amount,
    cast(coalesce(r.recovered_amount, 0) as decimal(18, 4)) as recovered_amount,
    cast(coalesce(o.open_amount, 0) as decimal(18, 4)) as open_amount,
    v.accounting_basis as accounting_basis,
    cast(
        case when u.deductible_share = 0 then 0 else u.deductible_share * (p.written_off_amount - p.written_off_tax_amount) end
        as decimal(18, 4)
    ) as deductible_amount,
    cast(
        case when u.deductible_share = 0 then 0 else u.deductible_share * (p.proposed_amount - p.proposed_tax_amount) end
        as decimal(18, 4)
    ) as proposed_deductible_amount,
    u.deduction_reason as deduction_reason,
    u.rule_source as rule_source,
    g.has_signed_terms as has_signed_terms,
    g.has_contract as has_contract,
    g.has_invoice as has_invoice,
    g.has_delivery_receipt as has_delivery_receipt,
    coalesce(e.reminder_count, 0) as reminder_count,
    coalesce(e.letter_count, 0) as letter_count,
    e.first_asked_on as first_asked_on,
    e.last_asked_on as last_asked_on,
    e.handed_over_on as handed_over_on,
    m.last_paid_on as last_paid_on,
    j.jurisdiction as jurisdiction
from billed as b
inner join parted as p on p.document_id = b.document_id
inner join ruled as u on u.document_id = b.document_id
cross join conventions as v
left join losses as l on l.document_id = b.document_id
left join recovered_debts as r on r.document_id = b.document_id
left join still_open as o on o.document_id = b.document_id
left join efforts as e on e.document_id = b.document_id
left join papers as g on g.document_id = b.document_id
left join payments as m on m.document_id = b.document_id
left join jurisdictions as j on j.client = b.client
order by b.client, b.currency, b.due_date, b.document_id
