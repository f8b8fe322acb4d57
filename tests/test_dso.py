"""Days of sales outstanding and collection, against numbers published elsewhere; each test names its oracle.

The names are those of oracles.json, the sources stand in definitions.md, section 2 and 3, and in peers.md, 6b.
"""

from pathlib import Path
from typing import Any

import pytest

from agingreport.table import Table
from drawn import books_of


def last_row(table: Table) -> dict[str, Any]:
    """The figures of as_of itself."""
    return table.dicts()[-1]


def dso(folder: Path, as_of: str, *, documents: str, allocations: str = "", period_days: int = 90) -> dict[str, Any]:
    """The DSO family of the drawn books at the close of a day."""
    policy = f"[conventions]\ndso_period_days = {period_days}\n"
    drawn = {"documents": documents} | ({"allocations": allocations} if allocations else {})
    return last_row(books_of(folder, as_of, policy=policy, **drawn).show("dso"))


CREDITGURU = """
    document_id  kind     client  document_date  due_date    amount
    OLD          invoice  Acme    2025-03-01     2025-03-31  11000
    NEW          invoice  Acme    2025-04-10     2025-05-10  4000
    PAID         invoice  Acme    2025-04-01     2025-05-01  6000
    P1           payment  Acme    2025-04-30     -           6000
"""
CREDITGURU_PAID = "debit_id  credit_id  amount\n PAID  P1  6000"


def test_simple_best_possible_and_delinquent_days(tmp_path: Path) -> None:
    """dso_simple 45, bpdso 12, add 33 (creditguru.com): AR 15,000, of which 4,000 current; sales 10,000 in 30 days.

    Peers.md K13: best possible is current / sales * days, and not the industry's days less the terms.
    """
    row = dso(tmp_path, "2025-04-30", documents=CREDITGURU, allocations=CREDITGURU_PAID, period_days=30)
    assert row["dso_days"] == pytest.approx(45)
    assert row["best_possible_dso_days"] == pytest.approx(12)
    assert row["average_days_delinquent"] == pytest.approx(33)


def test_its_parts_travel_with_it(tmp_path: Path) -> None:
    row = dso(tmp_path, "2025-04-30", documents=CREDITGURU, allocations=CREDITGURU_PAID, period_days=30)
    parts = ("open_amount", "current_amount", "overdue_amount", "unapplied_amount", "billed_amount", "period_days")
    assert [int(row[name]) for name in parts] == [15000, 4000, 11000, 0, 10000, 30]


def test_days_over_three_months_of_sales(tmp_path: Path) -> None:
    """jde_dso_3m 55.35 (Oracle JD Edwards): 10,869 * 90 / (5,538 + 4,566 + 7,570)."""
    documents = """
        document_id  kind     client  document_date  due_date    amount
        M1           invoice  Acme    2025-04-10     2025-05-10  5538
        M2           invoice  Acme    2025-05-10     2025-06-10  4566
        M3           invoice  Acme    2025-06-10     2025-07-10  7570
        P1           payment  Acme    2025-06-20     -           6805
    """
    allocations = "debit_id  credit_id  amount\n M1  P1  5538\n M2  P1  1267"
    row = dso(tmp_path, "2025-06-30", documents=documents, allocations=allocations)
    assert row["dso_days"] == pytest.approx(55.35, abs=0.005)


def test_days_over_a_year(tmp_path: Path) -> None:
    """Peers.md K10 (trymesha): AR 150,000, yearly sales 1,800,000, 365 days: 30.4."""
    documents = """
        document_id  kind     client  document_date  due_date    amount
        I1           invoice  Acme    2025-01-01     2025-01-31  1650000
        I2           invoice  Acme    2025-12-01     2025-12-31  150000
        P1           payment  Acme    2025-02-01     -           1650000
    """
    row = dso(
        tmp_path,
        "2025-12-31",
        documents=documents,
        allocations="debit_id  credit_id  amount\n I1  P1  1650000",
        period_days=365,
    )
    assert row["dso_days"] == pytest.approx(30.4, abs=0.05)


@pytest.mark.parametrize(("billed_on", "billed_amount"), [("2025-04-01", 5000), ("2025-03-31", 0)])
def test_the_period_counts_its_first_and_its_last_day(tmp_path: Path, billed_on: str, billed_amount: int) -> None:
    documents = f"""
        document_id  kind     client  document_date  due_date    amount
        I1           invoice  Acme    {billed_on}    2025-04-30  5000
    """
    row = dso(tmp_path, "2025-04-30", documents=documents, period_days=30)
    assert int(row["billed_amount"]) == billed_amount


def test_without_sales_it_is_undefined_and_not_zero(tmp_path: Path) -> None:
    """Peers.md K5: AR 5,000, sales 0."""
    documents = """
        document_id  kind     client  document_date  due_date    amount
        I1           invoice  Acme    2025-01-01     2025-01-31  5000
    """
    row = dso(tmp_path, "2025-12-31", documents=documents)
    assert int(row["open_amount"]) == 5000
    assert row["dso_days"] is None
    assert row["best_possible_dso_days"] is None
    assert row["average_days_delinquent"] is None


def test_tax_is_on_both_sides(tmp_path: Path) -> None:
    """Peers.md K9: AR 120 with 20 % VAT on net sales of 100 in 30 days is 30 days; 36 is the error."""
    documents = """
        document_id  kind     client  document_date  due_date    amount  tax_amount
        I1           invoice  Acme    2025-04-10     2025-05-10  120     20
    """
    assert dso(tmp_path, "2025-04-30", documents=documents, period_days=30)["dso_days"] == pytest.approx(30)


def countback_documents(march: int, february: int, january: int, paid: int) -> str:
    return f"""
        document_id  kind     client  document_date  due_date    amount
        M1           invoice  Acme    2025-01-10     2025-02-10  {january}
        M2           invoice  Acme    2025-02-10     2025-03-10  {february}
        M3           invoice  Acme    2025-03-10     2025-04-10  {march}
        P1           payment  Acme    2025-03-20     -           {paid}
    """


@pytest.mark.parametrize(
    ("oracle", "march", "february", "january", "paid", "days"),
    [
        ("countback_cal (snowdaycalculatornow)", 900_000, 800_000, 700_000, 300_000, 76.71428571428571),
        ("K6, countback_30 by calendar days (benjipays)", 100_000, 80_000, 70_000, 38_000, 31 + 28 + 32 / 70 * 31),
        ("exactly the newest month", 100, 80, 70, 150, 31),
        ("half the newest month", 100, 80, 70, 200, 15.5),
        ("all there is", 100, 80, 70, 0, 90),
    ],
)
def test_countback_takes_the_newest_sales_first(
    tmp_path: Path, oracle: str, march: int, february: int, january: int, paid: int, days: float
) -> None:
    parts, left = [], paid
    for document_id, amount in (("M1", january), ("M2", february), ("M3", march)):
        if part := min(left, amount):
            parts.append(f"{document_id}  P1  {part}")
        left -= part
    documents = countback_documents(march, february, january, paid or 1)
    allocations = "\n".join(["debit_id  credit_id  amount", *parts])
    row = dso(tmp_path, "2025-03-31", documents=documents, allocations=allocations)
    assert row["countback_dso_days"] == pytest.approx(days), oracle


def test_countback_is_undefined_where_the_history_runs_out(tmp_path: Path) -> None:
    documents = """
        document_id  kind           client  document_date  due_date    amount
        J1           journal_debit  Acme    2025-02-01     2025-02-28  1000
        I1           invoice        Acme    2025-03-10     2025-04-10  999
    """
    assert dso(tmp_path, "2025-03-31", documents=documents)["countback_dso_days"] is None


def test_countback_steps_over_a_month_without_sales(tmp_path: Path) -> None:
    documents = """
        document_id  kind     client  document_date  due_date    amount
        I1           invoice  Acme    2025-01-10     2025-02-10  100
        I2           invoice  Acme    2025-03-10     2025-04-10  100
    """
    assert dso(tmp_path, "2025-03-31", documents=documents)["countback_dso_days"] == pytest.approx(31 + 28 + 31)


@pytest.mark.parametrize(
    ("oracle", "opening", "billed", "closing", "current", "effectiveness"),
    [
        ("cei_1y, K12 (gaviti)", 100_000, 1_000_000, 120_000, 100_000, 0.98),
        ("cei_creditguru, K11, one month of the three: S / N = 3,630", 6_200, 3_630, 6_340, 3_590, 0.559),
        ("nothing could be collected", 0, 1_000, 1_000, 1_000, None),
    ],
)
def test_collection_effectiveness_of_a_month(
    tmp_path: Path, oracle: str, opening: int, billed: int, closing: int, current: int, effectiveness: float | None
) -> None:
    """All that is open of the new invoice is current; what stays open beyond it is old."""
    documents = f"""
        document_id  kind     client  document_date  due_date    amount
        NEW          invoice  Acme    2025-04-10     2025-05-10  {billed}
        P1           payment  Acme    2025-04-20     -           {billed - current or 1}
    """
    allocations = f"debit_id  credit_id  amount\n NEW  P1  {billed - current}" if billed > current else ""
    if opening:
        documents += f"""
        OLD          invoice  Acme    2025-03-01     2025-03-31  {opening}
        P2           payment  Acme    2025-04-20     -           {opening - (closing - current)}
        """
        allocations += f"\n OLD  P2  {opening - (closing - current)}"
    drawn = {"documents": documents} | ({"allocations": allocations} if allocations else {})
    row = last_row(books_of(tmp_path, "2025-04-30", **drawn).show("collection"))
    assert row["collection_effectiveness"] == (
        None if effectiveness is None else pytest.approx(effectiveness, abs=0.0005)
    ), oracle
