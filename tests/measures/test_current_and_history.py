"""What counts as current, and how far sales must reach back, whatever buckets the policy chooses.

Definitions.md, section 1: current is what is not past its due date (Credit Research Foundation: "not yet due according
to terms"); section 2: a DSO over a history that is too short for it is marked.
"""

from pathlib import Path
from typing import Any

import pytest

from drawn import books_of

LEAP_DAY = "2024-02-29"
OPEN = """
    document_id  kind     client  document_date  due_date    amount
    TODAY        invoice  Acme    2024-01-10     2024-02-29  100
    SOON         invoice  Acme    2024-01-20     2024-03-10  200
    FAR          invoice  Acme    2024-01-31     2024-04-30  400
    LATE         invoice  Acme    2023-12-05     2024-02-09  800
    PAID         invoice  Acme    2024-02-01     2024-02-10  500
    P1           payment  Acme    2024-02-20     -           500
"""
PAID = "debit_id  credit_id  amount\n PAID  P1  500"
POLICIES = [
    "bucket_edges = [0, 30, 60, 90]",
    "bucket_edges = [30]",
    "bucket_edges = [-30, 0, 30]",
    'aging_basis = "document_date"',
    'bucket_edges = [30, 60]\naging_basis = "document_date"',
]


def last_of(folder: Path, metric: str, policy: str) -> dict[str, Any]:
    """The figures of the leap day itself."""
    said = f"[conventions]\n{policy}\n[firm]\ncharges_sales_tax = false\n"
    return books_of(folder, LEAP_DAY, policy=said, documents=OPEN, allocations=PAID).show(metric).dicts()[-1]


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize(
    ("metric", "suffix"),
    [("dso", ""), ("dso_reporting", ""), ("dso_net", "_net")],
)
def test_best_possible_days_are_of_what_is_not_yet_due(tmp_path: Path, metric: str, suffix: str, policy: str) -> None:
    """1,500 open, 100 + 200 + 400 of it not yet due, 2,000 billed in 90 days: 67.5, 31.5 and 36 days."""
    row = last_of(tmp_path, metric, policy)
    current = row["current_net_amount" if suffix else "current_amount"]
    days = [row[f"dso{suffix}_days"], row[f"best_possible_dso{suffix}_days"], row[f"average_days_delinquent{suffix}"]]
    assert current == 700
    assert days == [pytest.approx(67.5), pytest.approx(31.5), pytest.approx(36)]


@pytest.mark.parametrize("policy", POLICIES)
def test_the_overdue_rest_is_that_of_the_balances(tmp_path: Path, policy: str) -> None:
    assert last_of(tmp_path, "dso", policy)["overdue_amount"] == 800
    assert last_of(tmp_path, "balances", policy)["overdue_amount"] == 800


@pytest.mark.parametrize("policy", POLICIES)
def test_percent_current_is_of_what_is_not_yet_due(tmp_path: Path, policy: str) -> None:
    """700 of 1,500; the 800 are 20 days late, so nothing is more than 90 days late, whenever it was issued."""
    row = last_of(tmp_path, "percent_current", policy)
    assert (row["current_amount"], row["long_overdue_amount"]) == (700, 0)
    assert row["current_rate"] == pytest.approx(700 / 1500)


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("metric", ["collection", "collection_reporting"])
def test_effectiveness_leaves_out_what_is_not_yet_due(tmp_path: Path, metric: str, policy: str) -> None:
    """(1,500 + 500 - 1,500) / (1,500 + 500 - 700)."""
    assert last_of(tmp_path, metric, policy)["collection_effectiveness"] == pytest.approx(500 / 1300)


@pytest.mark.parametrize("metric", ["dso", "dso_reporting", "dso_net"])
@pytest.mark.parametrize(("first_billed", "is_whole"), [("2023-12-31", True), ("2024-01-01", False)])
def test_sales_that_begin_after_the_first_month_of_the_period_are_no_whole_one(
    tmp_path: Path, metric: str, first_billed: str, is_whole: bool
) -> None:
    """Of ninety days up to 29 February 2024 the first is 2 December; all that was ever billed is open: 90 days."""
    documents = f"""
        document_id  kind     client  document_date   amount
        FIRST        invoice  Acme    {first_billed}  300
        LAST         invoice  Acme    2024-02-20      600
    """
    policy = "[firm]\ncharges_sales_tax = false\n"
    row = books_of(tmp_path, LEAP_DAY, policy=policy, documents=documents).show(metric).dicts()[-1]
    assert row["dso_net_days" if metric == "dso_net" else "dso_days"] == pytest.approx(90)
    assert row["has_whole_period"] is is_whole


def test_a_month_of_old_sales_without_a_rate_still_counts_as_history(tmp_path: Path) -> None:
    """Euros billed before the months shown need no rate, and show that sales did not begin in February."""
    documents = """
        document_id  kind     client  document_date  amount  currency
        OLD          invoice  Acme    2020-01-10     100     EUR
        GONE         payment  Acme    2020-02-10     100     EUR
        NEW          invoice  Acme    2024-02-20     600     USD
    """
    policy = "[conventions]\ntrend_months = 1\n"
    books = books_of(
        tmp_path,
        LEAP_DAY,
        policy=policy,
        documents=documents,
        allocations="debit_id  credit_id  amount\n OLD  GONE  100",
    )
    assert books.show("dso_reporting").dicts()[-1]["has_whole_period"]
