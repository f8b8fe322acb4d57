"""How the open money stood at each month end: one table that agrees with the aging asked on that day."""

from datetime import date
from pathlib import Path

from agingreport.policy.reading import load_policy
from drawn import assert_shows, books_of, ledger_of, on, shown

BUCKETS = "bucket  open_amount\n current  {}\n 1-30  {}\n 31-60  {}\n 61-90  {}\n 91+  {}"

FOUR_MONTHS = {
    "documents": """
        document_id  kind     client  document_date  due_date    amount
        I1           invoice  Acme    2025-01-01     2025-01-31  100.00
        I2           invoice  Acme    2025-02-01     2025-03-03  200.00
        P1           payment  Acme    2025-03-15     -           100.00
        P2           payment  Acme    2025-04-02     -           200.00
    """,
    "allocations": "debit_id  credit_id  amount\n I1  P1  100.00\n I2  P2  200.00",
}


def test_old_figures_keep_their_amounts_in_every_later_month(tmp_path: Path) -> None:
    """Peers.md T31: asked in May, each month end still shows what it showed then."""
    books = books_of(tmp_path, "2025-05-15", **FOUR_MONTHS)
    assert_shows(books, "aging_trend", BUCKETS.format("100.00", "0.00", "0.00", "0.00", "0.00"), month_end="2025-01-31")
    assert_shows(
        books, "aging_trend", BUCKETS.format("200.00", "100.00", "0.00", "0.00", "0.00"), month_end="2025-02-28"
    )
    assert_shows(books, "aging_trend", BUCKETS.format("0.00", "200.00", "0.00", "0.00", "0.00"), month_end="2025-03-31")
    assert_shows(books, "aging_trend", BUCKETS.format("0.00", "0.00", "0.00", "0.00", "0.00"), month_end="2025-04-30")


def test_it_has_twenty_four_month_ends_of_which_the_last_is_as_of_itself(tmp_path: Path) -> None:
    ends = [row["month_end"] for row in books_of(tmp_path, "2025-05-15", **FOUR_MONTHS).show("aging_trend")]
    assert sorted(set(ends))[:2] == [date(2023, 6, 30), date(2023, 7, 31)]
    assert sorted(set(ends))[-2:] == [date(2025, 4, 30), date(2025, 5, 15)]
    assert len(ends) == 24 * 5


def test_the_policy_says_how_many_months_it_has(tmp_path: Path) -> None:
    books = books_of(tmp_path, "2025-05-15", policy="[conventions]\ntrend_months = 2\n", **FOUR_MONTHS)
    assert len(books.show("aging_trend")) == 2 * 5


def test_what_happens_on_the_first_of_a_month_counts_on_that_day(tmp_path: Path) -> None:
    books = books_of(tmp_path, "2025-02-01", **FOUR_MONTHS)
    drawing = BUCKETS.format("200.00", "100.00", "0.00", "0.00", "0.00")
    assert_shows(books, "aging_trend", drawing, month_end="2025-02-01")


def test_an_invoice_older_than_the_trend_is_still_in_it(tmp_path: Path) -> None:
    books = books_of(
        tmp_path,
        "2025-05-31",
        documents="""
            document_id  kind     client  document_date  due_date    amount
            I1           invoice  Acme    2015-01-01     2015-01-31  100.00
        """,
    )
    assert_shows(books, "aging_trend", BUCKETS.format("0.00", "0.00", "0.00", "0.00", "100.00"), month_end="2023-06-30")


def test_a_currency_that_is_always_paid_within_the_month_stands_with_zeros(tmp_path: Path) -> None:
    books = books_of(
        tmp_path,
        "2025-01-31",
        policy="[conventions]\ndso_period_days = 31\n",
        documents="""
            document_id  kind     client  document_date  due_date    amount
            I1           invoice  Acme    2025-01-01     2025-01-31  100.00
            P1           payment  Acme    2025-01-20     -           100.00
        """,
        allocations="debit_id  credit_id  amount\n I1  P1  100.00",
    )
    assert_shows(books, "aging_trend", BUCKETS.format("0.00", "0.00", "0.00", "0.00", "0.00"), month_end="2025-01-31")
    assert_shows(
        books, "dso", "billed_amount  dso_days  countback_dso_days\n 100.00  0.00  0.00", month_end="2025-01-31"
    )


def test_each_of_its_columns_is_the_aging_of_that_day(tmp_path: Path) -> None:
    ledger, policy = ledger_of(tmp_path, **FOUR_MONTHS), load_policy(None)
    trend = on(ledger, "2025-05-15", policy=policy)
    for day in ("2025-01-31", "2025-02-28", "2025-03-31", "2025-04-30", "2025-05-15"):
        asked_then = dict(shown(on(ledger, day, policy=policy), "aging", ("bucket", "open_amount")))
        looked_back = shown(trend, "aging_trend", ("bucket", "open_amount"), {"month_end": day})
        assert {bucket: amount for bucket, amount in looked_back if amount != "0.00"} == asked_then


def test_the_textbook_aging_of_allen_company_adds_up(tmp_path: Path) -> None:
    """definitions.md section 1, aging_allen: Accounting Principles, a Business Perspective, exhibit 77."""
    books = books_of(
        tmp_path,
        "2025-06-30",
        documents="""
            document_id  kind     client  document_date  due_date    amount
            I1           invoice  Allen   2025-01-01     2025-07-15  560000
            I2           invoice  Allen   2025-01-01     2025-06-15  252000
            I3           invoice  Allen   2025-01-01     2025-05-15  4000
            I4           invoice  Allen   2025-01-01     2025-04-15  800
            I5           invoice  Allen   2025-01-01     2025-03-15  11200
        """,
    )
    assert_shows(books, "aging", BUCKETS.format("560000.00", "252000.00", "4000.00", "800.00", "11200.00"))
    assert_shows(books, "balances", "balance\n 828000.00")
