"""Which credit settles which debit, from which day on, and what is left of either."""

from pathlib import Path

import pytest

from drawn import assert_shows, books_of, ledger_of, on

INVOICE_AND_PAYMENT = """
    document_id  kind     client  document_date  due_date    amount
    I1           invoice  Acme    2025-02-01     2025-03-03  500.00
    P1           payment  Acme    2025-03-10     -           500.00
"""
MATCHED_LATER = """
    debit_id  credit_id  amount  allocated_on
    I1        P1         500.00  2025-04-20
"""


def test_a_payment_after_as_of_does_not_count(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path, documents=INVOICE_AND_PAYMENT, allocations=MATCHED_LATER)
    assert_shows(on(ledger, "2025-03-09"), "open_items", "document_id  open_amount\n I1  500.00")
    assert_shows(on(ledger, "2025-03-09"), "unapplied", "document_id  unapplied_amount")


@pytest.mark.parametrize("as_of", ["2025-03-10", "2025-03-11"])
def test_a_payment_counts_on_its_own_day_whenever_it_was_matched(tmp_path: Path, as_of: str) -> None:
    books = books_of(tmp_path, as_of, documents=INVOICE_AND_PAYMENT, allocations=MATCHED_LATER)
    assert_shows(books, "settlements", "debit_id  credit_id  settled_on  settled_amount\n I1  P1  2025-03-10  500.00")
    assert_shows(books, "open_items", "document_id")


def test_by_policy_a_match_counts_from_the_day_of_matching(tmp_path: Path) -> None:
    policy = '[conventions]\nallocation_effective = "allocation"\n'
    drawn = {"documents": INVOICE_AND_PAYMENT, "allocations": MATCHED_LATER}
    before = books_of(tmp_path, "2025-04-19", policy=policy, **drawn)
    after = books_of(tmp_path, "2025-04-20", policy=policy, **drawn)
    assert_shows(before, "balances", "open_amount  unapplied_amount  balance\n 500.00  500.00  0.00")
    assert_shows(after, "balances", "open_amount")


def test_a_payment_before_its_invoice_waits_for_it(tmp_path: Path) -> None:
    """The first rows of Odoo pull request 16235 (peers.md T04)."""
    ledger = ledger_of(
        tmp_path,
        documents="""
            document_id  kind     client  document_date  due_date    amount
            P1           payment  Acme    2016-11-09     -           1500.00
            I1           invoice  Acme    2016-11-30     2017-02-28  10000.00
        """,
        allocations="debit_id  credit_id  amount\n I1  P1  1500.00",
    )
    early, late = on(ledger, "2016-11-15"), on(ledger, "2016-11-30")
    assert_shows(early, "unapplied", "document_id  unapplied_amount\n P1  1500.00")
    assert_shows(late, "open_items", "document_id  settled_amount  open_amount\n I1  1500.00  8500.00")


def test_a_credit_note_settles_as_a_payment_does(tmp_path: Path) -> None:
    """Peers.md T15: the credit note is larger than what is left to pay."""
    books = books_of(
        tmp_path,
        "2025-02-15",
        documents="""
            document_id  kind         client  document_date  due_date    amount
            I1           invoice      Acme    2025-01-01     2025-01-31  100.00
            P1           payment      Acme    2025-01-05     -           40.00
            C1           credit_note  Acme    2025-01-06     -           100.00
        """,
        allocations="""
            debit_id  credit_id  amount
            I1        P1         40.00
            I1        C1         60.00
        """,
    )
    assert_shows(
        books, "unapplied", "document_id  kind  applied_amount  unapplied_amount\n C1  credit_note  60.00  40.00"
    )
    assert_shows(books, "balances", "balance  chase_amount\n -40.00  0.00")


def test_an_overpayment_stays_visible_outside_the_buckets(tmp_path: Path) -> None:
    """LedgerSMB issue 1290 (peers.md T23)."""
    books = books_of(
        tmp_path,
        "2025-02-28",
        documents="""
            document_id  kind     client  document_date  due_date    amount
            I1           invoice  Acme    2025-01-01     2025-01-31  100.00
            P1           payment  Acme    2025-01-20     -           110.00
        """,
        allocations="debit_id  credit_id  amount\n I1  P1  100.00",
    )
    assert_shows(books, "aging", "open_amount")
    assert_shows(books, "unapplied", "document_id  unapplied_amount\n P1  10.00")


@pytest.mark.parametrize("reverse", [False, True])
def test_of_an_overallocated_credit_the_earliest_matches_count(tmp_path: Path, reverse: bool) -> None:
    matches = ["I1  P1  80.00", "I2  P1  80.00"]
    books = books_of(
        tmp_path,
        "2025-03-31",
        documents="""
            document_id  kind     client  document_date  due_date    amount
            I1           invoice  Acme    2025-01-01     2025-01-31  80.00
            I2           invoice  Acme    2025-02-01     2025-03-03  80.00
            P1           payment  Acme    2025-01-20     -           100.00
        """,
        allocations="\n".join(["debit_id  credit_id  amount", *(reversed(matches) if reverse else matches)]),
    )
    assert_shows(
        books, "settlements", "debit_id  settled_on  settled_amount\n I1  2025-01-20  80.00\n I2  2025-02-01  20.00"
    )
    assert_shows(books, "tie_out", "balance  document_balance  difference\n 60.00  60.00  0.00")


def test_of_an_oversettled_debit_the_excess_stays_unapplied(tmp_path: Path) -> None:
    books = books_of(
        tmp_path,
        "2025-03-31",
        documents="""
            document_id  kind     client  document_date  due_date    amount
            I1           invoice  Acme    2025-01-01     2025-01-31  100.00
            P1           payment  Acme    2025-01-20     -           80.00
            P2           payment  Acme    2025-02-20     -           80.00
        """,
        allocations="""
            debit_id  credit_id  amount
            I1        P2         80.00
            I1        P1         80.00
        """,
    )
    assert_shows(books, "unapplied", "document_id  applied_amount  unapplied_amount\n P2  20.00  60.00")
    assert_shows(books, "tie_out", "balance  document_balance  difference\n -60.00  -60.00  0.00")


@pytest.mark.parametrize(
    "allocation", ["I1  P9  100.00", "I9  P1  100.00", "I1  E1  100.00", "P1  I1  100.00", "I1  I1  100.00"]
)
def test_an_allocation_without_its_documents_or_across_currencies_settles_nothing(
    tmp_path: Path, allocation: str
) -> None:
    books = books_of(
        tmp_path,
        "2025-03-31",
        documents="""
            document_id  kind     client  document_date  due_date    amount  currency
            I1           invoice  Acme    2025-01-01     2025-01-31  100.00  USD
            P1           payment  Acme    2025-01-20     -           100.00  USD
            E1           payment  Acme    2025-01-20     -           100.00  EUR
        """,
        allocations=f"debit_id  credit_id  amount\n {allocation}",
    )
    assert_shows(books, "settlements", "debit_id")
    assert_shows(books, "balances", "currency  open_amount  unapplied_amount\n EUR  0.00  100.00\n USD  100.00  100.00")


BOUNCED = {
    "documents": """
        document_id  kind     client  document_date  due_date    amount
        I1           invoice  Acme    2025-01-01     2025-01-31  100.00
        P1           payment  Acme    2025-01-20     -           100.00
        R1           refund   Acme    2025-03-05     -           100.00
    """,
    "allocations": """
        debit_id  credit_id  amount
        I1        P1         100.00
        R1        P1         100.00
    """,
}


def test_a_bounced_payment_reopens_the_debt_with_its_original_due_date(tmp_path: Path) -> None:
    books = books_of(tmp_path, "2025-03-05", **BOUNCED)
    assert_shows(
        books,
        "open_items",
        "document_id  kind  due_date  days_past_due  open_amount\n R1  refund  2025-01-31  33  100.00",
    )


def test_the_days_before_the_bounce_stay_paid(tmp_path: Path) -> None:
    assert_shows(books_of(tmp_path, "2025-03-04", **BOUNCED), "open_items", "document_id")
    trend = books_of(tmp_path, "2025-03-31", **BOUNCED)
    assert_shows(trend, "aging_trend", "open_amount\n 0.00\n 0.00\n 0.00\n 0.00\n 0.00", month_end="2025-02-28")


def test_a_bounced_instalment_is_late_from_its_own_due_date_and_not_from_that_of_the_invoice(tmp_path: Path) -> None:
    """Design: a bounced payment reopens the debt with the original due date; it had paid the part of 31 January."""
    books = books_of(
        tmp_path,
        "2025-03-31",
        documents="""
            document_id  kind     client  document_date  due_date    amount
            I1           invoice  Acme    2025-01-01     2025-06-30  300.00
            P1           payment  Acme    2025-01-31     -           100.00
            P2           payment  Acme    2025-02-28     -           100.00
            R1           refund   Acme    2025-02-03     -           100.00
            R2           refund   Acme    2025-03-03     -           100.00
        """,
        instalments="""
            document_id  due_date    amount
            I1           2025-01-31  100.00
            I1           2025-02-28  100.00
            I1           2025-06-30  100.00
        """,
        allocations="""
            debit_id  credit_id  amount
            I1        P1         100.00
            I1        P2         100.00
            R1        P1         100.00
            R2        P2         100.00
        """,
    )
    assert_shows(
        books,
        "open_items",
        """
        document_id  due_date    days_past_due  bucket   open_amount
        R1           2025-01-31  59             31-60    100.00
        R2           2025-02-28  31             31-60    100.00
        I1           2025-06-30  -91            current  100.00
        """,
    )


@pytest.mark.parametrize(("due_date", "days_past_due"), [("2025-01-31", "59"), ("2025-04-30", "-30")])
def test_a_cheque_that_replaces_a_bounced_one_and_bounces_too_reopens_the_first_debt(
    tmp_path: Path, due_date: str, days_past_due: str
) -> None:
    """Design: with the original due date, whichever time it is, and not with the day of the first bounce."""
    documents = f"""
        document_id  kind     client  document_date  due_date    amount
        I1           invoice  Acme    2025-01-01     {due_date}  100.00
        P1           payment  Acme    2025-01-20     -           100.00
        R1           refund   Acme    2025-01-25     -           100.00
        P2           payment  Acme    2025-02-01     -           100.00
        R2           refund   Acme    2025-02-05     -           100.00
        P3           payment  Acme    2025-02-10     -           100.00
        R3           refund   Acme    2025-02-15     -           100.00
    """
    allocations = """
        debit_id  credit_id  amount
        I1        P1         100.00
        R1        P1         100.00
        R1        P2         100.00
        R2        P2         100.00
        R2        P3         100.00
        R3        P3         100.00
    """
    books = books_of(tmp_path, "2025-03-31", documents=documents, allocations=allocations)
    drawing = f"document_id  due_date  days_past_due\n R3  {due_date}  {days_past_due}"
    assert_shows(books, "open_items", drawing)


def test_a_refund_of_unapplied_money_closes_it_and_reopens_nothing(tmp_path: Path) -> None:
    books = books_of(
        tmp_path,
        "2025-03-31",
        documents="""
            document_id  kind     client  document_date  due_date    amount
            P1           payment  Acme    2025-01-20     -           100.00
            R1           refund   Acme    2025-02-05     -           100.00
        """,
        allocations="debit_id  credit_id  amount\n R1  P1  100.00",
    )
    assert_shows(books, "balances", "balance")


def test_a_credit_note_that_is_paid_out_reopens_no_debt_it_had_settled(tmp_path: Path) -> None:
    """Half of the credit note settled I1 and half, and 5.00 too much, went back as money: no cheque has bounced."""
    books = books_of(
        tmp_path,
        "2025-03-31",
        documents="""
            document_id  kind         client  document_date  due_date    amount
            I1           invoice      Acme    2024-12-01     2024-12-31  100.00
            C1           credit_note  Acme    2025-01-20     -           200.00
            R1           refund       Acme    2025-03-05     -           105.00
        """,
        allocations="""
            debit_id  credit_id  amount
            I1        C1         100.00
            R1        C1         105.00
        """,
    )
    assert_shows(books, "open_items", "document_id  due_date    open_amount\n R1  2025-03-05  5.00")


def test_what_a_payment_settles_after_it_bounced_does_not_move_the_bounce(tmp_path: Path) -> None:
    """Law 2: the refund keeps the due date it had on its own day, in the trend too."""
    ledger = ledger_of(
        tmp_path,
        documents="""
            document_id  kind     client  document_date  due_date    amount
            I1           invoice  Acme    2025-01-01     2025-01-31  100.00
            P1           payment  Acme    2025-01-20     -           200.00
            R1           refund   Acme    2025-02-05     -           150.00
            I2           invoice  Acme    2025-03-10     2024-06-30  50.00
        """,
        allocations="""
            debit_id  credit_id  amount
            I1        P1         100.00
            R1        P1         50.00
            I2        P1         50.00
        """,
    )
    drawing = "bucket  open_amount\n current  0.00\n 1-30  100.00\n 31-60  0.00\n 61-90  0.00\n 91+  0.00"
    assert_shows(on(ledger, "2025-02-28"), "aging_trend", drawing, month_end="2025-02-28")
    assert_shows(on(ledger, "2025-03-31"), "aging_trend", drawing, month_end="2025-02-28")


def test_a_write_off_closes_the_debt_on_its_day(tmp_path: Path) -> None:
    """ERPNext issue 8058 (peers.md T26): open before, closed after, in the right month."""
    ledger = ledger_of(
        tmp_path,
        documents="""
            document_id  kind       client  document_date  due_date    amount
            I1           invoice    Acme    2024-06-01     2024-07-01  1000.00
            P1           payment    Acme    2024-08-01     -           600.00
            W1           write_off  Acme    2024-12-20     -           400.00
        """,
        allocations="debit_id  credit_id  amount\n I1  P1  600.00\n I1  W1  400.00",
    )
    assert_shows(on(ledger, "2024-12-19"), "aging", "bucket  open_amount\n 91+  400.00")
    assert_shows(on(ledger, "2024-12-31"), "aging", "bucket")
    assert_shows(
        on(ledger, "2024-12-31"),
        "rollforward",
        "opening_balance  written_off_amount  closing_balance\n 400.00  400.00  0.00",
        month_end="2024-12-31",
    )
