"""How late all clients pay together, part by part, and how long they take; each test names its oracle."""

from pathlib import Path
from typing import Any

import pytest

from drawn import assert_shows, books_of


def overall(folder: Path, as_of: str, **drawings: str) -> dict[str, Any]:
    """The one row of books in one currency."""
    (row,) = books_of(folder, as_of, **drawings).show("lateness_overall").dicts()
    return row


def test_weighted_days_late_are_wadl_own(tmp_path: Path) -> None:
    """Definitions.md, section 3: 1,000 at 0, 4,000 at 10, 5,000 at 30 days: 19.0."""
    row = overall(
        tmp_path,
        "2025-04-30",
        documents="""
            document_id  kind     client  document_date  due_date    amount
            A            invoice  Acme    2025-01-01     2025-01-31  1000
            B            invoice  Bolt    2025-01-01     2025-01-31  4000
            C            invoice  Core    2025-01-01     2025-01-31  5000
            PA           payment  Acme    2025-01-31     -           1000
            PB           payment  Bolt    2025-02-10     -           4000
            PC           payment  Core    2025-03-02     -           5000
        """,
        allocations="debit_id  credit_id  amount\n A  PA  1000\n B  PB  4000\n C  PC  5000",
    )
    assert row["weighted_days_late"] == pytest.approx(19)
    assert row["weighted_days_overdue"] == row["part_weighted_days_late"] == pytest.approx(19)
    assert (row["due_count"], row["on_time_count"], row["on_time_rate"]) == (3, 1, pytest.approx(1 / 3))
    assert (row["due_amount"], row["on_time_amount"], row["on_time_amount_rate"]) == (10_000, 1000, 0.1)


EARLY_AND_LATE = """
    document_id  kind     client  document_date  due_date    amount
    A            invoice  Acme    2025-01-01     2025-01-31  100
    B            invoice  Acme    2025-01-01     2025-01-31  100
    PA           payment  Acme    2025-01-21     -           100
    PB           payment  Acme    2025-02-20     -           100
"""


def test_early_payments_count_as_negative_or_as_zero_each_in_its_own_column(tmp_path: Path) -> None:
    row = overall(
        tmp_path,
        "2025-04-30",
        documents=EARLY_AND_LATE,
        allocations="debit_id  credit_id  amount\n A  PA  100\n B  PB  100",
    )
    assert (row["weighted_days_late"], row["weighted_days_overdue"]) == (5, 10)


def test_a_part_paid_invoice_is_late_to_its_last_part_and_by_its_parts(tmp_path: Path) -> None:
    """Peers.md K1: 1,000 due 2025-01-31; 900 on 01-30, 100 on 04-30: 89 days to full payment, 8.0 by amount."""
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
    assert_shows(books, "invoice_lateness", "days_late\n 89")
    assert_shows(
        books,
        "part_lateness",
        "counted_amount  paid_amount  weighted_days_late  weighted_days_overdue\n 1000.00  1000.00  8.00  8.90",
    )


def test_the_open_part_counts_as_late_as_it_is_and_the_credited_part_not_at_all(tmp_path: Path) -> None:
    books = books_of(
        tmp_path,
        "2025-02-10",
        documents="""
            document_id  kind         client  document_date  due_date    amount
            I1           invoice      Acme    2025-01-01     2025-01-31  1000
            P1           payment      Acme    2025-01-31     -           300
            C1           credit_note  Acme    2025-02-05     -           400
        """,
        allocations="debit_id  credit_id  amount\n I1  P1  300\n I1  C1  400",
    )
    assert_shows(books, "part_lateness", "counted_amount  paid_amount  weighted_days_late\n 600.00  300.00  5.00")


@pytest.mark.parametrize(
    ("as_of", "paid_amount", "weighted_days_late"),
    [("2025-02-14", "1000.00", "-2.00"), ("2025-03-01", "600.00", "5.60"), ("2025-03-31", "1000.00", "10.00")],
)
def test_a_part_whose_cheque_bounced_came_when_it_was_made_good(
    tmp_path: Path, as_of: str, paid_amount: str, weighted_days_late: str
) -> None:
    """600 came 10 days early; 400 came 10 days late, until the cheque bounced, then 29 or more, in the end 40."""
    books = books_of(
        tmp_path,
        as_of,
        documents="""
            document_id  kind     client  document_date  due_date    amount
            I1           invoice  Acme    2025-01-01     2025-01-31  1000
            P1           payment  Acme    2025-01-21     -           600
            P2           payment  Acme    2025-02-10     -           400
            R2           refund   Acme    2025-02-15     -           400
            P3           payment  Acme    2025-03-12     -           400
        """,
        allocations="debit_id  credit_id  amount\n I1  P1  600\n I1  P2  400\n R2  P2  400\n R2  P3  400",
    )
    drawing = f"counted_amount  paid_amount  weighted_days_late\n 1000.00  {paid_amount}  {weighted_days_late}"
    assert_shows(books, "part_lateness", drawing)


@pytest.mark.parametrize(
    ("as_of", "paid_amount", "days_late"),
    [("2025-02-04", "100.00", "-11.00"), ("2025-02-06", "0.00", "6.00"), ("2025-03-31", "100.00", "38.00")],
)
def test_an_invoice_whose_one_cheque_bounced_came_when_it_was_made_good(
    tmp_path: Path, as_of: str, paid_amount: str, days_late: str
) -> None:
    books = books_of(
        tmp_path,
        as_of,
        documents="""
            document_id  kind     client  document_date  due_date    amount
            I1           invoice  Acme    2025-01-01     2025-01-31  100
            P1           payment  Acme    2025-01-20     -           100
            R1           refund   Acme    2025-02-05     -           100
            P2           payment  Acme    2025-03-10     -           100
        """,
        allocations="debit_id  credit_id  amount\n I1  P1  100\n R1  P1  100\n R1  P2  100",
    )
    assert_shows(books, "part_lateness", f"paid_amount  weighted_days_late\n {paid_amount}  {days_late}")
    assert_shows(books, "invoice_lateness", f"days_late\n {days_late.removesuffix('.00')}")


def test_open_invoices_are_in_the_mean_and_counted_beside_it(tmp_path: Path) -> None:
    """Peers.md K2: 9 invoices paid on the day, 1 open 200 days overdue: at least 20 days, 1 of 10 open."""
    invoices = [f"I{number}  invoice  Acme  2025-01-01  2025-01-31  100" for number in range(10)]
    payments = [f"P{number}  payment  Acme  2025-01-31  -  100" for number in range(9)]
    row = overall(
        tmp_path,
        "2025-08-19",
        documents="\n".join(["document_id  kind  client  document_date  due_date  amount", *invoices, *payments]),
        allocations="\n".join(["debit_id  credit_id  amount", *(f"I{n}  P{n}  100" for n in range(9))]),
    )
    assert row["weighted_days_late"] == pytest.approx(20)
    assert (row["open_count"], row["due_count"], row["on_time_rate"]) == (1, 10, 0.9)


def test_on_time_is_of_those_whose_due_date_has_passed(tmp_path: Path) -> None:
    row = overall(
        tmp_path,
        "2025-01-31",
        documents=EARLY_AND_LATE,
        allocations="debit_id  credit_id  amount\n A  PA  100\n B  PB  100",
    )
    assert (row["due_count"], row["on_time_rate"], row["weighted_days_late"]) == (0, None, None)
    assert (row["paid_count"], row["mean_days_to_pay"]) == (1, 20)


def test_days_to_pay_run_to_the_payment_and_not_to_as_of(tmp_path: Path) -> None:
    """Peers.md K3: invoice of 2025-01-01 paid on 01-20, seen on 06-30: 19 days, not 180."""
    books = books_of(
        tmp_path,
        "2025-06-30",
        documents="""
            document_id  kind     client  document_date  due_date    amount
            I1           invoice  Acme    2025-01-01     2025-01-31  100
            P1           payment  Acme    2025-01-20     -           100
        """,
        allocations="debit_id  credit_id  amount\n I1  P1  100",
    )
    assert_shows(books, "days_to_pay", "mean_days_to_pay  last_year_days_to_pay\n 19.00  19.00", counted_by="client")


def test_days_to_pay_are_those_of_the_client_and_of_its_parent(tmp_path: Path) -> None:
    """Peers.md K4 (OCA): two invoices of 1,000, each paid 10 days after issue by a child: 10 for child and parent."""
    books = books_of(
        tmp_path,
        "2025-12-31",
        clients="client  parent_client\n Child  Parent\n Parent  -",
        documents="""
            document_id  kind     client  document_date  due_date    amount
            I1           invoice  Child   2024-02-01     2024-03-01  1000
            I2           invoice  Child   2025-06-01     2025-07-01  1000
            I3           invoice  Child   2025-08-01     2025-09-01  70
            P1           payment  Child   2024-02-11     -           1000
            P2           payment  Child   2025-06-11     -           1000
        """,
        allocations="debit_id  credit_id  amount\n I1  P1  1000\n I2  P2  1000",
    )
    assert_shows(
        books,
        "days_to_pay",
        """
        counted_by  client  paid_count  open_count  mean_days_to_pay  weighted_days_to_pay  last_year_days_to_pay
        client      Child   2           1           10.00             10.00                 10.00
        group       Parent  2           1           10.00             10.00                 10.00
        """,
    )
