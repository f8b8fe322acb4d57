"""Published test cases of other systems, with our answer where our conventions differ (unmatched credits stay outside).

GnuCash: test-new-owner-report.scm. ERPNext: test_accounts_receivable.py and its summary; D is 2025-01-01 here.
"""

from pathlib import Path

from drawn import assert_shows, books_of, ledger_of, on

GNUCASH = {
    "documents": """
        document_id  kind         client  document_date  due_date    amount
        A            invoice      Owner   1980-05-13     1980-07-18  6.75
        B            invoice      Owner   1980-04-13     1980-06-18  4.00
        C            invoice      Owner   1980-03-13     1980-05-18  8.50
        E            invoice      Owner   1980-02-13     1980-04-18  7.50
        F            invoice      Owner   1980-01-13     1980-03-18  11.50
        H            invoice      Owner   1980-04-18     1980-04-18  200.00
        F1           payment      Owner   1980-03-18     -           1.50
        F2           payment      Owner   1980-03-20     -           2.00
        H1           payment      Owner   1980-04-19     -           200.00
        K            credit_note  Owner   1980-06-22     -           3.00
    """,
    "allocations": """
        debit_id  credit_id  amount
        F         F1         1.50
        F         F2         2.00
        H         H1         200.00
    """,
}


def test_gnucash_owner_report(tmp_path: Path) -> None:
    """Theirs nets the credit note of 3.00 in 0-30; ours has 4.00 there and 3.00 unapplied; both make 31.75."""
    books = books_of(tmp_path, "1980-07-01", **GNUCASH)
    assert_shows(
        books, "aging", "bucket  open_amount\n current  6.75\n 1-30  4.00\n 31-60  8.50\n 61-90  7.50\n 91+  8.00"
    )
    assert_shows(books, "balances", "unapplied_amount  balance\n 3.00  31.75")
    assert_shows(books, "open_items", "document_id  days_past_due\n F  105\n E  74\n C  44\n B  13\n A  -17")


def test_gnucash_owner_report_dated_back(tmp_path: Path) -> None:
    """Ours, equal to their running balance after the invoice H: what was paid the next day is still open."""
    books = books_of(tmp_path, "1980-04-18", **GNUCASH)
    assert_shows(books, "aging", "bucket  open_amount\n current  220.00\n 31-60  8.00")
    assert_shows(books, "balances", "balance\n 228.00")


THIRDS = """
    document_id  due_date    amount
    I1           2025-01-31  {}
    I1           2025-03-02  {}
    I1           2025-04-01  {}
"""


def test_erpnext_a_payment_fills_the_oldest_instalment_first(tmp_path: Path) -> None:
    """with_payment: terms 30/50/20, pay 40; then a credit note of 100 that cannot fit stays outside: net -40."""
    ledger = ledger_of(
        tmp_path,
        documents="""
            document_id  kind         client  document_date  due_date    amount
            I1           invoice      Acme    2025-01-01     2025-04-01  100
            P1           payment      Acme    2025-01-02     -           40
            C1           credit_note  Acme    2025-01-03     -           100
        """,
        instalments=THIRDS.format(30, 50, 20),
        allocations="debit_id  credit_id  amount\n I1  P1  40",
    )
    parts = "instalment_number  settled_amount  open_amount\n 2  10.00  40.00\n 3  0.00  20.00"
    assert_shows(on(ledger, "2025-01-02"), "open_items", parts)
    assert_shows(on(ledger, "2025-01-03"), "open_items", parts)
    assert_shows(on(ledger, "2025-01-03"), "balances", "open_amount  unapplied_amount  balance\n 60.00  100.00  -40.00")


def test_erpnext_a_credit_note_fills_the_instalments_after_a_payment(tmp_path: Path) -> None:
    """partial_payment: terms 60/100/40, pay 40, then a credit note of 100 applied: 20 and 40 stay open."""
    books = books_of(
        tmp_path,
        "2025-01-03",
        documents="""
            document_id  kind         client  document_date  due_date    amount
            I1           invoice      Acme    2025-01-01     2025-04-01  200
            P1           payment      Acme    2025-01-02     -           40
            C1           credit_note  Acme    2025-01-03     -           100
        """,
        instalments=THIRDS.format(60, 100, 40),
        allocations="debit_id  credit_id  amount\n I1  P1  40\n I1  C1  100",
    )
    assert_shows(books, "open_items", "instalment_number  open_amount\n 2  20.00\n 3  40.00")


def test_erpnext_summary_shows_an_advance_beside_the_bucket(tmp_path: Path) -> None:
    """Theirs nets the advance of 50 in the first bucket; ours keeps it outside; both make 150."""
    books = books_of(
        tmp_path,
        "2025-01-01",
        documents="""
            document_id  kind     client  document_date  amount
            I1           invoice  Acme    2025-01-01     200
            P1           payment  Acme    2025-01-01     50
        """,
    )
    assert_shows(books, "aging", "bucket  open_amount\n current  200.00")
    assert_shows(books, "balances", "unapplied_amount  balance\n 50.00  150.00")


def test_erpnext_a_payment_before_its_invoice_stands_by_itself(tmp_path: Path) -> None:
    books = books_of(
        tmp_path,
        "2025-01-01",
        documents="""
            document_id  kind     client  document_date  amount
            I1           invoice  Acme    2025-01-02     100
            P1           payment  Acme    2025-01-01     40
        """,
        allocations="debit_id  credit_id  amount\n I1  P1  40",
    )
    assert_shows(books, "balances", "open_amount  unapplied_amount  balance\n 0.00  40.00  -40.00")


def test_erpnext_one_payment_over_two_invoices_is_not_counted_twice(tmp_path: Path) -> None:
    """Issue 37181 (peers.md T21)."""
    books = books_of(
        tmp_path,
        "2025-02-28",
        documents="""
            document_id  kind     client  document_date  due_date    amount
            A            invoice  Acme    2025-01-01     2025-01-31  100
            B            invoice  Acme    2025-01-02     2025-02-01  50
            P1           payment  Acme    2025-02-10     -           100
        """,
        allocations="debit_id  credit_id  amount\n A  P1  60\n B  P1  40",
    )
    assert_shows(books, "open_items", "document_id  open_amount\n A  40.00\n B  10.00")
    assert_shows(books, "rollforward", "collected_amount\n 100.00", month_end="2025-02-28")
