"""The rules on late payment as tables: what each scheme says, as far as it may be believed on that day."""

from datetime import date, timedelta

from agingreport.policy.rows import AMOUNT, DAY, RATE, TEXT, WHOLE, PolicyTable, Row
from agingreport.policy.sections import InterestContract, InterestScheme, Policy

CONTRACT = "contract"
FLAG = "BOOLEAN"
REST_MONTHS = {"simple": None, "compound_yearly": 12, "compound_monthly": 1}
SCHEME_COLUMNS = (
    ("scheme", TEXT),
    ("reference", TEXT),
    ("reference_factor", WHOLE),
    ("base_rate", RATE),
    ("rate_fixing", TEXT),
    ("rest_months", WHOLE),
    ("rounding", TEXT),
    ("day_count", WHOLE),
    ("grace_days", WHOLE),
    ("days_without_due_date", WHOLE),
    ("starts_with_reminder", FLAG),
    ("is_for_consumers", FLAG),
    ("is_contract", FLAG),
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
        "interest_contracts": interest_contracts(policy),
        "interest_ends": PolicyTable((("outcome", TEXT),), ends_with),
        "reference_rates": reference_rates(policy),
        "half_year_ends": half_year_ends(policy, as_of),
        "currency_units": currency_units(policy),
    }


def currency_units(policy: Policy) -> PolicyTable:
    """One row a currency that has no cents: how many of its smallest units make one of it (1 for the yen)."""
    rows = tuple((currency, 10**decimals) for currency, decimals in policy.currency_decimals.items())
    return PolicyTable((("currency", TEXT), ("minor_units", WHOLE)), rows)


def interest_schemes(policy: Policy, as_of: date) -> PolicyTable:
    """One row a scheme, the firm's own terms among them; barred_by says why one cannot be used.

    base_rate: what is added to the reference rate, or the whole yearly rate where there is no reference.
    rest_months: after so many months interest bears interest; null = never.
    """
    rows: list[Row] = [_law(key, scheme, policy, as_of) for key, scheme in policy.interest_schemes.items()]
    rows += [_terms(key, contract, policy) for key, contract in contracts(policy).items()]
    return PolicyTable(SCHEME_COLUMNS, tuple(rows))


def _law(key: str, scheme: InterestScheme, policy: Policy, as_of: date) -> Row:
    return (
        key,
        scheme.reference if scheme.yearly_rate is None else None,
        scheme.reference_factor,
        scheme.margin_rate if scheme.yearly_rate is None else scheme.yearly_rate,
        scheme.rate_fixing or "at_start",
        REST_MONTHS[scheme.method],
        "total" if scheme.method != "simple" else policy.late_interest.rounding or scheme.rounding,
        scheme.day_count,
        scheme.grace_days,
        scheme.days_without_due_date,
        scheme.starts_with_reminder,
        scheme.is_for_consumers,
        False,
        scheme.fixed_sums is not None,
        scheme.contract_cap_rate if scheme.is_known(as_of) else None,
        _bar(key, scheme, as_of),
        scheme.source,
    )


def _terms(key: str, contract: InterestContract, policy: Policy) -> Row:
    rounding = policy.late_interest.rounding or contract.rounding
    shape = (contract.day_count, contract.grace_days, 0, False, False, True, True, None, None, "the firm's own terms")
    return (key, None, 1, contract.yearly_rate, "at_start", None, rounding, *shape)


def contracts(policy: Policy) -> dict[str, InterestContract]:
    """The firm's own terms by the key of their scheme: with all clients, with one, on one document."""
    own = policy.late_interest
    return {
        **({CONTRACT: own.contract} if own.contract else {}),
        **{f"{CONTRACT} with {client}": contract for client, contract in own.clients.items()},
        **{f"{CONTRACT} on {document}": contract for document, contract in own.documents.items()},
    }


def interest_contracts(policy: Policy) -> PolicyTable:
    """One row a contract with one client, or on one document by its id or number; the other of both is null."""
    own = policy.late_interest
    rows: list[Row] = [(client, None, f"{CONTRACT} with {client}") for client in own.clients]
    rows += [(None, document, f"{CONTRACT} on {document}") for document in own.documents]
    return PolicyTable((("client", TEXT), ("document", TEXT), ("scheme", TEXT)), tuple(rows))


def _bar(key: str, scheme: InterestScheme, as_of: date) -> str | None:
    if scheme.is_contract_only:
        return "only as agreed: give the rate of your own terms in the policy, [late_interest.contract]"
    if scheme.is_directive:
        return f"{key} binds countries and not clients: name the rule of a country, late_interest.scheme in the policy"
    if not scheme.verified:
        return f"the rule {key} was not verified"
    return None if scheme.is_known(as_of) else f"the rule {key} was last believed on {scheme.stale_after}"


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
    rows += [
        (key, contract.currency, 0, None, contract.fixed_amount)
        for key, contract in contracts(policy).items()
        if contract.fixed_amount is not None
    ]
    columns = (
        ("scheme", TEXT),
        ("currency", TEXT),
        ("debt_from", AMOUNT),
        ("debt_below", AMOUNT),
        ("fixed_amount", AMOUNT),
    )
    return PolicyTable(columns, tuple(rows))


def interest_places(policy: Policy) -> PolicyTable:
    """One row a way to write a country, in lower case, and its first scheme for businesses, and for consumers.

    Null = none is kept for it.
    """
    schemes: dict[tuple[str, bool], str] = {}
    for key, scheme in policy.interest_schemes.items():
        schemes.setdefault((scheme.country, scheme.is_for_consumers), key)
    codes = sorted({*(country for country, _ in schemes), *policy.country_names})
    rows = tuple(
        (name, code, schemes.get((code, False)), schemes.get((code, True)))
        for code in codes
        for name in sorted({name.lower() for name in (code, *policy.country_names.get(code, ()))})
    )
    columns = (("country_name", TEXT), ("country", TEXT), ("scheme", TEXT), ("consumer_scheme", TEXT))
    return PolicyTable(columns, rows)


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
