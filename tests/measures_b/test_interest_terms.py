"""Which rule on late payment counts for a debt, and what is said where none does or a figure is not known."""

from datetime import date
from pathlib import Path

import pytest
from test_late_interest import BRITISH, claim, invoice, only, terms

from agingreport.books import Books
from agingreport.errors import AgingReportError
from agingreport.policy.reading import load_policy
from agingreport.policy.tables import policy_tables
from drawn import books_of, shown


def agreed_in(country: str, rate: float) -> str:
    return f'[firm]\ncountry = "{country}"\n{terms(rate)}\n'


def reference(series: str, day: str, rate: float) -> str:
    return f'[reference_rates.{series}]\n{day} = {{ rate = {rate}, source = "test", source_date = "2026" }}\n'


def test_without_a_due_date_the_law_may_give_one(tmp_path: Path) -> None:
    documents = invoice(1000, "-", document_date="2025-01-01")
    british = books_of(tmp_path / "a", "2025-02-10", policy=BRITISH, documents=documents)
    french = books_of(tmp_path / "b", "2025-02-10", policy='[firm]\ncountry = "FR"\n', documents=documents)
    assert shown(british, "late_interest", ("free_until", "late_days")) == [["2025-01-31", "10"]]
    assert shown(french, "late_interest", ("claim_amount", "reason")) == [["-", "no due date is agreed"]]


WITHOUT_SUM = """
[firm]
country = "PT"
[interest_schemes.PT-own]
country = "PT"
currency = "EUR"
yearly_rate = 0.10
rule = "invented"
source = "invented"
source_date = "2025-01-01"
verified = true
stale_after = 2028-11-21
"""


def reason(books: Books) -> str | None:
    row = only(books)
    assert row["claim_amount"] is None
    found: str | None = row["reason"]
    return found


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("", "unknown country of the firm: give firm.country in the policy"),
        (
            '[firm]\ncountry = "US"',
            "only as agreed: give the rate of your own terms in the policy, [late_interest.contract]",
        ),
        ('[firm]\ncountry = "NL"', "the reference rate ECB_MRO of 2025-01-02 is not known"),
        ('[firm]\ncountry = "CN"', "the rule CN-SME was not verified"),
        ('[firm]\ncountry = "GR"', "unknown country of the firm: give firm.country in the policy"),
        ('[firm]\ncountry = "Utopia"', "unknown country of the firm: give firm.country in the policy"),
        ('[firm]\ncountry = "DE"', "the reference rate DE_BASISZINS of 2025-01-02 is not known"),
        ('[firm]\ncountry = "FR"', "the reference rate ECB_MRO of 2025-01-02 is not known"),
        ('[firm]\ncountry = "GB"', "the fixed sum is in another currency than EUR"),
        (WITHOUT_SUM, "the fixed sum was not read in a source"),
        (agreed_in("CA", 0.36), "the agreed rate is above what the law of CA allows"),
    ],
)
def test_what_is_not_known_is_unknown_with_its_reason(tmp_path: Path, policy: str, expected: str) -> None:
    """The European rate of January 2025 and the German ones of today were not read in a source."""
    books = books_of(tmp_path, "2025-03-31", policy=policy, documents=invoice(1000, "2025-01-01", "EUR"))
    assert reason(books) == expected


def test_a_half_year_without_a_rate_is_not_filled_from_the_one_before(tmp_path: Path) -> None:
    policy = '[firm]\ncountry = "FR"\n'
    documents = invoice(36500, "2026-06-20", "EUR")
    known = books_of(tmp_path / "a", "2026-06-30", policy=policy, documents=documents)
    unknown = books_of(tmp_path / "b", "2026-07-01", policy=policy, documents=documents)
    given = policy + reference("ECB_MRO", "2026-07-01", 0.0215)
    filled = books_of(tmp_path / "c", "2026-07-01", policy=given, documents=documents)
    assert claim(known)[1] == "121.50"
    assert reason(unknown) == "the reference rate ECB_MRO of 2026-07-01 is not known"
    assert claim(filled)[1] == "133.65"


def test_a_rule_that_is_no_longer_believed_gives_nothing(tmp_path: Path) -> None:
    documents = invoice(1000, "2026-12-01")
    before = books_of(tmp_path / "a", "2027-12-31", policy=BRITISH, documents=documents)
    after = books_of(tmp_path / "b", "2028-01-01", policy=BRITISH, documents=documents)
    assert claim(before)[2] == "70.00"
    assert reason(after) == "the rule GB-LPCDA was last believed on 2027-12-31"


CLIENT = "client  country  consumer\n Acme  {}  {}"


@pytest.mark.parametrize(
    ("country", "consumer", "policy", "scheme", "expected"),
    [
        ("-", "-", "", "GB-LPCDA", "-"),
        ("United Kingdom", "no", "", "GB-LPCDA", "-"),
        ("GB", "yes", "", "GB-LPCDA", "a consumer: these rules are for business debts"),
        ("FR", "no", "", "-", "unknown law: the firm is in GB, the client in FR; give late_interest.law in the policy"),
        (
            "Utopia",
            "no",
            "",
            "-",
            "unknown law: the firm is in GB, the client in UTOPIA; give late_interest.law in the policy",
        ),
        ("FR", "no", '[late_interest]\nlaw = "firm"', "GB-LPCDA", "-"),
        ("FR", "no", '[late_interest]\nlaw = "client"', "FR-L441-10", "-"),
        ("Utopia", "no", '[late_interest]\nlaw = "client"', "-", "no rule is kept for UTOPIA"),
        ("FR", "no", '[late_interest]\nscheme = "IE-SI580"', "IE-SI580", "-"),
        ("FR", "no", terms(0.1), "contract", "-"),
        ("FR", "yes", terms(0.1), "contract", "a consumer: these rules are for business debts"),
    ],
)
def test_which_rule_counts(
    tmp_path: Path, country: str, consumer: str, policy: str, scheme: str, expected: str
) -> None:
    books = books_of(
        tmp_path,
        "2025-03-31",
        policy=BRITISH + policy,
        documents=invoice(1000, "2025-01-01"),
        clients=CLIENT.format(country, consumer),
    )
    assert shown(books, "interest_terms", ("scheme", "reason")) == [[scheme, expected]]


@pytest.mark.parametrize(
    ("on_file", "scheme", "has_signed_terms"), [("yes", "contract", "yes"), ("no", "GB-LPCDA", "no")]
)
def test_the_firms_own_terms_need_a_client_that_agreed(
    tmp_path: Path, on_file: str, scheme: str, has_signed_terms: str
) -> None:
    agreements = f"client  kind  on_file\n Acme  signed_terms  {on_file}"
    books = books_of(
        tmp_path,
        "2025-03-31",
        policy=BRITISH + terms(0.1),
        documents=invoice(1000, "2025-01-01"),
        agreements=agreements,
    )
    assert shown(books, "late_interest", ("scheme", "has_signed_terms")) == [[scheme, has_signed_terms]]


def test_the_policy_may_round_otherwise(tmp_path: Path) -> None:
    policy = BRITISH + '[late_interest]\nrounding = "total"\n'
    books = books_of(tmp_path, "2025-03-31", policy=policy, documents=invoice(1000, "2024-06-30"))
    assert claim(books)[1] == "99.47"


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ('[late_interest]\nscheme = "GB"', "late_interest.scheme: known schemes: GB-LPCDA, FR-L441-10"),
        ("[late_interest.contract]\nyearly_rate = 0.1\nfixed_amount = 1", "give the currency of fixed_amount"),
        ("[late_interest.contract]\nyearly_rate = 12", "late_interest.contract.yearly_rate"),
        ("[interest_schemes.GB-LPCDA]\nmargin_rate = 0.01", "interest_schemes.GB-LPCDA: give source"),
    ],
)
def test_a_policy_that_cannot_be_is_refused(tmp_path: Path, toml: str, message: str) -> None:
    path = tmp_path / "policy.toml"
    path.write_text(toml + "\n")
    with pytest.raises(AgingReportError, match=message):
        load_policy(path)


def test_a_reference_rate_holds_for_its_half_year_only_and_only_where_it_was_read(tmp_path: Path) -> None:
    rows = policy_tables(load_policy(None), date(2026, 6, 30))["reference_rates"].rows
    euro = {row[1]: row[2] for row in rows if row[0] == "ECB_MRO"}
    assert euro[date(2013, 3, 16)] == date(2013, 6, 30)
    assert euro[date(2016, 7, 1)] == date(2016, 12, 31)
    assert date(2025, 1, 1) not in euro
    assert date(2026, 7, 1) not in euro
