"""Where the money that was open a month ago is now: the migration of debts between buckets, and roll rates."""

from pathlib import Path

import pytest

from agingreport.books import Books
from drawn import assert_shows, books_of, shown

MONTH = "[conventions]\ntrend_months = 1\n"
TWO_MONTHS = "[conventions]\ntrend_months = 2\n"


def moves(books: Books, **where: str) -> dict[tuple[str, str], str]:
    """What moved, by from and to, where anything did."""
    columns = ("from_state", "to_state", "moved_amount")
    return {
        (start, end): amount for start, end, amount in shown(books, "migration", columns, where) if amount != "0.00"
    }


def test_each_amount_is_followed_from_its_bucket_to_where_it_is_now(tmp_path: Path) -> None:
    documents = """
        document_id  kind         client  document_date  due_date    amount
        STAYS        invoice      Acme    2025-01-10     2025-03-31  100
        LATE         invoice      Acme    2025-01-10     2025-02-10  200
        LATER        invoice      Acme    2024-12-10     2025-01-10  300
        SPLIT        invoice      Acme    2024-10-10     2024-11-10  1000
        NEW          invoice      Acme    2025-02-10     2025-03-10  500
        P1           payment      Acme    2025-02-15     -           600
        C1           credit_note  Acme    2025-02-16     -           250
        W1           write_off    Acme    2025-02-17     -           50
        P2           payment      Acme    2025-02-20     -           20
    """
    allocations = """
        debit_id  credit_id  amount
        SPLIT     P1         600
        SPLIT     C1         250
        SPLIT     W1         50
        NEW       P2         20
    """
    books = books_of(tmp_path, "2025-02-28", policy=MONTH, documents=documents, allocations=allocations)
    assert moves(books) == {
        ("new", "current"): "480.00",
        ("new", "paid"): "20.00",
        ("current", "current"): "100.00",
        ("current", "1-30"): "200.00",
        ("1-30", "31-60"): "300.00",
        ("61-90", "91+"): "100.00",
        ("61-90", "paid"): "600.00",
        ("61-90", "credited"): "250.00",
        ("61-90", "written off"): "50.00",
    }


def test_a_share_travels_with_its_parts_and_is_undefined_where_nothing_was(tmp_path: Path) -> None:
    documents = """
        document_id  kind     client  document_date  due_date    amount
        I1           invoice  Acme    2025-01-10     2025-02-10  400
        P1           payment  Acme    2025-02-15     -           100
    """
    allocations = "debit_id  credit_id  amount\n I1  P1  100"
    books = books_of(tmp_path, "2025-02-28", policy=MONTH, documents=documents, allocations=allocations)
    columns = ("moved_amount", "from_amount", "moved_share")
    current = shown(books, "migration", columns, {"from_state": "current", "to_state": "1-30"})
    empty = shown(books, "migration", columns, {"from_state": "31-60", "to_state": "paid"})
    assert current == [["300.00", "400.00", "0.75"]]
    assert empty == [["0.00", "0.00", "-"]]


@pytest.mark.parametrize(
    ("due_date", "start", "end"),
    [
        ("2025-03-01", "current", "current"),
        ("2025-02-28", "current", "current"),
        ("2025-02-27", "current", "1-30"),
        ("2025-01-31", "current", "1-30"),
        ("2025-01-30", "1-30", "1-30"),
        ("2025-01-29", "1-30", "1-30"),
        ("2025-01-28", "1-30", "31-60"),
    ],
)
def test_the_edges_of_the_buckets_are_those_of_the_aging(tmp_path: Path, due_date: str, start: str, end: str) -> None:
    documents = f"""
        document_id  kind     client  document_date  due_date    amount
        I1           invoice  Acme    2025-01-05     {due_date}  100
    """
    books = books_of(tmp_path, "2025-02-28", policy=MONTH, documents=documents)
    assert moves(books) == {(start, end): "100.00"}


@pytest.mark.parametrize(
    ("paid_on", "expected"),
    [
        ("2025-01-31", {}),
        ("2025-02-01", {("current", "paid"): "100.00"}),
        ("2025-02-28", {("current", "paid"): "100.00"}),
        ("2025-03-01", {("current", "1-30"): "100.00"}),
    ],
)
def test_what_is_paid_on_the_last_day_of_a_month_is_paid_in_it(
    tmp_path: Path, paid_on: str, expected: dict[tuple[str, str], str]
) -> None:
    documents = f"""
        document_id  kind     client  document_date  due_date    amount
        I1           invoice  Acme    2025-01-05     2025-02-05  100
        P1           payment  Acme    {paid_on}      -           100
    """
    allocations = "debit_id  credit_id  amount\n I1  P1  100"
    books = books_of(tmp_path, "2025-02-28", policy=MONTH, documents=documents, allocations=allocations)
    assert moves(books) == expected


def test_instalments_move_one_by_one(tmp_path: Path) -> None:
    documents = """
        document_id  kind     client  document_date  due_date    amount
        I1           invoice  Acme    2025-01-05     2025-03-05  300
        P1           payment  Acme    2025-02-10     -           150
    """
    instalments = "document_id  due_date  amount\n I1  2025-02-05  100\n I1  2025-03-05  200"
    allocations = "debit_id  credit_id  amount\n I1  P1  150"
    books = books_of(
        tmp_path, "2025-02-28", policy=MONTH, documents=documents, instalments=instalments, allocations=allocations
    )
    assert moves(books) == {("current", "paid"): "150.00", ("current", "current"): "150.00"}


ONE_A_MONTH = """
    document_id  kind     client  document_date  due_date    amount
    I1           invoice  Acme    2025-01-05     2025-02-05  100
    I2           invoice  Acme    2025-02-05     2025-03-05  300
    P1           payment  Acme    2025-03-10     -           200
"""
PAID_TWO = "debit_id  credit_id  amount\n I2  P1  200"


def test_transitions_add_up_the_whole_months_by_amount(tmp_path: Path) -> None:
    books = books_of(tmp_path, "2025-03-31", policy=TWO_MONTHS, documents=ONE_A_MONTH, allocations=PAID_TWO)
    columns = ("to_state", "month_count", "moved_amount", "from_amount", "moved_share")
    rows = [row for row in shown(books, "transitions", columns, {"from_state": "current"}) if row[2] != "0.00"]
    assert rows == [["1-30", "2", "200.00", "400.00", "0.50"], ["paid", "2", "200.00", "400.00", "0.50"]]


def test_a_month_that_as_of_cuts_short_is_no_month_of_the_transitions(tmp_path: Path) -> None:
    books = books_of(tmp_path, "2025-03-30", policy=TWO_MONTHS, documents=ONE_A_MONTH, allocations=PAID_TWO)
    columns = ("month_count", "moved_amount", "from_amount")
    assert shown(books, "transitions", columns, {"from_state": "current", "to_state": "1-30"}) == [
        ["1", "100.00", "100.00"]
    ]


# Of each 1,000: 600, 500 and 400 roll on, and of the last 300 is written off.
ROLLING = """
    document_id  kind       client  document_date  due_date    amount
    CURRENT      invoice    Acme    2024-10-01     2025-02-10  1000
    MONTH        invoice    Acme    2024-10-01     2025-01-10  1000
    TWO          invoice    Acme    2024-10-01     2024-12-10  1000
    OLD          invoice    Acme    2024-10-01     2024-11-10  1000
    P1           payment    Acme    2025-02-15     -           2200
    W1           write_off  Acme    2025-02-16     -           300
"""
ROLLED = """
    debit_id  credit_id  amount
    CURRENT   P1         400
    MONTH     P1         500
    TWO       P1         600
    OLD       P1         700
    OLD       W1         300
"""
ROLLING_POLICY = "[conventions]\ntrend_months = 1\nbucket_edges = [0, 30, 60]\n"


def test_roll_rates_and_their_chain(tmp_path: Path) -> None:
    """Roll_chain (wizedu 289160): 0.6 * 0.5 * 0.4 * 0.3 = 0.036 of what is current is lost."""
    books = books_of(tmp_path, "2025-02-28", policy=ROLLING_POLICY, documents=ROLLING, allocations=ROLLED)
    assert_shows(
        books,
        "roll_rates",
        """
        bucket   from_amount  settled_amount  stayed_amount  rolled_amount  roll_rate
        current  1000.00      400.00          0.00           600.00         0.60
        1-30     1000.00      500.00          0.00           500.00         0.50
        31-60    1000.00      600.00          0.00           400.00         0.40
        61+      1000.00      700.00          0.00           300.00         0.30
        """,
    )
    chain = [row["chained_rate"] for row in books.show("roll_rates")]
    assert chain == pytest.approx([0.036, 0.06, 0.12, 0.3])


def test_a_chain_ends_where_a_rate_is_nought_and_is_undefined_where_one_is_missing(tmp_path: Path) -> None:
    documents = """
        document_id  kind     client  document_date  due_date    amount
        I1           invoice  Acme    2024-10-01     2024-11-10  1000
        I2           invoice  Acme    2024-10-01     2025-02-10  1000
    """
    books = books_of(tmp_path, "2025-02-28", policy=ROLLING_POLICY, documents=documents)
    rates = [(row["roll_rate"], row["chained_rate"]) for row in books.show("roll_rates")]
    assert rates == [(1.0, None), (None, None), (None, None), (0.0, 0.0)]
