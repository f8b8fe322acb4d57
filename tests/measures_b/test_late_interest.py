"""Interest on late payment and fixed sums, against the worked examples of late_interest.toml and of peers.md, 6b."""

from pathlib import Path
from typing import Any

import pytest

from agingreport.books import Books
from drawn import assert_shows, books_of, shown

BRITISH = '[firm]\ncountry = "GB"\n'
CLAIM = ("late_days", "interest_amount", "fixed_amount", "waived_amount", "claim_amount")
ALLOCATED = "debit_id  credit_id  amount\n"


def invoice(amount: float, due_date: str, currency: str = "GBP", document_date: str = "2020-01-01") -> str:
    return f"""
        document_id  kind     client  document_date    due_date    amount    currency
        I1           invoice  Acme    {document_date}  {due_date}  {amount}  {currency}
    """


def terms(rate: float, *more: str) -> str:
    return "\n".join(["[late_interest.contract]", f"yearly_rate = {rate}", *more])


def claim(books: Books) -> list[str]:
    [row] = shown(books, "late_interest", CLAIM)
    return row


def only(books: Books) -> dict[str, Any]:
    [row] = books.show("late_interest")
    return row


@pytest.mark.parametrize(
    ("oracle", "rate", "rounding", "interest"),
    [
        ("govuk-1: 85.00 a year, 0.23 a day, 50 days", 0.085, "daily", "11.50"),
        ("govuk-1, exact", 0.085, "total", "11.64"),
        ("govuk-2, county court 8 %: 0.22 a day", 0.08, "daily", "11.00"),
        ("govuk-2, exact", 0.08, "total", "10.96"),
    ],
)
def test_a_thousand_for_fifty_days(tmp_path: Path, oracle: str, rate: float, rounding: str, interest: str) -> None:
    policy = terms(rate, f'rounding = "{rounding}"')
    books = books_of(tmp_path, "2025-02-20", policy=policy, documents=invoice(1000, "2025-01-01"))
    assert claim(books) == ["50", interest, "0.00", "0.00", interest], oracle


def test_the_law_of_britain_rounds_by_the_day_and_takes_the_rate_of_the_start_for_the_whole_life(
    tmp_path: Path,
) -> None:
    """Late from 1 July 2024: 5.25 % of 30 June and 8 % for all its days, though the reference rate fell in January."""
    books = books_of(tmp_path, "2025-03-31", policy=BRITISH, documents=invoice(1000, "2024-06-30"))
    row = only(books)
    assert row["yearly_rate"] == pytest.approx(0.1325)
    assert claim(books) == ["274", "98.64", "70.00", "0.00", "168.64"]


@pytest.mark.parametrize(
    ("due_date", "rate"),
    [("2024-12-30", 0.1325), ("2024-12-31", 0.1275), ("2025-06-29", 0.1275), ("2025-06-30", 0.1225)],
)
def test_a_debt_belongs_to_the_half_year_in_which_it_becomes_late(tmp_path: Path, due_date: str, rate: float) -> None:
    books = books_of(tmp_path, "2025-12-31", policy=BRITISH, documents=invoice(1000, due_date))
    assert only(books)["yearly_rate"] == pytest.approx(rate)


@pytest.mark.parametrize(
    ("amount", "fixed"), [("999.99", "40.00"), ("1000", "70.00"), ("9999.99", "70.00"), ("10000", "100.00")]
)
def test_the_fixed_sum_goes_by_the_size_of_the_debt(tmp_path: Path, amount: str, fixed: str) -> None:
    """GB-LPCDA: below 1,000; up to below 10,000; from 10,000."""
    books = books_of(tmp_path, "2025-02-28", policy=BRITISH, documents=invoice(float(amount), "2025-01-31"))
    assert claim(books)[2] == fixed


@pytest.mark.parametrize(
    ("country", "amount", "fixed"),
    [
        ("IE", "1000", "40.00"),
        ("IE", "1000.01", "70.00"),
        ("IE", "10000", "70.00"),
        ("IE", "10000.01", "100.00"),
        ("ES", "0.01", "40.00"),
        ("ES", "50000", "40.00"),
        ("IT", "1000", "40.00"),
        ("AT", "1000", "40.00"),
    ],
)
def test_the_fixed_sums_of_the_european_directive_as_each_country_has_them(
    tmp_path: Path, country: str, amount: str, fixed: str
) -> None:
    """S.I. 580/2012 (not exceeding 1,000, 10,000, above), Ley 3/2004 art. 8, D.Lgs. 231/2002 art. 6, UGB 458."""
    policy = f'[firm]\ncountry = "{country}"\n'
    books = books_of(tmp_path, "2025-08-31", policy=policy, documents=invoice(float(amount), "2025-07-31", "EUR"))
    assert shown(books, "late_interest", ("fixed_amount",)) == [[fixed]]


def test_the_rate_of_a_french_debt_moves_with_each_half_year(tmp_path: Path) -> None:
    """MRO 4.50 and 4.25 + 10: 14.5 % until 30 June 2024, 14.25 % from 1 July."""
    policy = '[firm]\ncountry = "France"\n'
    books = books_of(tmp_path, "2024-07-31", policy=policy, documents=invoice(36500, "2024-05-31", "EUR"))
    assert_shows(
        books,
        "interest_periods",
        """
        from_date   to_date     days  rate_on     yearly_rate  interest_amount
        2024-05-31  2024-06-30  30    2024-06-01  0.145        435.00
        2024-06-30  2024-07-31  31    2024-07-01  0.1425       441.75
        """,
    )
    assert claim(books) == ["61", "876.75", "40.00", "0.00", "916.75"]


def test_a_quarter_of_a_year_in_france_by_its_days(tmp_path: Path) -> None:
    """Fr-1 (lexing.law) takes a quarter of 10.25 % of 10,000, 256.25; by 90 days of 365 it is 252.74."""
    policy = '[firm]\ncountry = "FR"\n'
    books = books_of(tmp_path, "2014-04-01", policy=policy, documents=invoice(10000, "2014-01-01", "EUR", "2013-12-01"))
    assert only(books)["yearly_rate"] == pytest.approx(0.1025)
    assert claim(books)[:2] == ["90", "252.74"]


def test_the_irish_rate_is_that_of_the_day_of_payment(tmp_path: Path) -> None:
    """Ie-1: 1,000 at 12.25 % for a day is 0.34; the day of payment is in the second half of 2024."""
    policy = '[firm]\ncountry = "IE"\n'
    documents = invoice(1000, "2024-06-30", "EUR") + "P1  payment  Acme  2024-07-01  -  1000  EUR"
    books = books_of(tmp_path, "2026-10-31", policy=policy, documents=documents, allocations=ALLOCATED + "I1  P1  1000")
    assert only(books)["yearly_rate"] == pytest.approx(0.1225)
    assert claim(books)[:2] == ["1", "0.34"]


def test_each_irish_payment_has_its_own_rate(tmp_path: Path) -> None:
    """Half of 36,500 is paid in June 2024 at 12.5 % after 60 days, half in August at 12.25 % after 120."""
    policy = '[firm]\ncountry = "IE"\n'
    documents = (
        invoice(36500, "2024-04-15", "EUR")
        + """
        P1  payment  Acme  2024-06-14  -  18250  EUR
        P2  payment  Acme  2024-08-13  -  18250  EUR
    """
    )
    books = books_of(
        tmp_path,
        "2024-12-31",
        policy=policy,
        documents=documents,
        allocations=ALLOCATED + "I1  P1  18250\n I1  P2  18250",
    )
    assert_shows(
        books,
        "interest_periods",
        """
        to_date     days  principal_amount  yearly_rate  interest_amount
        2024-06-14  60    18250.00          0.125        375.00
        2024-08-13  120   18250.00          0.1225       735.00
        """,
    )


def test_each_payment_lowers_what_bears_interest_from_the_day_after(tmp_path: Path) -> None:
    documents = (
        invoice(1000, "2025-01-01")
        + """
        P1  payment  Acme  2025-01-21  -  400  GBP
        P2  payment  Acme  2025-02-20  -  600  GBP
    """
    )
    allocations = ALLOCATED + "I1  P1  400\n I1  P2  600"
    books = books_of(tmp_path, "2025-06-30", policy=terms(0.365), documents=documents, allocations=allocations)
    assert_shows(
        books,
        "interest_periods",
        """
        from_date   to_date     days  principal_amount  interest_amount
        2025-01-01  2025-01-21  20    1000.00           20.00
        2025-01-21  2025-02-20  30    600.00            18.00
        """,
    )
    assert claim(books)[:2] == ["50", "38.00"]


@pytest.mark.parametrize(
    ("paid_on", "interest"), [("2025-01-01", None), ("2025-01-02", "1.00"), ("2025-01-11", "10.00")]
)
def test_the_day_of_payment_bears_interest_and_the_due_date_does_not(
    tmp_path: Path, paid_on: str, interest: str | None
) -> None:
    documents = invoice(1000, "2025-01-01") + f"P1  payment  Acme  {paid_on}  -  1000  GBP"
    books = books_of(
        tmp_path, "2025-03-31", policy=terms(0.365), documents=documents, allocations=ALLOCATED + "I1  P1  1000"
    )
    assert [row[1] for row in shown(books, "late_interest", CLAIM)] == ([interest] if interest else [])


def test_what_was_credited_was_never_owed(tmp_path: Path) -> None:
    documents = invoice(1000, "2025-01-01") + "C1  credit_note  Acme  2025-02-01  -  600  GBP"
    books = books_of(
        tmp_path, "2025-01-31", policy=terms(0.365), documents=documents, allocations=ALLOCATED + "I1  C1  600"
    )
    later = books_of(
        tmp_path / "l", "2025-02-10", policy=terms(0.365), documents=documents, allocations=ALLOCATED + "I1  C1  600"
    )
    assert claim(books)[:2] == ["30", "30.00"]
    assert claim(later)[:2] == ["40", "16.00"]
    assert only(later)["late_amount"] == 400


FEE = terms(0.10, "fixed_amount = 10", 'currency = "GBP"')


def test_interest_and_fee(tmp_path: Path) -> None:
    """Peers.md K21 (ERPNext): 100 at 10 % a year for 15 days, fee 10: 0.41 + 10 = 10.41."""
    books = books_of(tmp_path, "2025-01-16", policy=FEE, documents=invoice(100, "2025-01-01"))
    assert claim(books) == ["15", "0.41", "10.00", "0.00", "10.41"]


PAID = invoice(100, "2025-01-01") + "P1  payment  Acme  2025-01-16  -  100  GBP"
PAID_ALL = ALLOCATED + "I1  P1  100"


@pytest.mark.parametrize("as_of", ["2025-01-16", "2026-01-16"])
def test_it_stays_claimable_when_the_debt_is_paid(tmp_path: Path, as_of: str) -> None:
    """Peers.md K23: as K21, then 100 paid: 10.41 is left."""
    books = books_of(tmp_path, as_of, policy=FEE, documents=PAID, allocations=PAID_ALL)
    assert claim(books) == ["15", "0.41", "10.00", "0.00", "10.41"]
    assert books.show("open_items").rows == ()


@pytest.mark.parametrize(
    ("note", "as_of", "left"),
    [
        ("Acme  I1  2025-02-01  note  interest waived", "2025-03-31", "0.00"),
        ("Acme  -   2025-02-01  note  Interest Waived", "2025-03-31", "0.00"),
        ("Acme  I1  2025-02-01  note  interest billed", "2025-03-31", "0.00"),
        ("Acme  I1  2025-02-01  note  interest waived", "2025-01-31", "10.41"),
        ("Acme  I1  2025-02-01  note  will pay", "2025-03-31", "10.41"),
        ("Acme  I2  2025-02-01  note  interest waived", "2025-03-31", "10.41"),
        ("Acme  I1  2025-01-01  note  interest waived", "2025-03-31", "10.41"),
    ],
)
def test_a_note_on_record_ends_the_claim(tmp_path: Path, note: str, as_of: str, left: str) -> None:
    contacts = f"client  document_id  date  kind  outcome\n {note}"
    books = books_of(tmp_path, as_of, policy=FEE, documents=PAID, allocations=PAID_ALL, contacts=contacts)
    assert claim(books)[-1] == left


@pytest.mark.parametrize("country", ["contract", "IE"])
def test_what_accrues_after_a_waiver_counts_again(tmp_path: Path, country: str) -> None:
    contacts = "client  document_id  date  kind  outcome\n Acme  I1  2024-02-10  note  interest waived"
    policy = terms(0.365) if country == "contract" else '[firm]\ncountry = "IE"\n'
    documents = invoice(1000, "2024-01-31", "EUR")
    books = books_of(tmp_path, "2024-02-20", policy=policy, documents=documents, contacts=contacts)
    periods = shown(books, "interest_periods", ("from_date", "to_date", "is_waived"))
    assert periods == [["2024-01-31", "2024-02-10", "yes"], ["2024-02-10", "2024-02-20", "no"]]
    if country == "contract":
        assert claim(books) == ["20", "20.00", "0.00", "10.00", "10.00"]


def test_instalments_bear_interest_one_by_one(tmp_path: Path) -> None:
    instalments = "document_id  due_date  amount\n I1  2025-01-01  400\n I1  2025-02-01  600"
    books = books_of(
        tmp_path,
        "2025-02-11",
        policy=FEE.replace("0.1", "0.365"),
        documents=invoice(1000, "2025-02-01"),
        instalments=instalments,
    )
    assert_shows(
        books,
        "late_interest",
        """
        instalment_number  late_amount  late_days  interest_amount  fixed_amount
        1                  400.00       41         16.40            10.00
        2                  600.00       10         6.00             10.00
        """,
    )


def test_a_bounced_payment_is_owed_again_from_the_day_it_bounced(tmp_path: Path) -> None:
    documents = (
        invoice(1000, "2025-01-01")
        + """
        P1  payment  Acme  2025-01-01  -  1000  GBP
        R1  refund   Acme  2025-01-11  -  1000  GBP
    """
    )
    allocations = ALLOCATED + "I1  P1  1000\n R1  P1  1000"
    books = books_of(
        tmp_path, "2025-01-31", policy=FEE.replace("0.1", "0.365"), documents=documents, allocations=allocations
    )
    assert_shows(
        books,
        "late_interest",
        """
        document_id  free_until  late_days  interest_amount  fixed_amount
        R1           2025-01-11  20         20.00            0.00
        """,
    )
