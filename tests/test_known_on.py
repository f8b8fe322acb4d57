"""What was known then, and what is known now: nothing that was loaded is ever overwritten."""

from datetime import datetime
from pathlib import Path

from agingreport.ledger import Ledger, open_ledger
from drawn import IN_MEMORY, assert_shows, load, on, write_drawn

JANUARY = datetime(2025, 1, 31, 18)  # noqa: DTZ001
FEBRUARY = datetime(2025, 2, 5, 9)  # noqa: DTZ001

FIRST = """
    document_id  kind     client  document_date  due_date    amount  status
    I1           invoice  Acme    2025-01-01     2025-01-31  100.00  posted
    I2           invoice  Acme    2025-01-02     2025-01-31  50.00   posted
"""
SECOND = """
    document_id  kind     client  document_date  due_date    amount  status
    I1           invoice  Acme    2025-01-01     2025-01-31  120.00  posted
    I2           invoice  Acme    2025-01-02     2025-01-31  50.00   void
"""


def changed_ledger(folder: Path) -> Ledger:
    ledger = open_ledger(IN_MEMORY, writable=True)
    load(ledger, write_drawn(folder / "first", documents=FIRST), loaded_at=JANUARY)
    load(ledger, write_drawn(folder / "second", documents=SECOND), loaded_at=FEBRUARY)
    return ledger


def test_a_changed_row_is_true_from_its_load_on_and_the_former_one_before(tmp_path: Path) -> None:
    ledger = changed_ledger(tmp_path)
    now, then = on(ledger, "2025-01-31"), on(ledger, "2025-01-31", known_on="2025-02-04")
    assert_shows(now, "open_items", "document_id  open_amount\n I1  120.00")
    assert_shows(then, "open_items", "document_id  open_amount\n I1  100.00\n I2  50.00")
    assert_shows(on(ledger, "2025-01-31", known_on="2025-02-05"), "balances", "balance\n 120.00")


def test_before_the_first_load_nothing_was_known(tmp_path: Path) -> None:
    assert_shows(on(changed_ledger(tmp_path), "2025-01-31", known_on="2025-01-30"), "open_items", "document_id")


def test_the_ledger_keeps_both_versions_with_their_loads(tmp_path: Path) -> None:
    ledger = changed_ledger(tmp_path)
    kept = ledger.connection.execute(
        "select amount::integer, loaded_by, replaced_by from ledger.documents where document_id = 'I1' order by all"
    ).fetchall()
    assert kept == [(100, 1, 2), (120, 2, None)]


def test_what_a_later_export_leaves_empty_does_not_erase_what_is_known(tmp_path: Path) -> None:
    ledger = open_ledger(IN_MEMORY, writable=True)
    load(ledger, write_drawn(tmp_path / "first", documents=FIRST))
    (again,) = load(
        ledger,
        write_drawn(
            tmp_path / "second",
            documents="""
                document_id  kind     client  document_date  amount
                I1           invoice  Acme    2025-01-01     100.00
            """,
        ),
    )
    assert (again.rows_unchanged, again.rows_changed) == (1, 0)
    assert_shows(on(ledger, "2025-01-31"), "open_items", "document_id  due_date\n I1  2025-01-31\n I2  2025-01-31")


def test_nor_does_it_where_something_else_has_changed(tmp_path: Path) -> None:
    ledger = open_ledger(IN_MEMORY, writable=True)
    load(ledger, write_drawn(tmp_path / "first", documents=FIRST))
    changed = "document_id  kind  client  document_date  amount\n I1  invoice  Acme  2025-01-01  120.00"
    load(ledger, write_drawn(tmp_path / "second", documents=changed))
    drawing = "document_id  due_date  open_amount\n I1  2025-01-31  120.00\n I2  2025-01-31  50.00"
    assert_shows(on(ledger, "2025-01-31"), "open_items", drawing)


def test_two_changes_of_a_document_in_one_load_leave_one_version(tmp_path: Path) -> None:
    ledger = open_ledger(IN_MEMORY, writable=True)
    files = write_drawn(tmp_path / "first", documents=FIRST) + write_drawn(tmp_path / "second", documents=SECOND)
    load(ledger, files)
    assert_shows(on(ledger, "2025-01-31"), "open_items", "document_id  open_amount\n I1  120.00")


def test_a_refused_row_is_known_from_its_load_on(tmp_path: Path) -> None:
    ledger = open_ledger(IN_MEMORY, writable=True)
    bad = FIRST.replace("100.00", "soon")
    load(ledger, write_drawn(tmp_path, documents=bad), loaded_at=FEBRUARY)
    assert len(on(ledger, "2025-01-31", known_on="2025-02-04").show("rejects")) == 0
    assert_shows(on(ledger, "2025-01-31"), "rejects", "file_name  row_number  column_name\n documents.csv  2  amount")
