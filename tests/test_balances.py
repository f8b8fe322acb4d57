"""What each client owes, and how much of it can be asked for."""

from pathlib import Path

import pytest

from drawn import assert_shows, books_of, ledger_of, on

OVERDUE = """
    document_id  kind     client  document_date  due_date    amount
    I1           invoice  Acme    2025-01-01     2025-01-31  100.00
    I2           invoice  Acme    2025-01-15     2025-02-14  60.00
    I3           invoice  Acme    2025-02-20     2025-03-22  40.00
"""


def test_only_what_is_overdue_is_asked_for(tmp_path: Path) -> None:
    assert_shows(
        books_of(tmp_path, "2025-03-01", documents=OVERDUE),
        "balances",
        """
        client  open_amount  unapplied_amount  balance  overdue_amount  chase_amount
        Acme    200.00       0.00              200.00   160.00          160.00
        """,
    )


@pytest.mark.parametrize(
    ("payment", "balance", "chase_amount"), [("30.00", "170.00", "130.00"), ("300.00", "-100.00", "0.00")]
)
def test_unapplied_money_is_used_up_before_anything_is_asked_for(
    tmp_path: Path, payment: str, balance: str, chase_amount: str
) -> None:
    books = books_of(tmp_path, "2025-03-01", documents=f"{OVERDUE}\n P1  payment  Acme  2025-02-25  -  {payment}")
    assert_shows(books, "balances", f"unapplied_amount  balance  chase_amount\n {payment}  {balance}  {chase_amount}")


def test_an_open_invoice_and_an_unmatched_payment_that_offset_are_not_chased(tmp_path: Path) -> None:
    """The rows of cleanupowl.com (peers.md T13)."""
    books = books_of(
        tmp_path,
        "2024-12-31",
        documents="""
            document_id  kind     client  document_date  due_date    amount
            I1           invoice  Acme    2024-10-15     2024-11-14  200.00
            P1           payment  Acme    2024-10-20     -           200.00
        """,
    )
    assert_shows(books, "aging", "bucket  open_amount\n 31-60  200.00")
    assert_shows(books, "balances", "unapplied_amount  balance  chase_amount\n 200.00  0.00  0.00")


def test_one_clients_money_does_not_pay_anothers_debt(tmp_path: Path) -> None:
    books = books_of(tmp_path, "2025-03-01", documents=f"{OVERDUE}\n P1  payment  Bolt  2025-02-25  -  500.00")
    assert_shows(books, "balances", "client  balance  chase_amount\n Acme  200.00  160.00\n Bolt  -500.00  0.00")


@pytest.mark.parametrize(
    ("contacts", "disputed_amount", "chase_amount"),
    [
        ("Acme  I1  2025-02-10  dispute", "100.00", "60.00"),
        ("Acme  -   2025-02-10  dispute", "160.00", "0.00"),
        ("Acme  I3  2025-02-25  dispute", "0.00", "160.00"),
        ("Acme  I1  2025-03-02  dispute", "0.00", "160.00"),
        ("Acme  I1  2025-02-10  dispute\n Acme  I1  2025-02-20  dispute_resolved", "0.00", "160.00"),
        ("Acme  -   2025-02-10  dispute\n Acme  I1  2025-02-20  dispute_resolved", "60.00", "100.00"),
        ("Bolt  -   2025-02-10  dispute", "0.00", "160.00"),
    ],
)
def test_what_is_disputed_is_not_asked_for(
    tmp_path: Path, contacts: str, disputed_amount: str, chase_amount: str
) -> None:
    books = books_of(
        tmp_path, "2025-03-01", documents=OVERDUE, contacts=f"client  document_id  date  kind\n {contacts}"
    )
    assert_shows(books, "balances", f"disputed_amount  chase_amount\n {disputed_amount}  {chase_amount}")


@pytest.mark.parametrize(
    ("contacts", "disputed_amount"), [("", "100.00"), ("Acme  I1  2025-02-20  dispute_resolved", "0.00")]
)
def test_the_exports_mark_of_a_dispute_stands_until_it_is_resolved(
    tmp_path: Path, contacts: str, disputed_amount: str
) -> None:
    books = books_of(
        tmp_path,
        "2025-03-01",
        documents="""
            document_id  kind     client  document_date  due_date    amount  disputed
            I1           invoice  Acme    2025-01-01     2025-01-31  100.00  yes
            I2           invoice  Acme    2025-01-01     2025-01-31  60.00   no
        """,
        contacts=f"client  document_id  date  kind\n {contacts}",
    )
    assert_shows(books, "balances", f"overdue_amount  disputed_amount\n 160.00  {disputed_amount}")


@pytest.mark.parametrize(
    ("as_of", "promised_amount"),
    [("2025-02-19", "0.00"), ("2025-02-20", "100.00"), ("2025-03-10", "100.00"), ("2025-03-11", "0.00")],
)
def test_a_promise_runs_from_its_day_to_the_promised_day(tmp_path: Path, as_of: str, promised_amount: str) -> None:
    books = books_of(
        tmp_path,
        as_of,
        documents=OVERDUE,
        contacts="client  document_id  date  kind  promised_date\n Acme  I1  2025-02-20  promise  2025-03-10",
    )
    assert_shows(books, "balances", f"promised_amount\n {promised_amount}")


@pytest.mark.parametrize(
    ("contact", "by_document"),
    [
        ("Acme  I1  2025-02-20  promise  2025-03-10  30.00", [["I1", "30.00"]]),
        ("Acme  I1  2025-02-20  promise  2025-03-10  999.00", [["I1", "100.00"]]),
        ("Acme  -   2025-02-20  promise  2025-03-10  130.00", [["I1", "100.00"], ["I2", "30.00"]]),
        ("Acme  -   2025-02-20  payment_plan  2025-03-10  -", [["I1", "100.00"], ["I2", "60.00"]]),
        ("Acme  I3  2025-02-20  promise  2025-03-10  40.00", []),
    ],
)
def test_a_promise_covers_what_was_promised_the_oldest_debt_first(
    tmp_path: Path, contact: str, by_document: list[list[str]]
) -> None:
    books = books_of(
        tmp_path,
        "2025-03-01",
        documents=OVERDUE,
        contacts=f"client  document_id  date  kind  promised_date  promised_amount\n {contact}",
    )
    drawing = "\n".join(["document_id  promised_amount", *("  ".join(row) for row in by_document)])
    assert_shows(books, "holds", drawing)


def test_a_disputed_debt_is_not_held_twice_by_a_promise(tmp_path: Path) -> None:
    books = books_of(
        tmp_path,
        "2025-03-01",
        documents=OVERDUE,
        contacts="""
            client  document_id  date        kind     promised_date
            Acme    I1           2025-02-10  dispute  -
            Acme    -            2025-02-20  promise  2025-03-10
        """,
    )
    assert_shows(books, "balances", "disputed_amount  promised_amount  chase_amount\n 100.00  60.00  0.00")


def test_one_cent_left_over_is_in_the_balance_and_named_by_a_check(tmp_path: Path) -> None:
    """ERPNext, test_accounts_receivable_output_for_minor_outstanding (peers.md T20)."""
    ledger = ledger_of(
        tmp_path,
        documents="""
            document_id  kind     client  document_date  due_date    amount
            I1           invoice  Acme    2025-01-01     2025-01-31  100.00
            P1           payment  Acme    2025-01-31     -           99.99
        """,
        allocations="debit_id  credit_id  amount\n I1  P1  99.99",
    )
    books = on(ledger, "2025-03-31")
    assert_shows(books, "aging", "bucket  open_amount\n 31-60  0.01")
    assert_shows(books, "small_open_items", "subject  detail\n I1  0.01 USD open")
