"""How much hangs on few clients, against published indices; the names are those of oracles.json."""

from pathlib import Path

import pytest

from agingreport.books import Books
from drawn import assert_shows, books_of

BY_CLIENT = "select * from concentration where counted_by = 'client' and measure = 'open'"


def owed(folder: Path, *amounts: int) -> Books:
    """Books in which each client owes one of the amounts; a negative one has paid that much ahead."""
    rows = [
        f"D{number}  {'invoice' if amount > 0 else 'payment'}  C{number:02}  2025-04-01  2025-05-01  {abs(amount)}"
        for number, amount in enumerate(amounts)
    ]
    documents = "\n".join(["document_id  kind  client  document_date  due_date  amount", *rows])
    return books_of(folder, "2025-04-30", documents=documents)


@pytest.mark.parametrize(
    ("oracle", "amounts", "index"),
    [
        ("hhi (US DoJ)", (30, 30, 20, 20), 2600),
        ("hhi_8 (Investopedia)", (10, 9, 12, 15, 12, 11, 15, 16), 1296),
        ("one client", (7,), 10_000),
    ],
)
def test_the_index_is_the_sum_of_squared_shares_in_percent(
    tmp_path: Path, oracle: str, amounts: tuple[int, ...], index: int
) -> None:
    (row,) = owed(tmp_path, *amounts).sql(BY_CLIENT)
    assert row["hhi"] == pytest.approx(index), oracle
    assert row["effective_client_count"] == pytest.approx(10_000 / index)
    assert row["client_count"] == len(amounts)


def test_a_client_in_credit_takes_nothing_off_the_others(tmp_path: Path) -> None:
    """Peers.md K15: A 80, B 40, C -20: the top client owes 66.7 % of what is positive, and not 80 %."""
    (row,) = owed(tmp_path, 80, 40, -20).sql(BY_CLIENT)
    assert (row["client_count"], row["total_amount"], row["top_one_amount"]) == (2, 120, 80)
    assert row["top_one_share"] == pytest.approx(2 / 3)


def test_the_largest_one_five_and_ten(tmp_path: Path) -> None:
    (row,) = owed(tmp_path, *[1] * 10, 5, 5).sql(BY_CLIENT)
    assert (row["top_one_amount"], row["top_five_amount"], row["top_ten_amount"]) == (5, 13, 18)
    assert [row["top_one_share"], row["top_five_share"], row["top_ten_share"]] == pytest.approx([0.25, 0.65, 0.9])


def test_overdue_is_counted_apart_and_less_what_the_client_has_paid_ahead(tmp_path: Path) -> None:
    books = books_of(
        tmp_path,
        "2025-04-30",
        documents="""
            document_id  kind     client  document_date  due_date    amount
            A            invoice  Acme    2025-03-01     2025-03-31  100
            B            invoice  Acme    2025-04-01     2025-05-31  400
            C            payment  Acme    2025-04-01     -           30
            D            invoice  Bolt    2025-03-01     2025-03-31  30
            E            invoice  Core    2025-03-01     2025-03-31  10
            F            payment  Core    2025-03-01     -           10
        """,
    )
    assert_shows(
        books,
        "exposures",
        """
        measure  client  exposure_rank  exposure_amount  exposure_share
        open     Acme    1              470.00           0.94
        open     Bolt    2              30.00            0.06
        overdue  Acme    1              70.00            0.70
        overdue  Bolt    2              30.00            0.30
        """,
        counted_by="client",
    )


def test_a_parent_and_its_clients_are_one_risk(tmp_path: Path) -> None:
    books = books_of(
        tmp_path,
        "2025-04-30",
        clients="client  parent_client\n Acme  Holding\n Bolt  Holding",
        documents="""
            document_id  kind     client  document_date  due_date    amount
            A            invoice  Acme    2025-04-01     2025-05-01  60
            B            invoice  Bolt    2025-04-01     2025-05-01  20
            C            invoice  Core    2025-04-01     2025-05-01  20
        """,
    )
    assert_shows(
        books,
        "concentration",
        "counted_by  client_count  top_one_share\n client  3  0.60\n group  2  0.80",
    )
