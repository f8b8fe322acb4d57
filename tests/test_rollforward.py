"""How the balance moved month by month, and the proof that it ties."""

from pathlib import Path

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
    D1           invoice         Acme    2025-03-01     2025-05-30  7777.00
"""


def test_each_kind_moves_the_balance_in_its_own_column_on_its_own_day(tmp_path: Path) -> None:
    books = books_of(
        tmp_path,
        "2025-04-30",
        policy="[conventions]\ntrend_months = 4\n",
        documents=EVERY_KIND.replace("D1 ", "#") and "\n".join(EVERY_KIND.strip().splitlines()[:-1]),
    )
    assert_shows(
        books,
        "rollforward",
        """
        month_end   opening_balance  invoiced_amount  collected_amount  credited_amount  written_off_amount  refunded_amount  closing_balance
        2025-01-31  0.00             1000.00          0.00              0.00             0.00                0.00             1000.00
        2025-02-28  1000.00          250.00           300.00            0.00             0.00                0.00             950.00
        2025-03-31  950.00           0.00             0.00              50.00            0.00                0.00             900.00
        2025-04-30  900.00           5.00             0.00              0.00             80.00               300.00           1125.00
        """,
    )
