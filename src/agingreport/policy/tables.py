"""The policy as tables, for the models to join: one function a table."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from agingreport.policy.fact_tables import fact_tables
from agingreport.policy.interest_tables import interest_tables
from agingreport.policy.rows import AMOUNT, DAY, RATE, TEXT, WHOLE, PolicyTable, Value
from agingreport.policy.sections import Conventions, Policy


def policy_tables(policy: Policy, as_of: date) -> Mapping[str, PolicyTable]:
    """Every table the models read besides the ledger, by name, as they stand on that day."""
    ends = month_ends(as_of, months=policy.conventions.trend_months)
    return {
        "conventions": conventions(policy),
        "buckets": buckets(policy.conventions.bucket_edges),
        "month_buckets": month_buckets(as_of, policy.conventions),
        "month_ends": PolicyTable((("month_end", DAY),), tuple((end,) for end in ends)),
        "sales_periods": sales_periods(ends, policy.conventions.sales_months),
        "projection_days": projection_days(as_of, months=policy.conventions.projection_months),
        "tax_year": tax_year(as_of),
        "ladder": ladder(policy),
        "route_rules": route_rules(policy),
        "wait_phrases": PolicyTable((("barred_by", TEXT), ("phrase", TEXT)), tuple(policy.wait_phrases.items())),
        "loss_rules": loss_rules(policy),
        "risk_groups": risk_groups(policy),
        **fact_tables(policy, as_of),
        **interest_tables(policy, as_of),
    }


def conventions(policy: Policy) -> PolicyTable:
    """One row: every single value of the policy that a model reads."""
    values: dict[str, tuple[str, Value]] = {
        "reporting_currency": (TEXT, policy.conventions.reporting_currency),
        "aging_basis": (TEXT, policy.conventions.aging_basis),
        "allocation_effective": (TEXT, policy.conventions.allocation_effective),
        "dso_period_days": (WHOLE, policy.conventions.dso_period_days),
        "long_overdue_days": (WHOLE, policy.conventions.long_overdue_days),
        "cutoff_days": (WHOLE, policy.conventions.cutoff_days),
        "same_client_likeness": (WHOLE, policy.conventions.same_client_likeness),
        "fx_rate_max_age_days": (WHOLE, policy.conventions.fx_rate_max_age_days),
        "stale_load_days": (WHOLE, policy.conventions.stale_load_days),
        "trend_months": (WHOLE, policy.conventions.trend_months),
        "minimum_chase_amount": (AMOUNT, policy.conventions.minimum_chase_amount),
        "accounting_basis": (TEXT, policy.conventions.accounting_basis),
        "substantial_amount": (AMOUNT, policy.chasing.substantial_amount),
        "minimum_net_amount": (AMOUNT, policy.chasing.minimum_net_amount),
        "history_window_days": (WHOLE, policy.chasing.history_window_days),
        "history_minimum_count": (WHOLE, policy.chasing.history_minimum_count),
        "firm_country": (TEXT, policy.firm.country),
        "firm_region": (TEXT, policy.firm.region),
        "charges_sales_tax": ("BOOLEAN", policy.firm.charges_sales_tax),
        "tax_country": (TEXT, tax_country(policy)),
        "provision_method": (TEXT, policy.provision.method),
        "loss_after_days": (WHOLE, policy.provision.loss_after_days),
        "loss_minimum_count": (WHOLE, policy.provision.history_minimum_count),
        "percent_of_sales": (RATE, policy.provision.percent_of_sales),
        "percent_of_sales_reason": (TEXT, policy.provision.percent_of_sales_reason),
        "allowance_booked_amount": (AMOUNT, policy.provision.booked_amount),
        "allowance_booked_on": (DAY, policy.provision.booked_on),
        "late_interest_law": (TEXT, policy.late_interest.law),
        "late_interest_scheme": (TEXT, policy.late_interest.scheme),
    }
    columns = tuple((name, kind) for name, (kind, _) in values.items())
    return PolicyTable(columns, (tuple(value for _, value in values.values()),))


def tax_country(policy: Policy) -> str | None:
    """The country whose tax the firm pays, as the facts name it; null = not given, or not known to the policy."""
    written = (policy.firm.country or "").strip().lower()
    spelled = {name.lower(): code for code, names in policy.country_names.items() for name in (code, *names)}
    return spelled.get(written)


def buckets(edges: tuple[int, ...]) -> PolicyTable:
    """One row a bucket, its ends inclusive; days_from null = no lower end, days_to null = no upper end."""
    lower = (None, *(edge + 1 for edge in edges))
    upper = (*edges, None)
    rows = tuple(
        (bucket_label(days_from, days_to), number, days_from, days_to)
        for number, (days_from, days_to) in enumerate(zip(lower, upper, strict=True))
    )
    return PolicyTable((("bucket", TEXT), ("bucket_number", WHOLE), ("days_from", WHOLE), ("days_to", WHOLE)), rows)


def bucket_label(days_from: int | None, days_to: int | None) -> str:
    """The name people read: current, 1-30, 91+; 'up to 30' where the list does not start at 0."""
    if days_from is None:
        return "current" if days_to == 0 else f"up to {days_to}"
    if days_to is None:
        return f"{days_from}+"
    if days_from == days_to:
        return str(days_from)
    return f"{days_from}-{days_to}" if days_from >= 0 else f"{days_from} to {days_to}"


def loss_rules(policy: Policy) -> PolicyTable:
    """One row a bucket: the loss rate given for it, if any, and what the adjustments that concern it add up to."""
    rules = policy.provision
    rows: list[tuple[Value, ...]] = []
    for _, number, days_from, days_to in buckets(policy.conventions.bucket_edges).rows:
        concerning = [
            rule
            for rule in rules.adjustments.values()
            if (rule.days_from is None or (isinstance(days_from, int) and days_from >= rule.days_from))
            and (rule.days_to is None or (isinstance(days_to, int) and days_to <= rule.days_to))
        ]
        rows.append(
            (
                number,
                rules.fixed_rates[len(rows)] if rules.fixed_rates else None,
                rules.fixed_rates_reason,
                sum((rule.relative_rate for rule in concerning), Decimal(0)),
                sum((rule.absolute_rate for rule in concerning), Decimal(0)),
                "; ".join(rule.reason for rule in concerning) or None,
            )
        )
    columns = (
        ("bucket_number", WHOLE),
        ("fixed_rate", RATE),
        ("fixed_rates_reason", TEXT),
        ("relative_rate", RATE),
        ("absolute_rate", RATE),
        ("adjustment_reason", TEXT),
    )
    return PolicyTable(columns, tuple(rows))


def risk_groups(policy: Policy) -> PolicyTable:
    """One row a client that the policy puts into a risk group."""
    rows = tuple((client, group) for group, clients in policy.provision.risk_groups.items() for client in clients)
    return PolicyTable((("client", TEXT), ("risk_group", TEXT)), rows)


def month_buckets(as_of: date, conventions: Conventions) -> PolicyTable:
    """One row a bucket: what is not late, then the month of as_of and those before it, then all that is older.

    Both days inclusive; first_day null = no lower end, last_day null = no upper end. What falls due on as_of is not
    late; by document date what was issued on as_of belongs to its month, and nothing is current.
    """
    months = conventions.aging_months
    rows: list[tuple[Value, ...]] = []
    last_day = as_of
    if conventions.aging_basis == "due_date":
        rows.append(("current", 0, as_of, None))
        last_day = as_of - timedelta(days=1)
    for number in range(1, months + 1):
        first_day = last_day.replace(day=1)
        rows.append((f"{first_day:%Y-%m}", number, first_day, last_day))
        last_day = first_day - timedelta(days=1)
    rows.append((f"before {last_day + timedelta(days=1):%Y-%m}", months + 1, None, last_day))
    return PolicyTable((("bucket", TEXT), ("bucket_number", WHOLE), ("first_day", DAY), ("last_day", DAY)), tuple(rows))


def month_ends(as_of: date, *, months: int) -> list[date]:
    """The last month ends in ascending order; the last of them is as_of itself, even in mid-month."""
    ends = [as_of]
    while len(ends) < months:
        ends.append(ends[-1].replace(day=1) - timedelta(days=1))
    return ends[::-1]


def sales_periods(ends: Sequence[date], lengths: Sequence[int]) -> PolicyTable:
    """One row a month end and length: the calendar months up to it, its own included, and how many days they have."""
    rows = []
    for end in ends:
        firsts = [end.replace(day=1)]
        while len(firsts) < max(lengths):
            firsts.append((firsts[-1] - timedelta(days=1)).replace(day=1))
        for months in sorted(set(lengths)):
            first_day = firsts[months - 1]
            rows.append((end, months, first_day, (end - first_day).days + 1))
    columns = (("month_end", DAY), ("months", WHOLE), ("first_day", DAY), ("period_days", WHOLE))
    return PolicyTable(columns, tuple(rows))


def projection_days(as_of: date, *, months: int) -> PolicyTable:
    """The next month ends after as_of, in ascending order."""
    ends: list[date] = []
    while len(ends) < months:
        first_day = (ends[-1] if ends else as_of) + timedelta(days=1)
        ends.append(first_day.replace(day=monthrange(first_day.year, first_day.month)[1]))
    return PolicyTable((("projected_on", DAY),), tuple((end,) for end in ends))


def tax_year(as_of: date) -> PolicyTable:
    """One row: the part of the calendar year that is over at the close of as_of."""
    return PolicyTable((("first_day", DAY), ("last_day", DAY)), ((as_of.replace(month=1, day=1), as_of),))


def ladder(policy: Policy) -> PolicyTable:
    """One row a step, in order; route_step numbers the steps of the same route after the due date.

    substantial_days_past_due: the day of the step where the client owes a substantial sum.
    """
    taken: dict[str, int] = {}
    rows = []
    for number, step in enumerate(policy.ladder, start=1):
        is_after_due = step.days_past_due > 0
        taken[step.route] = taken.get(step.route, 0) + is_after_due
        sooner = step.days_past_due if step.substantial_days_past_due is None else step.substantial_days_past_due
        rows.append(
            (number, step.step, step.route, taken[step.route] if is_after_due else 0, step.days_past_due, sooner)
        )
    columns = (
        ("step_number", WHOLE),
        ("step", TEXT),
        ("route", TEXT),
        ("route_step", WHOLE),
        ("days_past_due", WHOLE),
        ("substantial_days_past_due", WHOLE),
    )
    return PolicyTable(columns, tuple(rows))


def route_rules(policy: Policy) -> PolicyTable:
    """One row a route, in the order of the policy; preference 1 is taken before 2 where both are open."""
    preference = {"outside": 1, "own": 3, "end": 4, "wait": 5}
    columns = {
        "label": TEXT,
        "kind": TEXT,
        "list": TEXT,
        "phrase": TEXT,
        "contact_kind": TEXT,
        "opens_on_day": WHOLE,
        "closes_after_day": WHOLE,
        "after_contact_kind": TEXT,
        "answer_days": WHOLE,
        "expected_days": WHOLE,
        "cost_amount": AMOUNT,
        "minimum_amount": AMOUNT,
        "recovery": TEXT,
        "recovery_rate": RATE,
        "is_open_to_consumers": "BOOLEAN",
    }
    rows = tuple(
        (route, number, preference[rule.kind], *(getattr(rule, name) for name in columns))
        for number, (route, rule) in enumerate(policy.routes.items(), start=1)
    )
    return PolicyTable((("route", TEXT), ("route_number", WHOLE), ("preference", WHOLE), *columns.items()), rows)
