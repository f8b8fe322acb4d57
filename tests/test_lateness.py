"""How late a client pays, counting what is still open, and days that are not known left out."""

from datetime import date
from pathlib import Path

import pytest

from drawn import assert_shows, books_of

PAID_LATE = {
    "documents": """
        document_id  kind     client  document_date  due_date    amount
        I1           invoice  Acme    2025-01-01     2025-01-31  100.00
        P1           payment  Acme    2025-02-10     -           100.00
    """,
    "allocations": "debit_id  credit_id  amount\n I1  P1  100.00",
}


def test_a_paid_invoice_is_as_late_as_its_payment(tmp_path: Path) -> None:
    assert_shows(
        books_of(tmp_path, "2025-06-30", **PAID_LATE),
        "lateness",
        """
        client  due_count  on_time_count  on_time_rate  open_count  median_days_late  weighted_days_late  last_paid_on
        Acme    1          0              0.00          0           10.00             10.00               2025-02-10
        """,
    )


def test_days_to_pay_run_to_the_payment_and_not_to_today(tmp_path: Path) -> None:
    """Peers.md K3: invoice 2025-01-01, paid 01-20, asked on 06-30: 19 days."""
    books = books_of(
        tmp_path,
        "2025-06-30",
        documents="""
            document_id  kind     client  document_date  due_date    amount
            I1           invoice  Acme    2025-01-01     2025-01-31  100.00
            P1           payment  Acme    2025-01-20     -           100.00
        """,
        allocations="debit_id  credit_id  amount\n I1  P1  100.00",
    )
    (row,) = books.show("invoice_lateness")
    assert (row["paid_on"] - row["document_date"]).days == 19
    assert row["days_late"] == -11


@pytest.mark.parametrize(
    ("as_of", "due_count", "open_count", "days_late"),
    [("2025-01-31", None, None, None), ("2025-02-01", "1", "1", "1.00"), ("2025-02-09", "1", "1", "9.00"),
     ("2025-02-10", "1", "0", "10.00"), ("2025-02-11", "1", "0", "10.00")],
)  # fmt: skip
def test_an_open_invoice_counts_as_late_as_it_is_from_the_day_after_it_was_due(
    tmp_path: Path, as_of: str, due_count: str | None, open_count: str | None, days_late: str | None
) -> None:
    rows = f"\n {due_count}  {open_count}  {days_late}" if due_count else ""
    assert_shows(books_of(tmp_path, as_of, **PAID_LATE), "lateness", f"due_count  open_count  median_days_late{rows}")


def test_an_invoice_paid_before_it_is_due_is_known_but_not_yet_counted(tmp_path: Path) -> None:
    documents = """
        document_id  kind     client  document_date  due_date    amount
        I1           invoice  Acme    2025-01-01     2025-01-31  100.00
        P1           payment  Acme    2025-01-10     -           100.00
    """
    allocations = "debit_id  credit_id  amount\n I1  P1  100.00"
    before = books_of(tmp_path, "2025-01-31", documents=documents, allocations=allocations)
    after = books_of(tmp_path, "2025-02-01", documents=documents, allocations=allocations)
    columns = "paid_count  due_count  on_time_rate  median_days_late\n"
    assert_shows(before, "lateness", f"{columns} 1  0  -  -")
    assert_shows(after, "lateness", f"{columns} 1  1  1.00  -21.00")


def test_who_never_pays_pulls_the_figures_down(tmp_path: Path) -> None:
    """Peers.md K2: nine paid on the day and one open for 200 days: at least 20 on average, and 1 of 10 open."""
    numbers = range(1, 10)
    documents = "\n".join(
        [
            "document_id  kind  client  document_date  due_date  amount",
            *(f"I{n}  invoice  Acme  2025-01-01  2025-01-31  100.00" for n in numbers),
            *(f"P{n}  payment  Acme  2025-01-31  -  100.00" for n in numbers),
            "I10  invoice  Acme  2025-01-01  2025-01-31  100.00",
        ]
    )
    allocations = "\n".join(["debit_id  credit_id  amount", *(f"I{n}  P{n}  100.00" for n in numbers)])
    assert_shows(
        books_of(tmp_path, "2025-08-19", documents=documents, allocations=allocations),
        "lateness",
        "due_count  open_count  on_time_rate  weighted_days_late\n 10  1  0.90  20.00",
    )


def test_days_late_are_weighted_by_amount(tmp_path: Path) -> None:
    """oracles.json wadl_own: 1,000 at 0 days, 4,000 at 10 and 5,000 at 30: 19.0 days."""
    books = books_of(
        tmp_path,
        "2025-06-30",
        documents="""
            document_id  kind     client  document_date  due_date    amount
            I1           invoice  Acme    2025-01-01     2025-01-31  1000
            I2           invoice  Acme    2025-01-01     2025-01-31  4000
            I3           invoice  Acme    2025-01-01     2025-01-31  5000
            P1           payment  Acme    2025-01-31     -           1000
            P2           payment  Acme    2025-02-10     -           4000
            P3           payment  Acme    2025-03-02     -           5000
        """,
        allocations="debit_id  credit_id  amount\n I1  P1  1000\n I2  P2  4000\n I3  P3  5000",
    )
    assert_shows(books, "lateness", "median_days_late  weighted_days_late\n 10.00  19.00")


def test_a_part_payment_makes_an_invoice_no_earlier(tmp_path: Path) -> None:
    """Peers.md K1, to full payment: 900 a day early and 100 on 04-30 make it 89 days late."""
    books = books_of(
        tmp_path,
        "2025-06-30",
        documents="""
            document_id  kind     client  document_date  due_date    amount
            I1           invoice  Acme    2025-01-01     2025-01-31  1000
            P1           payment  Acme    2025-01-30     -           900
            P2           payment  Acme    2025-04-30     -           100
        """,
        allocations="debit_id  credit_id  amount\n I1  P1  900\n I1  P2  100",
    )
    assert_shows(books, "invoice_lateness", "paid_on  days_late\n 2025-04-30  89")


def test_each_instalment_is_late_by_itself(tmp_path: Path) -> None:
    books = books_of(
        tmp_path,
        "2025-04-30",
        documents="""
            document_id  kind     client  document_date  due_date    amount
            I1           invoice  Acme    2025-01-01     2025-03-31  300
            P1           payment  Acme    2025-02-05     -           150
        """,
        instalments="document_id  due_date  amount\n I1  2025-01-31  100\n I1  2025-02-28  100\n I1  2025-03-31  100",
        allocations="debit_id  credit_id  amount\n I1  P1  150",
    )
    assert_shows(books, "invoice_lateness", "instalment_number  is_paid  days_late\n 1  yes  5\n 2  no  61\n 3  no  30")


@pytest.mark.parametrize(
    ("credit", "counted"),
    [
        ("C1  credit_note     Acme  2025-02-05  -  100.00", []),
        ("C1  journal_credit  Acme  2025-02-05  -  100.00", []),
        ("C1  credit_note     Acme  2025-02-05  -  60.00", [["no", "no", "150"]]),
        ("C1  write_off       Acme  2025-02-05  -  100.00", [["no", "yes", "5"]]),
        ("C1  payment         Acme  2025-02-05  -  100.00", [["yes", "no", "5"]]),
    ],
)
def test_a_credit_note_is_no_payment_and_a_write_off_is_none_either(
    tmp_path: Path, credit: str, counted: list[list[str]]
) -> None:
    books = books_of(
        tmp_path,
        "2025-06-30",
        documents=f"""
            document_id  kind     client  document_date  due_date    amount
            I1           invoice  Acme    2025-01-01     2025-01-31  100.00
            {credit}
        """,
        allocations="debit_id  credit_id  amount\n I1  C1  100.00",
    )
    drawing = "\n".join(["is_paid  is_written_off  days_late", *("  ".join(row) for row in counted)])
    assert_shows(books, "invoice_lateness", drawing)


@pytest.mark.parametrize(("count", "trend"), [(4, "-"), (5, "365.00")])
def test_a_trend_needs_five_invoices(tmp_path: Path, count: int, trend: str) -> None:
    """Each invoice falls due a day later than the one before, and is paid a day later still."""
    documents, allocations = (
        ["document_id  kind  client  document_date  due_date  amount"],
        ["debit_id  credit_id  amount"],
    )
    for number in range(count):
        due, paid = date(2025, 1, 10 + number), date(2025, 1, 10 + 2 * number)
        documents.append(f"I{number}  invoice  Acme  2025-01-01  {due}  10.00")
        documents.append(f"P{number}  payment  Acme  {paid}  -  10.00")
        allocations.append(f"I{number}  P{number}  10.00")
    books = books_of(tmp_path, "2025-06-30", documents="\n".join(documents), allocations="\n".join(allocations))
    assert_shows(books, "lateness", f"trend_days_per_year\n {trend}")


def test_journal_debits_and_refunds_are_no_invoices(tmp_path: Path) -> None:
    books = books_of(
        tmp_path,
        "2025-06-30",
        documents="""
            document_id  kind           client  document_date  due_date    amount
            J1           journal_debit  Acme    2025-01-01     2025-01-31  100.00
            R1           refund         Acme    2025-01-01     2025-01-31  100.00
        """,
    )
    assert_shows(books, "lateness", "client")


BOUNCED = """
    document_id  kind     client  document_date  due_date    amount
    I1           invoice  Acme    2025-01-01     2025-01-31  100.00
    P1           payment  Acme    2025-01-20     -           110.00
    R1           refund   Acme    2025-02-05     -           110.00
    P2           payment  Acme    2025-03-10     -           110.00
"""
BOUNCED_MATCHES = """
    debit_id  credit_id  amount
    I1        P1         100.00
    R1        P1         110.00
    R1        P2         100.00
"""


@pytest.mark.parametrize(
    ("as_of", "on_time_count", "open_count", "median_days_late"),
    [
        ("2025-02-04", "1", "0", "-11.00"),
        ("2025-02-05", "0", "1", "5.00"),
        ("2025-03-09", "0", "1", "37.00"),
        ("2025-03-10", "0", "0", "38.00"),
    ],
)
def test_an_invoice_paid_with_a_cheque_that_bounced_is_paid_once_it_is_paid_again(
    tmp_path: Path, as_of: str, on_time_count: str, open_count: str, median_days_late: str
) -> None:
    """Definitions: paid on or before the due date of invoices paid or not; a cheque that bounced has paid nothing."""
    books = books_of(tmp_path, as_of, documents=BOUNCED, allocations=BOUNCED_MATCHES)
    drawing = f"on_time_count  open_count  median_days_late\n {on_time_count}  {open_count}  {median_days_late}"
    assert_shows(books, "lateness", drawing)


def test_money_paid_too_much_and_given_back_makes_nobody_late(tmp_path: Path) -> None:
    books = books_of(
        tmp_path,
        "2025-03-31",
        documents=BOUNCED.replace("-           110.00\n    P2", "-           10.00\n    P2"),
        allocations="debit_id  credit_id  amount\n I1  P1  100.00\n R1  P1  10.00",
    )
    assert_shows(books, "lateness", "on_time_count  open_count  median_days_late\n 1  0  -11.00")
