"""The legal and market figures of the policy as tables, each as far as it may be believed on that day."""

from datetime import date, timedelta
from decimal import Decimal

from agingreport.policy.rows import (
    AMOUNT,
    DAY,
    RATE,
    TEXT,
    WHOLE,
    PolicyTable,
    Row,
    last_barred_due_date,
    years_before,
)
from agingreport.policy.sections import Court, Limitation, Policy


def fact_tables(policy: Policy, as_of: date) -> dict[str, PolicyTable]:
    """Every table of figures that were read somewhere, by name."""
    return {
        "recovery_curve": recovery_curve(policy, as_of),
        "outside_recovery": outside_recovery(policy, as_of),
        "agency_fees": agency_fees(policy, as_of),
        "places": places(policy),
        "courts": courts(policy, as_of),
        "court_fees": court_fees(policy),
        "limitations": limitations(policy, as_of),
        "tax_facts": tax_facts(policy, as_of),
    }


def recovery_curve(policy: Policy, as_of: date) -> PolicyTable:
    """One row an age, its ends inclusive: the share of what is that late that is paid in the end; null once stale."""
    curve = policy.recovery_curve
    days = [day for day, _ in curve.rates]
    ends = [*(day - 1 for day in days[1:]), None]
    is_known = curve.is_known(as_of)
    rows = tuple(
        (day, end, rate if is_known else None, curve.source) for (day, rate), end in zip(curve.rates, ends, strict=True)
    )
    return PolicyTable((("days_from", WHOLE), ("days_to", WHOLE), ("recovery_rate", RATE), ("source", TEXT)), rows)


def outside_recovery(policy: Policy, as_of: date) -> PolicyTable:
    """One row a kind of outside help: the share of what is handed over that comes back; no row once stale."""
    figures = {"agency": policy.agency_recovery, "court": policy.court_recovery}
    rows = tuple((name, fact.rate, fact.source) for name, fact in figures.items() if fact.is_known(as_of))
    return PolicyTable((("recovery", TEXT), ("recovery_rate", RATE), ("source", TEXT)), rows)


def agency_fees(policy: Policy, as_of: date) -> PolicyTable:
    """One row a band: days inclusive, amount_from inclusive, amount_below exclusive; null = no bound, any currency."""
    columns = {
        "days_from": WHOLE,
        "days_to": WHOLE,
        "amount_from": AMOUNT,
        "amount_below": AMOUNT,
        "currency": TEXT,
        "fee_rate": RATE,
    }
    believed = [fee for fee in policy.agency_fees.values() if fee.is_known(as_of)]
    return PolicyTable(tuple(columns.items()), tuple(tuple(getattr(fee, name) for name in columns) for fee in believed))


def places(policy: Policy) -> PolicyTable:
    """One row a way to write a place, in lower case; region_name null = the whole country, where its law is one."""
    rows: list[Row] = []
    for country, names in policy.country_names.items():
        spelled = sorted({name.lower() for name in (country, *names)})
        regions = {
            key: sorted({name.lower() for name in region_names})
            for key, region_names in policy.region_names.items()
            if key.startswith(f"{country}-")
        }
        rows += [(name, region, key) for name in spelled for key, names in regions.items() for region in names]
        rows += [(name, None, country) for name in spelled if not regions]
    return PolicyTable((("country_name", TEXT), ("region_name", TEXT), ("jurisdiction", TEXT)), tuple(rows))


def courts(policy: Policy, as_of: date) -> PolicyTable:
    """One row a court: what this firm may ask for there; barred_by says why it is closed, whatever the debt."""
    rows = tuple(
        (key, court.forum, court.currency, _limit(court, policy.firm.is_company), _court_bar(court, policy, as_of))
        for key, court in policy.small_claims.items()
    )
    columns = (
        ("jurisdiction", TEXT),
        ("forum", TEXT),
        ("currency", TEXT),
        ("limit_amount", AMOUNT),
        ("barred_by", TEXT),
    )
    return PolicyTable(columns, rows)


def _limit(court: Court, is_company: bool | None) -> Decimal | None:
    """The limit for this firm; the lower one where it is not said whether it is a company."""
    if is_company is False or court.company_limit_amount is None or court.limit_amount is None:
        return court.limit_amount
    return min(court.limit_amount, court.company_limit_amount)


def _court_bar(court: Court, policy: Policy, as_of: date) -> str | None:
    if not court.takes_plain_debts:
        return "court takes no plain debts"
    if not court.takes_companies and policy.firm.is_company is not False:
        return "court takes no companies"
    is_unknown = court.has_ceiling and court.limit_amount is None
    return "unknown court limit" if is_unknown or court.confidence == "low" or not court.is_known(as_of) else None


def court_fees(policy: Policy) -> PolicyTable:
    """One row a band of claims: above amount_above (null = from nothing) up to and including amount_to."""
    rows: list[Row] = []
    for key, court in policy.small_claims.items():
        above = [None, *(up_to for up_to, _ in court.fees)]
        rows += [(key, bound, up_to, fee) for bound, (up_to, fee) in zip(above, court.fees, strict=False)]
    columns = (("jurisdiction", TEXT), ("amount_above", AMOUNT), ("amount_to", AMOUNT), ("fee_amount", AMOUNT))
    return PolicyTable(columns, tuple(rows))


def limitations(policy: Policy, as_of: date) -> PolicyTable:
    """One row a jurisdiction: what fell due on or before barred_due_date may no longer be sued for.

    Where the period is not known, the shortest known anywhere takes its place, and barred_by says so.
    """
    known = {key: rule for key, rule in policy.limitation.items() if rule.is_known(as_of)}
    shortest = min((rule.years for rule in known.values()), default=1)
    ahead = as_of + timedelta(days=policy.chasing.limitation_warning_days)
    rows: list[Row] = [
        (key, rule.years, _last_barred(rule, as_of), _last_barred(rule, ahead), "time-barred")
        for key, rule in known.items()
    ]
    unknown = dict.fromkeys(key for key in (*policy.small_claims, *policy.limitation) if key not in known)
    rows += [(key, None, years_before(as_of, shortest), None, "unknown limitation period") for key in unknown]
    columns = (
        ("jurisdiction", TEXT),
        ("years", WHOLE),
        ("barred_due_date", DAY),
        ("warned_due_date", DAY),
        ("barred_by", TEXT),
    )
    return PolicyTable(columns, tuple(rows))


def _last_barred(rule: Limitation, day: date) -> date:
    return last_barred_due_date(day, years=rule.years, counts_from_year_end=rule.counts_from_year_end)


def tax_facts(policy: Policy, as_of: date) -> PolicyTable:
    """One row a country and rule of its tax on bad debts; value null = stale or not verified."""
    rows = tuple(
        (country, name, fact.value if fact.is_known(as_of) else None, fact.text, fact.source)
        for country, facts in policy.bad_debt_tax.items()
        for name, fact in facts.items()
    )
    return PolicyTable((("country", TEXT), ("fact", TEXT), ("value", TEXT), ("text", TEXT), ("source", TEXT)), rows)
