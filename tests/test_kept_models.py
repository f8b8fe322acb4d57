"""What is worked out once a load and kept says the same as if it were worked out for the day that is asked about."""

from datetime import date
from pathlib import Path

import pytest

from agingreport.ledger import Ledger
from agingreport.models import catalogue, rests_on
from drawn import ledger_of, load, write_drawn

DAY = date(2025, 3, 31)
DOCUMENTS = """
    document_id  kind     client  document_date  due_date    amount
    I1           invoice  Acme    2025-01-01     2025-01-31  100.00
    I2           invoice  Acme    2025-01-02     2025-02-01  50.00
    P1           payment  Acme    2025-02-10     -           120.00
"""
# P1 is given away for more than it is: what comes first gets it.
ALLOCATIONS = """
    debit_id  credit_id  amount
    I1        P1         100.00
    I2        P1         50.00
"""
KEPT = [name for name, model in catalogue().items() if model.is_kept]
METRICS = ("settlements", "open_items", "balances", "aging_trend", "lateness", "late_interest")


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return ledger_of(tmp_path, documents=DOCUMENTS, allocations=ALLOCATIONS)


@pytest.mark.parametrize("name", KEPT)
def test_a_kept_model_knows_no_day_and_no_policy(name: str) -> None:
    parts = [catalogue()[part] for part in (*rests_on(name), name)]
    assert not any("$as_of" in part.select for part in parts)
    assert {table for part in parts for table in part.needs} <= set(catalogue())


def test_each_load_keeps_them_anew(ledger: Ledger, tmp_path: Path) -> None:
    payment = """
        document_id  kind     client  document_date  amount
        P2           payment  Acme    2025-03-01     30.00
    """
    used = """
        debit_id  credit_id  amount
        I2        P2         30.00
    """
    assert len(ledger.as_of(DAY).show("open_items")) == 1
    load(ledger, write_drawn(tmp_path / "later", documents=payment, allocations=used))
    assert len(ledger.as_of(DAY).show("open_items")) == 0


@pytest.mark.parametrize("metric", METRICS)
def test_without_them_the_answer_is_the_same(ledger: Ledger, metric: str) -> None:
    with_kept = ledger.as_of(DAY).show(metric)
    ledger.connection.execute("delete from ledger.kept")
    assert len(with_kept) > 0
    assert ledger.as_of(DAY).show(metric) == with_kept


def test_what_is_kept_answers_for_the_last_load_only(ledger: Ledger, tmp_path: Path) -> None:
    before = ledger.last_load()
    void = """
        document_id  kind     client  document_date  due_date    amount  status
        I1           invoice  Acme    2025-01-01     2025-01-31  100.00  void
    """
    load(ledger, write_drawn(tmp_path / "later", documents=void))
    kept_for = ledger.connection.execute("select distinct known_load from ledger.kept").fetchall()
    assert kept_for == [(before + 1,)]


def test_what_another_version_has_kept_is_not_used(ledger: Ledger) -> None:
    before = ledger.as_of(DAY).show("open_items")
    ledger.connection.execute("update ledger.kept set sha256 = 'of other SQL'")
    for name in KEPT:
        ledger.connection.execute(f"delete from ledger.kept_{name}")
    assert len(before) > 0
    assert ledger.as_of(DAY).show("open_items") == before
