"""What single laws say on late payment: interest on interest, when default begins, consumers, what was agreed."""

import tomllib
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_interest_terms import reason
from test_late_interest import ALLOCATED, BRITISH, claim, invoice, only, terms

from agingreport.errors import AgingReportError
from agingreport.policy.reading import load_policy
from drawn import books_of, policy_file, shown

GERMAN = '[firm]\ncountry = "DE"\n'


def rates(series: str, rate: str, *years: int) -> str:
    """The same reference rate for each half-year."""
    days = [f"{year}-{day}" for year in years for day in ("01-01", "07-01")]
    written = [f'{day} = {{ rate = {rate}, source = "test", source_date = "2026" }}' for day in days]
    return "\n".join([f"[reference_rates.{series}]", *written, ""])


# 2 % and 8 %: a tenth a year.
DUTCH = '[firm]\ncountry = "NL"\n' + rates("ECB_MRO", "0.02", 2020, 2021, 2022)


@pytest.mark.parametrize(
    ("as_of", "interest"),
    [
        ("2020-12-31", "100.27"),  # 1,000 * 0.1 * 366 / 365
        ("2021-01-01", "100.58"),  # and a day of 1,100.274
        ("2021-12-31", "210.30"),  # 100.274 and 1,100.274 * 0.1
        ("2022-06-30", "270.32"),  # and 1,210.301 * 0.1 * 181 / 365
    ],
)
def test_dutch_interest_bears_interest_after_each_year(tmp_path: Path, as_of: str, interest: str) -> None:
    """BW 6:119(2), 6:119a(3)."""
    books = books_of(tmp_path, as_of, policy=DUTCH, documents=invoice(1000, "2019-12-31", "EUR", "2019-12-01"))
    assert claim(books)[1] == interest


def test_a_payment_lowers_what_bears_interest_and_not_what_was_added(tmp_path: Path) -> None:
    """100.274 of 2020; 1,100.274 for 182 days; 600.274 for 183 days: 185.23."""
    documents = invoice(1000, "2019-12-31", "EUR", "2019-12-01") + "P1  payment  Acme  2021-07-01  -  500  EUR"
    books = books_of(tmp_path, "2021-12-31", policy=DUTCH, documents=documents, allocations=ALLOCATED + "I1  P1  500")
    assert claim(books)[1] == "185.23"
    compounded = sum(row["compounded_amount"] for row in books.show("interest_periods"))
    assert float(compounded) == pytest.approx(100.274 * 0.1, abs=0.001)


def test_what_was_waived_bears_no_interest(tmp_path: Path) -> None:
    """Waived at the end of 2020: of 2021 there are 1,000 * 0.1, and the year after adds those alone."""
    contacts = "client  document_id  date        kind  outcome\n Acme  I1  2020-12-31  note  interest waived"
    documents = invoice(1000, "2019-12-31", "EUR", "2019-12-01")
    books = books_of(tmp_path, "2021-12-31", policy=DUTCH, documents=documents, contacts=contacts)
    row = only(books)
    assert float(row["interest_amount"] + row["fixed_amount"] - row["waived_amount"]) == pytest.approx(100)


def test_indian_interest_is_three_times_the_bank_rate_with_monthly_rests(tmp_path: Path) -> None:
    """MSMED Act s. 16, at a bank rate of 4 %: 336.00 for 28 days, then 36,836 for 31, then 37,211.42 for 30."""
    policy = '[firm]\ncountry = "IN"\n' + rates("RBI_BANK_RATE", "0.04", 2025)
    books = books_of(tmp_path, "2025-04-30", policy=policy, documents=invoice(36500, "2025-01-31", "INR"))
    assert only(books)["yearly_rate"] == pytest.approx(0.12)
    assert claim(books) == ["89", "1078.44", "0.00", "0.00", "1078.44"]


def test_without_the_bank_rate_it_is_unknown(tmp_path: Path) -> None:
    books = books_of(
        tmp_path, "2025-04-30", policy='[firm]\ncountry = "IN"\n', documents=invoice(36500, "2025-01-31", "INR")
    )
    assert reason(books) == "the reference rate RBI_BANK_RATE of 2025-02-01 is not known"


payments = st.dictionaries(st.integers(1, 1100), st.integers(1, 3000), max_size=3)


@settings(max_examples=12, deadline=None)
@given(payments, st.integers(1, 1180), st.booleans())
def test_compound_interest_is_what_a_count_day_by_day_gives(
    tmp_path_factory: pytest.TempPathFactory, paid: dict[int, int], days: int, is_yearly: bool
) -> None:
    start, as_of = date(2020, 1, 15), date(2020, 1, 15) + timedelta(days=days)
    parts = {start + timedelta(days=day): Fraction(amount) for day, amount in paid.items() if day <= days}
    lines = [f"P{day}  payment  Acme  {day}  -  {amount}  EUR" for day, amount in parts.items()]
    matched = [f"I1  P{day}  {amount}" for day, amount in parts.items()]
    country, series = ("NL", "ECB_MRO") if is_yearly else ("IN", "RBI_BANK_RATE")
    drawn = {"documents": "\n".join([invoice(10_000, str(start), "EUR", str(start)), *lines])}
    policy = f'[firm]\ncountry = "{country}"\n' + rates(series, "0.04", 2020, 2021, 2022, 2023)
    books = books_of(
        tmp_path_factory.mktemp("law"),
        str(as_of),
        policy=policy,
        **drawn | ({"allocations": ALLOCATED + "\n".join(matched)} if matched else {}),
    )
    expected = counted(start, as_of, parts, months=12 if is_yearly else 1, rate=Fraction(12, 100))
    assert float(only(books)["interest_amount"]) == pytest.approx(float(expected), abs=0.0051)


def counted(start: date, as_of: date, parts: dict[date, Fraction], *, months: int, rate: Fraction) -> Fraction:
    """Interest day by day: what accrued joins the capital on each anniversary of the start."""
    owed, capital, accrued = Fraction(10_000), Fraction(0), Fraction(0)
    day = start
    while day < as_of and owed > 0:
        day += timedelta(days=1)
        accrued += (owed + capital) * rate / 365
        owed -= parts.get(day, Fraction(0))
        elapsed = (day.year - start.year) * 12 + day.month - start.month
        if day.day == start.day and elapsed % months == 0:
            capital, accrued = capital + accrued, Fraction(0)
    return capital + accrued


REMINDED = "client  document_id  date        kind\n Acme  {}  {}  {}"


@pytest.mark.parametrize(
    ("due_date", "contacts", "free_until"),
    [
        ("2021-02-01", "", "2021-02-01"),
        ("-", "", "2021-01-31"),
        ("-", REMINDED.format("I1", "2021-01-11", "reminder"), "2021-01-11"),
        ("-", REMINDED.format("-", "2021-01-11", "demand_letter"), "2021-01-11"),
        ("-", REMINDED.format("I1", "2021-01-11", "call"), "2021-01-31"),
        ("-", REMINDED.format("I1", "2021-02-11", "reminder"), "2021-01-31"),
        ("-", REMINDED.format("I1", "2020-12-11", "reminder"), "2021-01-31"),
        ("2021-02-01", REMINDED.format("I1", "2021-01-11", "reminder"), "2021-02-01"),
    ],
)
def test_a_german_business_is_in_default_from_its_due_date_a_reminder_or_thirty_days(
    tmp_path: Path, due_date: str, contacts: str, free_until: str
) -> None:
    """BGB 286(2), (1), (3); base rate -0.88 + 9: 8.12 % (H1 2021, Bundesbank)."""
    drawn = {"documents": invoice(36500, due_date, "EUR", "2021-01-01")} | ({"contacts": contacts} if contacts else {})
    books = books_of(tmp_path, "2021-03-13", policy=GERMAN, **drawn)
    assert shown(books, "late_interest", ("free_until",)) == [[free_until]]
    assert only(books)["yearly_rate"] == pytest.approx(0.0812)
    assert claim(books)[2] == "40.00"


CONSUMER = "client  country  consumer\n Acme  DE  yes"


def test_a_german_consumer_pays_five_points_and_no_fixed_sum(tmp_path: Path) -> None:
    """BGB 288(1): -0.88 + 5 = 4.12 %; 40 days of 36,500: 164.80."""
    books = books_of(
        tmp_path, "2021-03-13", policy=GERMAN, clients=CONSUMER, documents=invoice(36500, "2021-02-01", "EUR")
    )
    assert only(books)["yearly_rate"] == pytest.approx(0.0412)
    assert claim(books) == ["40", "164.80", "0.00", "0.00", "164.80"]


def test_a_german_consumer_without_due_date_is_in_default_from_a_reminder_only(tmp_path: Path) -> None:
    documents = invoice(36500, "-", "EUR", "2021-01-01")
    never = books_of(tmp_path / "a", "2021-03-13", policy=GERMAN, clients=CONSUMER, documents=documents)
    assert reason(never) == "no due date is agreed, and no reminder is on record"
    asked = REMINDED.format("I1", "2021-03-03", "reminder")
    books = books_of(tmp_path / "b", "2021-03-13", policy=GERMAN, clients=CONSUMER, documents=documents, contacts=asked)
    assert claim(books)[0] == "10"


def test_a_rule_for_consumers_is_none_for_a_business(tmp_path: Path) -> None:
    policy = GERMAN + '[late_interest]\nscheme = "DE-288-1"\n'
    books = books_of(tmp_path, "2021-03-13", policy=policy, documents=invoice(36500, "2021-02-01", "EUR"))
    assert reason(books) == "a business: this rule is for consumers"


WITH_ACME = "[late_interest.clients.Acme]\nyearly_rate = 0.073\n"
ON_I1 = '[late_interest.documents.{}]\nyearly_rate = 0.146\nfixed_amount = 15\ncurrency = "GBP"\n'


@pytest.mark.parametrize(
    ("policy", "scheme", "interest", "fixed"),
    [
        (WITH_ACME, "contract with Acme", "20.00", "0.00"),
        (terms(0.0365) + "\n" + WITH_ACME, "contract with Acme", "20.00", "0.00"),
        (WITH_ACME + ON_I1.format("I1"), "contract on I1", "40.00", "15.00"),
        (ON_I1.format("A-7"), "contract on A-7", "40.00", "15.00"),
        (terms(0.0365), "contract", "10.00", "0.00"),
    ],
)
def test_what_was_agreed_with_a_client_or_on_a_document_takes_the_place_of_the_law(
    tmp_path: Path, policy: str, scheme: str, interest: str, fixed: str
) -> None:
    """A thousand for 100 days at 7.3 %, 14.6 % or 3.65 % a year."""
    documents = """
        document_id  kind     client  number  document_date  due_date    amount  currency
        I1           invoice  Acme    A-7     2025-01-01     2025-01-31  1000    GBP
    """
    books = books_of(tmp_path, "2025-05-11", policy=BRITISH + policy, documents=documents)
    assert shown(books, "late_interest", ("scheme", "interest_amount", "fixed_amount")) == [[scheme, interest, fixed]]


def test_other_clients_and_documents_stay_under_the_law(tmp_path: Path) -> None:
    documents = """
        document_id  kind     client  document_date  due_date    amount  currency
        I1           invoice  Acme    2025-01-01     2025-01-31  1000    GBP
        I2           invoice  Bolt    2025-01-01     2025-01-31  1000    GBP
        I3           invoice  Bolt    2025-01-01     2025-01-31  1000    GBP
    """
    policy = BRITISH + WITH_ACME + ON_I1.format("I3")
    books = books_of(tmp_path, "2025-05-11", policy=policy, documents=documents)
    found = dict(shown(books, "late_interest", ("document_id", "scheme")))
    assert found == {"I1": "contract with Acme", "I2": "GB-LPCDA", "I3": "contract on I3"}


@pytest.mark.parametrize("key", ["clients.Acme", "documents.I1"])
def test_an_agreed_rate_above_the_cap_of_the_country_is_not_worked_out(tmp_path: Path, key: str) -> None:
    policy = f'[firm]\ncountry = "CA"\n[late_interest.{key}]\nyearly_rate = 0.36\n'
    books = books_of(tmp_path, "2025-03-31", policy=policy, documents=invoice(1000, "2025-01-01", "CAD"))
    assert str(reason(books)).startswith("the agreed rate is above what the law of")


@pytest.mark.parametrize(
    ("client", "due_date", "is_time_barred"),
    [
        ("GB  England", "2020-01-01", "no"),
        ("GB  England", "2018-01-01", "yes"),
        ("GB  -", "2018-01-01", "-"),
    ],
)
def test_a_claim_says_whether_its_debt_is_time_barred(
    tmp_path: Path, client: str, due_date: str, is_time_barred: str
) -> None:
    """Six years in England and Wales; where in Britain the client sits must be known."""
    books = books_of(
        tmp_path,
        "2025-03-31",
        policy=BRITISH,
        clients=f"client  country  region\n Acme  {client}",
        documents=invoice(1000, due_date, document_date="2017-12-01"),
    )
    assert shown(books, "late_interest", ("is_time_barred",)) == [[is_time_barred]]


SCHEMES = {
    "GB-LPCDA": None,
    "EU-2011-7": (
        "EU-2011-7 binds countries and not clients: name the rule of a country, late_interest.scheme in the policy"
    ),
    "FR-L441-10": None,
    "DE-288-2": None,
    "ES-3-2004": None,
    "NL-119a": None,
    "IE-SI580": None,
    "AT-456": None,
    "IT-231": None,
    "US-contract": "only as agreed: give the rate of your own terms in the policy, [late_interest.contract]",
    "CA-contract": "only as agreed: give the rate of your own terms in the policy, [late_interest.contract]",
    "AU-contract": "only as agreed: give the rate of your own terms in the policy, [late_interest.contract]",
    "IN-MSMED": None,
    "CN-SME": "the rule CN-SME was not verified",
    "NZ-contract": "only as agreed: give the rate of your own terms in the policy, [late_interest.contract]",
}


@pytest.mark.parametrize("scheme", sorted(SCHEMES))
def test_every_scheme_that_was_gathered_is_kept_and_is_used_or_says_why_not(tmp_path: Path, scheme: str) -> None:
    policy = load_policy(policy_file(tmp_path, f'[late_interest]\nscheme = "{scheme}"\n'))
    books = books_of(tmp_path, "2026-03-31", documents=invoice(1000, "2026-01-31", "EUR"))
    assert scheme in policy.interest_schemes
    rows = {row["scheme"]: row["barred_by"] for row in books.sql("select * from interest_schemes")}
    assert rows[scheme] == SCHEMES[scheme]


def test_no_scheme_that_was_gathered_is_left_out() -> None:
    """The list of late_interest.toml, where it is beside the project; and our own beside those, for consumers."""
    gathered = Path(__file__).parents[3] / "shared" / "rules" / "late_interest.toml"
    listed = tomllib.loads(gathered.read_text("utf-8"))["scheme"] if gathered.exists() else []
    assert {scheme["id"] for scheme in listed} <= SCHEMES.keys()
    assert set(load_policy(None).interest_schemes) == {*SCHEMES, "DE-288-1"}


def test_a_scheme_that_cannot_be_is_refused(tmp_path: Path) -> None:
    toml = """
        [interest_schemes.XX]
        country = "XX"
        currency = "EUR"
        yearly_rate = 0.1
        method = "compound_yearly"
        rounding = "daily"
        source = "test"
        source_date = "2026"
        stale_after = 2030-01-01
    """
    with pytest.raises(AgingReportError, match="compound interest goes with neither"):
        load_policy(policy_file(tmp_path, toml))
