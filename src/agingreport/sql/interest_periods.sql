-- The interest of each late debt, stretch by stretch: the days on which neither the sum owed nor the rate changed.
-- Each payment or write-off lowers the sum from the day after it. Where the rule takes the rate of the day of payment, each payment
-- is a stretch of its own over all the days it was late, and so is what is still open.
-- Where interest bears interest, what accrued is added to the sum after each year, or month, since the debt became late;
-- what was waived or billed is not, so the count begins anew with the day after.
-- formula: interest_amount = principal_amount * yearly_rate * days / 365 (or the day count of the rule) + compounded_amount
-- credits: what was credited was never owed and bears none; each payment or write-off lowers the sum from the day after it; unapplied money lowers nothing until it is matched
-- disputes: disputed debts are in, like all others
-- drafts: left out, and so are void documents
-- source: the rules of the policy, late_interest.toml, each with its source
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
-- compounded_amount: currency of the debt; part of interest_amount that is interest on former interest; null = unknown
-- interest_amount: currency of the debt; not rounded, but by the day where the rule rounds by the day; null = unknown
-- is_waived: the stretch lies before a waiver
select
    d.document_id as document_id,
    s.instalment_number as instalment_number,
    s.scheme as scheme,
    s.from_date as from_date,
    s.to_date as to_date,
    s.days as days,
    s.principal_amount as principal_amount,
    s.rate_on as rate_on,
    s.yearly_rate as yearly_rate,
    s.compounded_amount as compounded_amount,
    s.interest_amount as interest_amount,
    s.is_waived as is_waived
from interest_stretches as s
inner join debits as d on d.document_key = s.document_key
order by d.document_id, s.instalment_number, s.from_date, s.to_date
