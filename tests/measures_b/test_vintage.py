"""How each month's billing is paid as the months go by."""

from pathlib import Path

from drawn import assert_shows, books_of

DOCUMENTS = """
    document_id  kind         client  document_date  due_date    amount
    I1           invoice      Acme    2025-01-10     2025-02-10  600
    I2           invoice      Acme    2025-01-20     2025-02-20  400
    I3           invoice      Acme    2025-03-05     2025-04-05  200
    P1           payment      Acme    2025-01-31     -           100
    P2           payment      Acme    2025-02-01     -           300
    C1           credit_note  Acme    2025-03-05     -           150
    W1           write_off    Acme    2025-03-06     -           250
"""
ALLOCATIONS = """
    debit_id  credit_id  amount
    I1        P1         100
    I1        P2         300
    I2        C1         150
    I2        W1         250
"""


def test_each_cell_is_what_is_still_unpaid_of_the_months_billing(tmp_path: Path) -> None:
    books = books_of(tmp_path, "2025-03-31", documents=DOCUMENTS, allocations=ALLOCATIONS)
    assert_shows(
        books,
        "vintage",
        """
        billed_in   months_since  counted_on  billed_amount  unpaid_amount  unpaid_share
        2025-01-01  0             2025-01-31  1000.00        900.00         0.90
        2025-01-01  1             2025-02-28  1000.00        600.00         0.60
        2025-01-01  2             2025-03-31  1000.00        200.00         0.20
        2025-03-01  0             2025-03-31  200.00         200.00         1.00
        """,
    )


def test_its_parts_say_how_the_rest_left(tmp_path: Path) -> None:
    books = books_of(tmp_path, "2025-03-31", documents=DOCUMENTS, allocations=ALLOCATIONS)
    assert_shows(
        books,
        "vintage",
        """
        months_since  paid_amount  credited_amount  written_off_amount
        0             100.00       0.00             0.00
        1             400.00       0.00             0.00
        2             400.00       150.00           250.00
        """,
        billed_in="2025-01-01",
    )


def test_the_last_cell_is_that_of_as_of_and_later_ones_are_missing(tmp_path: Path) -> None:
    books = books_of(tmp_path, "2025-03-05", documents=DOCUMENTS, allocations=ALLOCATIONS)
    assert_shows(
        books,
        "vintage",
        """
        billed_in   months_since  counted_on  unpaid_amount
        2025-01-01  0             2025-01-31  900.00
        2025-01-01  1             2025-02-28  600.00
        2025-01-01  2             2025-03-05  450.00
        2025-03-01  0             2025-03-05  200.00
        """,
    )


def test_only_invoices_are_billing(tmp_path: Path) -> None:
    documents = """
        document_id  kind           client  document_date  due_date    amount
        J1           journal_debit  Acme    2025-01-10     2025-02-10  600
        R1           refund         Acme    2025-01-10     -           50
    """
    assert not books_of(tmp_path, "2025-03-31", documents=documents).show("vintage").rows
