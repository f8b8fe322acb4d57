"""What share is current, what share is lost and comes back; each test of a published number names its oracle."""

from pathlib import Path
from typing import Any

import pytest

from drawn import assert_shows, books_of


def test_percent_current_is_creditgurus_january_row(tmp_path: Path) -> None:
    """Definitions.md, section 3: 3,345 / 6,200 = 53.95 %."""
    books = books_of(
        tmp_path,
        "2025-01-31",
        documents="""
            document_id  kind     client  document_date  due_date    amount
            A            invoice  Acme    2025-01-10     2025-02-10  3345
            B            invoice  Acme    2024-12-10     2025-01-10  2000
            C            invoice  Acme    2024-10-01     2024-10-31  855
        """,
    )
    row = books.show("percent_current").dicts()[-1]
    assert row["current_rate"] == pytest.approx(0.5395, abs=0.00005)
    assert (row["long_overdue_amount"], row["long_overdue_rate"]) == (855, pytest.approx(855 / 6200))


@pytest.mark.parametrize(
    ("edges", "long_overdue"),
    [
        ("[0, 30, 60, 90]", "100.00"),
        ("[0, 90, 120]", "100.00"),
        ("[0, 89, 90]", "100.00"),
        ("[0, 30, 60]", "100.00"),
        ("[30, 120]", "100.00"),
    ],
)
def test_over_ninety_days_is_counted_from_the_due_date_whatever_the_buckets_are(
    tmp_path: Path, edges: str, long_overdue: str
) -> None:
    books = books_of(
        tmp_path,
        "2025-04-30",
        policy=f"[conventions]\nbucket_edges = {edges}\ntrend_months = 1\n",
        documents="""
            document_id  kind     client  document_date  due_date    amount
            A            invoice  Acme    2024-01-01     2025-01-29  100
            B            invoice  Acme    2024-01-01     2025-01-30  30
        """,
    )
    assert_shows(books, "percent_current", f"open_amount  long_overdue_amount\n 130.00  {long_overdue}")


def test_nothing_open_has_no_percent_current(tmp_path: Path) -> None:
    documents = "document_id  kind  client  document_date  amount\n A  invoice  Acme  2025-04-01  100"
    rows = books_of(tmp_path, "2025-04-30", documents=documents).show("percent_current").dicts()
    assert [row["current_rate"] for row in rows][-2:] == [None, 0.0]


LOSS = """
    document_id  kind       client  document_date  amount
    LOST         invoice    Acme    2025-01-10     75000
    SOLD         invoice    Bolt    2025-06-10     4925000
    W1           write_off  Acme    2025-09-01     75000
    P1           payment    Acme    2025-11-01     5000
"""
LOSS_SETTLED = "debit_id  credit_id  amount\n LOST  W1  75000\n LOST  P1  5000"


def bad_debt(folder: Path, as_of: str, months: int, **drawings: str) -> dict[str, Any]:
    """The figures of as_of itself over that many months."""
    rows = books_of(folder, as_of, **drawings).show("bad_debt_to_sales").dicts()
    return [row for row in rows if row["months"] == months][-1]


def test_bad_debt_to_sales_is_bad_debt_net(tmp_path: Path) -> None:
    """costcalculator.calculator.city: (75,000 - 5,000) / 5,000,000 = 1.4 %; gross 1.5 %."""
    row = bad_debt(tmp_path, "2025-12-31", 12, documents=LOSS, allocations=LOSS_SETTLED)
    assert (row["written_off_amount"], row["recovered_amount"], row["billed_amount"]) == (75_000, 5_000, 5_000_000)
    assert row["gross_bad_debt_rate"] == pytest.approx(0.015)
    assert row["net_bad_debt_rate"] == pytest.approx(0.014)


def test_a_period_without_sales_has_no_bad_debt_rate(tmp_path: Path) -> None:
    row = bad_debt(tmp_path, "2025-11-30", 1, documents=LOSS, allocations=LOSS_SETTLED)
    assert (row["recovered_amount"], row["billed_amount"]) == (5000, 0)
    assert (row["gross_bad_debt_rate"], row["net_bad_debt_rate"]) == (None, None)


def test_a_recovery_is_a_line_of_the_rollforward_and_no_second_payment(tmp_path: Path) -> None:
    books = books_of(tmp_path, "2025-11-30", documents=LOSS, allocations=LOSS_SETTLED)
    assert_shows(
        books,
        "rollforward",
        """
        opening_balance  collected_amount  recovered_amount  closing_balance
        4925000.00       5000.00           5000.00           4920000.00
        """,
        month_end="2025-11-30",
    )


def test_what_a_payment_settles_of_the_open_rest_is_no_recovery(tmp_path: Path) -> None:
    books = books_of(
        tmp_path,
        "2025-11-30",
        documents="""
            document_id  kind       client  document_date  amount
            I1           invoice    Acme    2025-01-10     1000
            W1           write_off  Acme    2025-09-01     400
            P1           payment    Acme    2025-10-01     500
            P2           payment    Acme    2025-11-01     500
        """,
        allocations="debit_id  credit_id  amount\n I1  W1  400\n I1  P1  500\n I1  P2  500",
    )
    assert_shows(
        books,
        "recoveries",
        "document_id  recovered_on  paid_on  recovered_amount  origin\n I1  2025-11-01  2025-11-01  400.00  payment",
    )


def test_no_more_is_recovered_than_was_written_off(tmp_path: Path) -> None:
    """100 are lost; 60, then 80 come in, of which 40 are the rest of the loss and 40 are paid too much."""
    documents = """
        document_id  kind       client  document_date  due_date    amount
        I1           invoice    Acme    2025-01-10     2025-02-09  100
        W1           write_off  Acme    2025-03-10     -           100
        P1           payment    Acme    2025-05-01     -           60
        P2           payment    Acme    2025-06-01     -           80
        P3           payment    Acme    2025-07-01     -           10
    """
    allocations = "debit_id  credit_id  amount\n I1  W1  100\n I1  P1  60\n I1  P2  80\n I1  P3  10"
    books = books_of(tmp_path, "2025-07-31", documents=documents, allocations=allocations)
    assert_shows(books, "recoveries", "paid_on  recovered_amount\n 2025-05-01  60.00\n 2025-06-01  40.00")
    assert_shows(books, "rollforward", "collected_amount  recovered_amount\n 80.00  40.00", month_end="2025-06-30")


def test_a_payment_recovers_no_more_than_it_brought(tmp_path: Path) -> None:
    settled = LOSS_SETTLED.replace("P1  5000", "P1  9000")
    books = books_of(tmp_path, "2025-11-30", documents=LOSS, allocations=settled)
    assert_shows(books, "recoveries", "recovered_amount\n 5000.00")


@pytest.mark.parametrize(("paid_on", "count"), [("2025-08-31", 0), ("2025-09-01", 0), ("2025-09-02", 1)])
def test_only_what_comes_after_the_write_off_is_a_recovery(tmp_path: Path, paid_on: str, count: int) -> None:
    documents = LOSS.replace("2025-11-01", paid_on).replace("P1", "X1")
    books = books_of(tmp_path, "2025-11-30", documents=documents, allocations=LOSS_SETTLED.replace("P1", "X1"))
    assert len(books.show("recoveries")) == count


def test_a_recovery_on_record_counts_where_no_payment_is_on_the_books(tmp_path: Path) -> None:
    contacts = """
        client  document_id  date        kind      promised_amount
        Acme    LOST         2025-10-01  recovery  700
        Acme    LOST         2025-12-05  recovery  50
    """
    without_payment = "\n".join(line for line in LOSS.splitlines() if "P1" not in line)
    settled = "debit_id  credit_id  amount\n LOST  W1  75000"
    books = books_of(tmp_path / "a", "2025-11-30", documents=without_payment, allocations=settled, contacts=contacts)
    assert_shows(books, "recoveries", "recovered_on  recovered_amount  origin\n 2025-10-01  700.00  record")
    assert_shows(books, "rollforward", "recovered_amount\n 0.00", month_end="2025-10-31")
    books = books_of(tmp_path / "b", "2025-11-30", documents=LOSS, allocations=LOSS_SETTLED, contacts=contacts)
    assert_shows(books, "recoveries", "recovered_on  recovered_amount  origin\n 2025-11-01  5000.00  payment")


def test_effectiveness_over_several_months_is_the_mean_of_its_months(tmp_path: Path) -> None:
    """Of 100 from December 50 come in January, 37.50 of 50 in February, the rest in March; April has nothing left."""
    books = books_of(
        tmp_path,
        "2025-04-30",
        policy="[conventions]\ntrend_months = 5\nsales_months = [1, 3]\n",
        documents="""
            document_id  kind     client  document_date  due_date    amount
            I1           invoice  Acme    2024-12-10     2024-12-10  100
            P1           payment  Acme    2025-01-10     -           50
            P2           payment  Acme    2025-02-10     -           37.5
            P3           payment  Acme    2025-03-10     -           12.5
        """,
        allocations="debit_id  credit_id  amount\n I1  P1  50\n I1  P2  37.5\n I1  P3  12.5",
    )
    assert_shows(
        books,
        "collection_by_months",
        """
        month_end   months  month_count  collection_effectiveness
        2024-12-31  1       0            -
        2024-12-31  3       0            -
        2025-01-31  1       1            0.50
        2025-01-31  3       1            -
        2025-02-28  1       1            0.75
        2025-02-28  3       2            -
        2025-03-31  1       1            1.00
        2025-03-31  3       3            0.75
        2025-04-30  1       0            -
        2025-04-30  3       2            0.88
        """,
    )


BOUNCED = """
    document_id  kind     client  document_date  due_date    amount
    OLD          invoice  Acme    2023-10-10     2023-11-10  50
    A            invoice  Acme    2024-01-10     2024-02-10  100
    P1           payment  Acme    2024-02-05     -           100
    BOUNCED      refund   Acme    2024-03-20     -           100
    P2           payment  Acme    2024-03-31     -           30
"""
BOUNCED_MATCHED = "debit_id  credit_id  amount\n A  P1  100\n BOUNCED  P1  100\n BOUNCED  P2  30"


@pytest.mark.parametrize("metric", ["collection", "collection_reporting"])
def test_what_a_bounced_cheque_reopens_has_to_be_collected(tmp_path: Path, metric: str) -> None:
    """February: 100 of 150. March: 50 open and 100 back, 120 open at the end, nothing current: 30 of 150.

    With sales alone, which are none in March, it would be (50 - 120) / 50.
    """
    policy = "[conventions]\ntrend_months = 3\n"
    books = books_of(tmp_path, "2024-03-31", policy=policy, documents=BOUNCED, allocations=BOUNCED_MATCHED)
    assert_shows(
        books,
        metric,
        """
        month_end   opening_open_amount  billed_amount  other_debit_amount  open_amount  collection_effectiveness
        2024-01-31  -                    100.00         0.00                150.00       -
        2024-02-29  150.00               0.00           0.00                50.00        0.67
        2024-03-31  50.00                0.00           100.00              120.00       0.20
        """,
    )


def test_a_credit_note_that_is_paid_out_is_nothing_to_collect(tmp_path: Path) -> None:
    """100 of the old 1,000 came in; the 30 of the refund were settled on its day."""
    documents = """
        document_id  kind         client  document_date  due_date    amount
        OLD          invoice      Acme    2024-01-10     2024-01-31  1000
        NOTE         credit_note  Acme    2024-02-10     -           30
        P1           payment      Acme    2024-02-20     -           100
        BACK         refund       Acme    2024-02-29     -           30
    """
    allocations = "debit_id  credit_id  amount\n OLD  P1  100\n BACK  NOTE  30"
    row = books_of(tmp_path, "2024-02-29", documents=documents, allocations=allocations).show("collection").dicts()[-1]
    assert (row["other_debit_amount"], row["collection_effectiveness"]) == (0, pytest.approx(0.1))
