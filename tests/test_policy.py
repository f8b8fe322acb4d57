"""The policy file: what differs from the shipped one, what is refused, and the tables the models read."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from agingreport.errors import AgingReportError
from agingreport.policy.fact_tables import limitations
from agingreport.policy.reading import load_policy
from agingreport.policy.rows import PolicyTable, last_barred_due_date
from agingreport.policy.sections import Fact
from agingreport.policy.tables import policy_tables

AS_OF = date(2026, 6, 30)
ROUTES = ["remind", "call", "statement", "stop_work", "demand_letter", "payment_plan"]
ROUTES += ["settle", "agency", "small_claims", "lawsuit", "write_off", "wait"]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "policy.toml"


def table(name: str, as_of: date = AS_OF, path: Path | None = None) -> PolicyTable:
    return policy_tables(load_policy(path), as_of)[name]


def test_the_shipped_policy_holds_the_defaults_of_the_design() -> None:
    policy = load_policy(None)
    assert policy.conventions.bucket_edges == (0, 30, 60, 90)
    assert (policy.conventions.aging_basis, policy.conventions.allocation_effective) == ("due_date", "document")
    assert (policy.conventions.reporting_currency, policy.conventions.accounting_basis) == ("USD", None)
    assert list(policy.routes) == ROUTES


def test_a_file_gives_only_what_differs(own: Path) -> None:
    own.write_text('[conventions]\nreporting_currency = "EUR"\n[routes.call]\ncost_amount = 4.50\n')
    policy = load_policy(own)
    assert (policy.conventions.reporting_currency, policy.conventions.dso_period_days) == ("EUR", 90)
    assert (policy.routes["call"].cost_amount, policy.routes["call"].answer_days) == (Decimal("4.50"), 5)
    assert load_policy(None).conventions.reporting_currency == "USD"


def test_a_byte_order_mark_is_no_mistake(own: Path) -> None:
    own.write_bytes(b"\xef\xbb\xbf[conventions]\ntrend_months = 12\n")
    assert load_policy(own).conventions.trend_months == 12


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "[conventions]\nreporting_curency = 'USD'",
            "unknown key conventions.reporting_curency; did you mean reporting_currency?",
        ),
        ("[conventons]\n", "unknown key conventons; did you mean conventions?"),
        ("bucket_edges = [0]", "unknown key bucket_edges; did you mean conventions.bucket_edges?"),
        ("[routes.agensy]\ncost_amount = 1", "unknown key routes.agensy; did you mean agency?"),
        ("[routes.agency]\ncost = 1", "unknown key routes.agency.cost; did you mean cost_amount?"),
        (
            "[conventions]\nbucket_edges = [30, 0]",
            "conventions.bucket_edges: the days must ascend, as in [0, 30, 60, 90]",
        ),
        ("[conventions]\nbucket_edges = []", "conventions.bucket_edges: "),
        ("[conventions]\nreporting_currency = 'euro'", "conventions.reporting_currency: "),
        (
            "[conventions]\naging_basis = 'due'",
            "conventions.aging_basis: Input should be 'due_date' or 'document_date'",
        ),
        ("[conventions]\nminimum_chase_amount = -1", "conventions.minimum_chase_amount: "),
        ("conventions = 3", "conventions must be a table, as in [conventions]"),
        ("[[ladder]]\nroute = 'call'", "ladder.0.step is missing"),
        ("[small_claims.US-TX]\nlimit_amount = 5", "small_claims.US-TX: give source and source_date and stale_after"),
        ("[conventions", "not a TOML file"),
    ],
)
def test_what_is_wrong_is_named_in_one_line_with_its_file(own: Path, text: str, message: str) -> None:
    own.write_text(text)
    with pytest.raises(AgingReportError) as refusal:
        load_policy(own)
    said = str(refusal.value)
    assert said.startswith(f"{own}: ")
    assert message in said
    assert "\n" not in said


def test_steps_out_of_the_order_of_their_days_are_refused(own: Path) -> None:
    step = "[[ladder]]\nstep = 'x'\nroute = 'call'\ndays_past_due = {}\n"
    own.write_text(step.format(9) + step.format(8))
    with pytest.raises(AgingReportError, match="the steps of the ladder must be in the order of their days"):
        load_policy(own)


def test_a_missing_file_and_one_that_is_no_text_are_refused(own: Path) -> None:
    with pytest.raises(AgingReportError, match="there is no such policy file"):
        load_policy(own)
    own.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(AgingReportError, match="the policy file cannot be read"):
        load_policy(own)


def test_buckets_are_named_by_their_days() -> None:
    assert table("buckets").rows == (
        ("current", 0, None, 0),
        ("1-30", 1, 1, 30),
        ("31-60", 2, 31, 60),
        ("61-90", 3, 61, 90),
        ("91+", 4, 91, None),
    )


@pytest.mark.parametrize(
    ("edges", "labels"),
    [
        ("[0]", ["current", "1+"]),
        ("[30, 60]", ["up to 30", "31-60", "61+"]),
        ("[-30, 0, 1]", ["up to -30", "-29 to 0", "1", "2+"]),
    ],
)
def test_any_ascending_list_makes_buckets(own: Path, edges: str, labels: list[str]) -> None:
    own.write_text(f"[conventions]\nbucket_edges = {edges}\n")
    assert [row[0] for row in table("buckets", path=own).rows] == labels


def test_month_ends_ascend_to_as_of_even_in_mid_month() -> None:
    ends = [row[0] for row in table("month_ends", date(2024, 3, 15)).rows]
    assert ends[-3:] == [date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 15)]
    assert len(ends) == 24


def test_the_tax_year_is_the_calendar_year_up_to_as_of() -> None:
    assert table("tax_year").rows == ((date(2026, 1, 1), AS_OF),)


GIVEN_BY_THE_FIRM = {"interest_contracts", "risk_groups"}


def test_every_table_has_rows_as_wide_as_its_columns() -> None:
    for name, made in policy_tables(load_policy(None), AS_OF).items():
        assert bool(made.rows) != (name in GIVEN_BY_THE_FIRM), name
        assert all(len(row) == len(made.columns) for row in made.rows), name


def facts(thing: object) -> list[Fact]:
    if isinstance(thing, Fact):
        return [thing]
    parts = thing.values() if isinstance(thing, dict) else vars(thing).values()
    return [fact for part in parts if isinstance(part, dict | Fact) for fact in facts(part)]


def test_every_shipped_figure_has_source_date_and_an_end() -> None:
    shipped = facts(load_policy(None))
    assert len(shipped) > 240
    for fact in shipped:
        assert fact.source
        assert fact.source_date
        assert fact.stale_after > date(2020, 1, 1)


@pytest.mark.parametrize(("day", "is_open"), [(date(2029, 8, 12), True), (date(2029, 8, 13), False)])
def test_a_figure_is_believed_through_its_last_day(day: date, is_open: bool) -> None:
    [texas] = [row for row in table("courts", day).rows if row[0] == "US-TX"]
    assert texas[-1] == (None if is_open else "unknown court limit")


def test_every_state_of_the_united_states_has_a_court_and_a_limitation_period() -> None:
    policy = load_policy(None)
    states = [key for key in policy.region_names if key.startswith("US-")]
    assert len(states) == 51
    assert set(states) <= set(policy.small_claims) & set(policy.limitation)


@pytest.mark.parametrize(
    ("as_of", "years", "from_year_end", "due"),
    [
        ("2026-06-30", 4, False, "2022-06-30"),
        ("2024-02-29", 3, False, "2021-02-28"),
        ("2026-12-30", 3, True, "2022-12-31"),
        ("2026-12-31", 3, True, "2023-12-31"),
        ("2027-01-01", 3, True, "2023-12-31"),
    ],
)
def test_a_limitation_period_ends_with_its_anniversary_or_its_year(
    as_of: str, years: int, from_year_end: bool, due: str
) -> None:
    barred = last_barred_due_date(date.fromisoformat(as_of), years=years, counts_from_year_end=from_year_end)
    assert barred == date.fromisoformat(due)


def test_a_period_that_is_not_known_bars_from_the_shortest_known_on() -> None:
    known = {row[0]: row for row in limitations(load_policy(None), AS_OF).rows}
    stale = limitations(load_policy(None), date(2030, 1, 1)).rows
    assert known["US-TX"][1:3] == (4, date(2022, 6, 30))
    assert {row[4] for row in stale} == {"unknown limitation period"}


def test_the_country_of_the_firm_may_be_written_out(own: Path) -> None:
    own.write_text('[firm]\ncountry = " united kingdom "\n')
    made = table("conventions", path=own)
    assert dict(zip((name for name, _ in made.columns), made.rows[0], strict=True))["tax_country"] == "GB"
