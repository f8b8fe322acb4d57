"""The absorbing Markov view, against textbooks.

The names are those of oracles.json, the sources stand in definitions.md, section 4.
"""

from decimal import Decimal
from pathlib import Path

import pytest
from test_migration import ROLLED, ROLLING, ROLLING_POLICY

from agingreport.markov import absorbed, exit_shares, expected_exits, visits
from drawn import books_of

RENDER = [[0.2, 0.2], [0.3, 0.2]]
RENDER_EXITS = [[0.6, 0.0], [0.4, 0.1]]
HEIDMAN = [[0.3, 0.3], [0.3, 0.1]]
HEIDMAN_EXITS = [[0.4, 0.0], [0.4, 0.2]]


def flat(rows: list[list[float]]) -> list[float]:
    return [value for row in rows for value in row]


def test_months_in_each_state() -> None:
    """Rsh_N (Render, Stair and Hanna 14.6) and asw_N (Anderson, Sweeney and Williams 16.2)."""
    assert flat(visits(RENDER)) == pytest.approx([1.37931, 0.344828, 0.517241, 1.37931], abs=1e-5)
    assert flat(visits(HEIDMAN)) == pytest.approx([1.666667, 0.555556, 0.555556, 1.296296], abs=1e-6)


def test_shares_that_end_paid_and_lost() -> None:
    """Rsh_FA and asw_NR."""
    assert flat(absorbed(RENDER, RENDER_EXITS)) == pytest.approx([0.965517, 0.034483, 0.862069, 0.137931], abs=1e-6)
    assert flat(absorbed(HEIDMAN, HEIDMAN_EXITS)) == pytest.approx([0.888889, 0.111111, 0.740741, 0.259259], abs=1e-6)


@pytest.mark.parametrize(
    ("oracle", "stays", "exits", "balances", "paid", "lost"),
    [
        ("rsh_M", RENDER, RENDER_EXITS, (2000, 5000), 6241.379, 758.621),
        ("asw_B", HEIDMAN, HEIDMAN_EXITS, (1000, 2000), 2370.370, 629.630),
    ],
)
def test_balances_that_end_paid_and_lost(
    oracle: str, stays: list[list[float]], exits: list[list[float]], balances: tuple[int, int], paid: float, lost: float
) -> None:
    shares = absorbed(stays, exits)
    ends = [sum(balance * share[end] for balance, share in zip(balances, shares, strict=True)) for end in (0, 1)]
    assert ends == pytest.approx([paid, lost], abs=5e-4), oracle


def test_a_chain_without_way_back() -> None:
    """Aw_store (A&W store, askfilo): 0.2 * 0.1 * 0.15 = 0.003 lost; aw_store_150k: 450 of 150,000."""
    stays = [[0.0, 0.2, 0.0], [0.0, 0.0, 0.1], [0.0, 0.0, 0.0]]
    exits = [[0.8, 0.0], [0.9, 0.0], [0.85, 0.15]]
    assert absorbed(stays, exits)[0] == pytest.approx([0.997, 0.003])
    assert 150_000 * absorbed(stays, exits)[0][1] == pytest.approx(450)


def test_roll_rates_without_staying_give_the_same_as_their_chain(tmp_path: Path) -> None:
    """Roll_chain_markov: 0.964 and 0.036. The new 600, 500 and 400 are now open one bucket further on."""
    books = books_of(tmp_path, "2025-02-28", policy=ROLLING_POLICY, documents=ROLLING, allocations=ROLLED)
    rows = expected_exits(books).dicts()
    assert [row["paid_share"] for row in rows] == pytest.approx([0.964, 0.94, 0.88, 0.7])
    assert [row["written_off_share"] for row in rows] == pytest.approx([0.036, 0.06, 0.12, 0.3])
    amounts = [(row["open_amount"], row["paid_amount"], row["written_off_amount"]) for row in rows]
    assert amounts == [(0, 0, 0), (600, 564, 36), (500, 440, 60), (400, 280, 120)]


def test_what_never_leaves_the_books_has_no_end() -> None:
    """Nothing of 31+ ever left, and a fifth of what is late goes there; what was never in a bucket says nothing."""
    rates: dict[tuple[str, str], float | None] = dict.fromkeys(
        [
            (start, end)
            for start in ("current", "1-30", "31+")
            for end in ("current", "1-30", "31+", "paid", "credited", "written off")
        ],
        0.0,
    )
    rates |= {("current", "paid"): 1.0, ("1-30", "paid"): 0.8, ("1-30", "31+"): 0.2, ("31+", "31+"): 1.0}
    buckets = ["current", "1-30", "31+"]
    assert exit_shares(rates, buckets) == [(1.0, 0.0, 0.0), (None,) * 3, (None,) * 3]
    rates |= {("31+", end): None for _, end in list(rates)}
    assert exit_shares(rates, buckets) == [(1.0, 0.0, 0.0), (None,) * 3, (None,) * 3]


def test_the_parts_add_up_to_the_cent(tmp_path: Path) -> None:
    documents = """
        document_id  kind       client  document_date  due_date    amount
        A            invoice    Acme    2025-01-05     2025-03-05  300
        B            invoice    Acme    2025-02-05     2025-04-05  0.01
        C            invoice    Acme    2025-02-05     2025-04-05  99.99
        P            payment    Acme    2025-02-10     -           100
        N            credit_note  Acme  2025-02-10     -           100
        W            write_off  Acme    2025-02-10     -           100
    """
    allocations = "debit_id  credit_id  amount\n A  P  100\n A  N  100\n A  W  100"
    books = books_of(
        tmp_path, "2025-02-28", policy="[conventions]\ntrend_months = 1\n", documents=documents, allocations=allocations
    )
    current = expected_exits(books).dicts()[0]
    parts = [current["paid_amount"], current["credited_amount"], current["written_off_amount"]]
    assert parts == [Decimal("33.34"), Decimal("33.33"), Decimal("33.33")]
    assert sum(parts) == current["open_amount"]


def test_empty_books_expect_nothing(tmp_path: Path) -> None:
    assert expected_exits(books_of(tmp_path, "2025-02-28")).rows == ()
