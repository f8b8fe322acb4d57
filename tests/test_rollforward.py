"""How the balance moved month by month, and the proof that it ties."""

from pathlib import Path

import pytest

from drawn import assert_shows, books_of

EVERY_KIND = """
    document_id  kind            client  document_date  due_date    amount
    I1           invoice         Acme    2025-01-10     2025-02-09  1000.00
    J1           journal_debit   Acme    2025-02-01     -           50.00
    I2           invoice         Acme    2025-02-28     2025-03-30  200.00
    P1           payment         Acme    2025-02-28     -           300.00
    C1           credit_note     Acme    2025-03-01     -           40.00
    J2           journal_credit  Acme    2025-03-31     -           10.00
    W1           write_off       Acme    2025-04-01     -           80.00
    R1           refund          Acme    2025-04-30     -           300.00
    I9           invoice         Acme    2025-04-30     2025-05-30  5.00
"""


def test_each_kind_moves_the_balance_in_its_own_column_in_its_own_month(tmp_path: Path) -> None:
    books = books_of(tmp_path, "2025-04-30", policy="[conventions]\ntrend_months = 4\n", documents=EVERY_KIND)
    assert_shows(
        books,
        "rollforward",
        """
        month_end   opening_balance  invoiced_amount  collected_amount  refunded_amount
        2025-01-31  0.00             1000.00          0.00              0.00
        2025-02-28  1000.00          250.00           300.00            0.00
        2025-03-31  950.00           0.00             0.00              0.00
        2025-04-30  900.00           5.00             0.00              300.00
        """,
    )
    assert_shows(
        books,
        "rollforward",
        """
        month_end   credited_amount  written_off_amount  closing_balance
        2025-01-31  0.00             0.00                1000.00
        2025-02-28  0.00             0.00                950.00
        2025-03-31  50.00            0.00                900.00
        2025-04-30  0.00             80.00               1125.00
        """,
    )


def test_a_month_that_is_not_over_ends_with_as_of(tmp_path: Path) -> None:
    books = books_of(tmp_path, "2025-04-15", documents=EVERY_KIND)
    assert_shows(
        books,
        "rollforward",
        "opening_balance  refunded_amount  closing_balance\n 900.00  0.00  820.00",
        month_end="2025-04-15",
    )


def test_a_month_without_movement_carries_the_balance_on(tmp_path: Path) -> None:
    books = books_of(tmp_path, "2025-06-30", documents=EVERY_KIND)
    assert_shows(
        books,
        "rollforward",
        "opening_balance  invoiced_amount  closing_balance\n 1125.00  0.00  1125.00",
        month_end="2025-06-30",
    )


def test_the_textbook_rollforward_of_spiceland_closes(tmp_path: Path) -> None:
    """oracles.json rollforward_ar: 960,000 + 10,185,000 - 10,120,000 - 85,000 = 940,000."""
    books = books_of(
        tmp_path,
        "2025-12-31",
        documents="""
            document_id  kind       client  document_date  due_date    amount
            I1           invoice    Acme    2025-11-10     2025-12-10  960000
            I2           invoice    Acme    2025-12-10     2026-01-10  10185000
            P1           payment    Acme    2025-12-15     -           10120000
            W1           write_off  Acme    2025-12-31     -           85000
        """,
    )
    assert_shows(
        books, "rollforward", "opening_balance  closing_balance\n 960000.00  940000.00", month_end="2025-12-31"
    )


def test_the_totals_tie_each_counted_in_a_way_of_its_own(tmp_path: Path) -> None:
    books = books_of(
        tmp_path, "2025-03-31", documents=EVERY_KIND, allocations="debit_id  credit_id  amount\n I1  P1  300.00"
    )
    assert_shows(
        books,
        "tie_out",
        """
        bucket_amount  open_amount  unapplied_amount  balance  document_balance  rolled_balance  difference
        950.00         950.00       50.00             900.00   900.00            900.00          0.00
        """,
    )


@pytest.mark.parametrize(("control", "difference"), [("900.00", "0.00"), ("899.99", "0.01"), ("950.00", "-50.00")])
def test_the_balance_is_compared_with_the_users_own_books(tmp_path: Path, control: str, difference: str) -> None:
    books = books_of(
        tmp_path,
        "2025-03-31",
        documents=EVERY_KIND,
        control_balances=f"date  currency  balance\n 2025-03-31  USD  {control}\n 2025-02-28  USD  1.00",
    )
    assert_shows(books, "tie_out", f"control_balance  control_difference\n {control}  {difference}")
    assert len(books.show("control_differences")) == (difference != "0.00")
