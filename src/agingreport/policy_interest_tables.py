"""The rules on late payment as tables: what each scheme says, as far as it may be believed on that day."""

from datetime import date, timedelta

from agingreport.policy_rows import AMOUNT, DAY, RATE, TEXT, WHOLE, PolicyTable, Row
from agingreport.policy_sections import InterestScheme, Policy

CONTRACT = "contract"
FLAG = "BOOLEAN"
SCHEME_COLUMNS = (
    ("scheme", TEXT),
    ("reference", TEXT),
    ("base_rate", RATE),
    ("rate_fixing", TEXT),
    ("rounding", TEXT),
    ("day_count", WHOLE),
    ("grace_days", WHOLE),
    ("days_without_due_date", WHOLE),
    ("are_sums_known", FLAG),
    ("contract_cap_rate", RATE),
    ("barred_by", TEXT),
    ("source", TEXT),
)


def interest_tables(policy: Policy, as_of: date) -> dict[str, PolicyTable]:
    """Every table that interest on late payment is worked out from, by name."""
    ends_with = tuple((outcome.strip().lower(),) for outcome in policy.late_interest.claim_ends_with)
    return {
        "interest_schemes": interest_schemes(policy, as_of),
        "interest_sums": interest_sums(policy),
        "interest_places": interest_places(policy),
        "interest_ends": PolicyTable((("outcome", TEXT),), ends_with),
        "reference_rates": reference_rates(policy),
        "half_year_ends": half_year_ends(policy, as_of),
    }


def interest_schemes(policy: Policy, as_of: date) -> PolicyTable:
    """One row a scheme, the firm's own terms among them as 'contract'; barred_by says why one cannot be used.

    base_rate: what is added to the reference rate, or the whole yearly rate where there is no reference.
    """
    rows: list[Row] = [
        (
            key,
            scheme.reference if scheme.yearly_rate is None else None,
            scheme.margin_rate if scheme.yearly_rate is None else scheme.yearly_rate,
            scheme.rate_fixing or "at_start",
            policy.late_interest.rounding or scheme.rounding,
            scheme.day_count,
            scheme.grace_days,
            scheme.days_without_due_date,
            scheme.fixed_sums is not None,
            scheme.contract_cap_rate if scheme.is_known(as_of) else None,
            _bar(key, scheme, as_of),
            scheme.source,
        )
        for key, scheme in policy.interest_schemes.items()
    ]
    if contract := policy.late_interest.contract:
        rounding = policy.late_interest.rounding or contract.rounding
        shape = (contract.day_count, contract.grace_days, 0, True, None, None, "the firm's own terms")
        rows.append((CONTRACT, None, contract.yearly_rate, "at_start", rounding, *shape))
    return PolicyTable(SCHEME_COLUMNS, tuple(rows))


def _bar(key: str, scheme: InterestScheme, as_of: date) -> str | None:
    if scheme.is_contract_only:
        return "only as agreed: give the rate of your own terms in the policy, [late_interest.contract]"
    if not scheme.verified:
        return f"the rule {key} was not verified"
    if not scheme.is_known(as_of):
        return f"the rule {key} was last believed on {scheme.stale_after}"
    return "compound interest is not worked out" if scheme.method == "compound" else None


def interest_sums(policy: Policy) -> PolicyTable:
    """One row a band of late debts: from debt_from up to below debt_below (null = no end), and its fixed sum."""
    rows: list[Row] = []
    for key, scheme in policy.interest_schemes.items():
        sums = scheme.fixed_sums or ()
        below = [*(debt_from for debt_from, _ in sums[1:]), None]
        rows += [
            (key, scheme.currency, debt_from, bound, fixed)
            for (debt_from, fixed), bound in zip(sums, below, strict=bool(sums))
        ]
    contract = policy.late_interest.contract
    if contract and contract.fixed_amount is not None:
        rows.append((CONTRACT, contract.currency, 0, None, contract.fixed_amount))
    columns = (
        ("scheme", TEXT),
        ("currency", TEXT),
        ("debt_from", AMOUNT),
        ("debt_below", AMOUNT),
        ("fixed_amount", AMOUNT),
    )
    return PolicyTable(columns, tuple(rows))


def interest_places(policy: Policy) -> PolicyTable:
    """One row a way to write a country, in lower case, and its first scheme; null = none is kept for it."""
    schemes: dict[str, str] = {}
    for key, scheme in policy.interest_schemes.items():
        schemes.setdefault(scheme.country, key)
    spelled = {code: (code, *policy.country_names.get(code, ())) for code in sorted({*schemes, *policy.country_names})}
    rows = tuple(
        (name, code, schemes.get(code))
        for code, names in spelled.items()
        for name in sorted({name.lower() for name in names})
    )
    return PolicyTable((("country_name", TEXT), ("country", TEXT), ("scheme", TEXT)), rows)


def reference_rates(policy: Policy) -> PolicyTable:
    """One row a rate that was read: it holds from its date to the end of that half-year, both inclusive."""
    rows = tuple(
        (reference, day, half_year_end(day), rate.rate)
        for reference, rates in policy.reference_rates.items()
        for day, rate in sorted(rates.items())
        if rate.verified
    )
    return PolicyTable((("reference", TEXT), ("valid_from", DAY), ("valid_to", DAY), ("rate", RATE)), rows)


def half_year_ends(policy: Policy, as_of: date) -> PolicyTable:
    """The last day of each half-year from the first rate on, up to the one that as_of lies in."""
    first_day = min((day for rates in policy.reference_rates.values() for day in rates), default=as_of)
    ends = [half_year_end(min(first_day, as_of))]
    while ends[-1] < as_of:
        ends.append(half_year_end(ends[-1] + timedelta(days=1)))
    return PolicyTable((("half_year_end", DAY),), tuple((end,) for end in ends))


def half_year_end(day: date) -> date:
    """30 June or 31 December, whichever comes next; the day itself where it is one of them."""
    return date(day.year, 6, 30) if day.month <= 6 else date(day.year, 12, 31)
