"""The percent-of-sales method, against a textbook; the names are those of oracles.json."""

from pathlib import Path

import pytest

from agingreport.errors import AgingReportError
from agingreport.policy.reading import load_policy
from drawn import assert_shows, books_of, policy_file

# Spiceland, chapter 7: receivables of 960,000; 10,185,000 sold, 85,000 written off.
SOLD = """
    document_id  kind       client  document_date  due_date    amount
    OLD          invoice    Acme    2024-11-01     2024-12-01  960000
    NEW          invoice    Acme    2025-06-01     2025-07-01  10185000
    W1           write_off  Acme    2025-03-01     -           85000
"""
WRITTEN_OFF = "debit_id  credit_id  amount\n OLD  W1  85000"
GIVEN = """
    [provision]
    percent_of_sales = 0.008
    percent_of_sales_reason = "the textbook"
    booked_amount = 75000
    booked_on = 2024-12-31
"""


def test_the_expense_is_pct_of_sales(tmp_path: Path) -> None:
    """Spiceland: 0.8 % of 10,185,000 = 81,480; the allowance ends at 75,000 - 85,000 + 81,480 = 71,480."""
    books = books_of(tmp_path, "2025-12-31", policy=GIVEN, documents=SOLD, allocations=WRITTEN_OFF)
    assert_shows(
        books,
        "sales_provision",
        """
        first_day   billed_amount  expense_amount  opening_amount  written_off_amount  closing_amount
        2025-01-01  10185000.00    81480.00        75000.00        85000.00            71480.00
        """,
    )
    assert_shows(books, "sales_provision", "rate_source\n rate given: the textbook")


@pytest.mark.parametrize(("booked_on", "billed"), [("2025-05-31", "10185000.00"), ("2025-06-01", "0.00")])
def test_the_period_begins_on_the_day_after_the_allowance_was_booked(
    tmp_path: Path, booked_on: str, billed: str
) -> None:
    policy = GIVEN.replace("2024-12-31", booked_on)
    books = books_of(tmp_path, "2025-12-31", policy=policy, documents=SOLD, allocations=WRITTEN_OFF)
    assert_shows(books, "sales_provision", f"billed_amount  written_off_amount\n {billed}  0.00")


def test_without_a_booked_allowance_it_is_the_year_so_far_and_what_it_comes_to_is_unknown(tmp_path: Path) -> None:
    policy = "\n".join(line for line in GIVEN.splitlines() if "booked" not in line)
    books = books_of(tmp_path, "2026-02-28", policy=policy, documents=SOLD, allocations=WRITTEN_OFF)
    assert_shows(
        books, "sales_provision", "first_day  billed_amount  expense_amount  closing_amount\n 2026-01-01  0.00  0.00  -"
    )


def test_without_a_rate_the_firms_own_history_says_what_is_lost_of_all_that_is_sold(tmp_path: Path) -> None:
    """Of 1,000 billed in 2023, 40 were not paid within a year of their due dates: 4 % of the 500 billed since."""
    documents = """
        document_id  kind     client  document_date  due_date    amount
        A            invoice  Acme    2023-06-01     2023-07-01  960
        B            invoice  Acme    2023-06-01     2023-07-01  40
        C            invoice  Acme    2025-01-10     2025-02-10  500
        P            payment  Acme    2023-07-01     -           960
    """
    drawn = {"documents": documents, "allocations": "debit_id  credit_id  amount\n A  P  960"}
    few = books_of(tmp_path / "a", "2025-01-31", policy="[provision]\nhistory_minimum_count = 2\n", **drawn)
    assert_shows(
        few,
        "sales_provision",
        """
        sales_loss_rate  expense_amount  rate_source
        0.04             20.00           own history: 2 debts, aged from 2023-07-01 to 2023-07-01
        """,
    )
    assert_shows(
        books_of(tmp_path / "b", "2025-01-31", **drawn),
        "sales_provision",
        """
        sales_loss_rate  expense_amount  rate_source
        -                -               too little history: 2 debts have had their 365 days, 30 are needed
        """,
    )


@pytest.mark.parametrize("edges", ["[0, 30, 60, 90]", "[30]", "[-30, 0, 30]"])
def test_the_firms_own_rate_is_of_all_that_was_billed_whatever_the_buckets_are(tmp_path: Path, edges: str) -> None:
    """900 of the 1,000 billed in 2023 were paid at once or early, 60 late, 40 never: 4 %, and not 40 of 100."""
    documents = """
        document_id  kind     client  document_date  due_date    amount
        CASH         invoice  Acme    2023-06-01     2023-06-01  500
        EARLY        invoice  Acme    2023-06-01     2023-06-11  400
        LATE         invoice  Acme    2023-05-01     2023-06-11  60
        NEVER        invoice  Acme    2023-06-01     2023-06-11  40
        NEW          invoice  Acme    2025-01-10     2025-02-10  500
        P1           payment  Acme    2023-06-01     -           900
        P2           payment  Acme    2023-09-01     -           60
    """
    allocations = "debit_id  credit_id  amount\n CASH  P1  500\n EARLY  P1  400\n LATE  P2  60"
    policy = f"[conventions]\nbucket_edges = {edges}\n[provision]\nhistory_minimum_count = 4\n"
    books = books_of(tmp_path, "2025-01-31", policy=policy, documents=documents, allocations=allocations)
    assert_shows(books, "sales_provision", "sales_loss_rate  expense_amount\n 0.04  20.00")


def test_a_rate_without_its_reason_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AgingReportError, match="give percent_of_sales_reason with percent_of_sales"):
        load_policy(policy_file(tmp_path, "[provision]\npercent_of_sales = 0.01\n"))
