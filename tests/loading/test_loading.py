"""Taking files in: every row accounted for, all of it or none of it, and the same however often and in what pieces."""

import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agingreport import readers
from agingreport.errors import AgingReportError
from agingreport.ledger import Ledger, open_ledger
from agingreport.loading.facts import FACTS
from drawn import DOLLARS, IN_MEMORY, LOADED_AT, ledger_file, load, on, write_csv, write_drawn
from random_books import COLUMNS, RandomBooks, days, random_books, write_books

DOCUMENTS = """
    document_id  kind     client  document_date  due_date    amount
    I1           invoice  Acme    2025-01-01     2025-01-31  100.00
    I2           invoice  Acme    2025-01-02     2025-02-01  50.00
    P1           payment  Acme    2025-01-20     -           60.00
"""
ALLOCATIONS = "debit_id  credit_id  amount\n I1  P1  60.00"
MORE = DOCUMENTS.replace("100.00", "120.00") + "    I3  invoice  Bolt  2025-01-03  2025-02-02  70.00\n"
TABLES = ("loads", "sources", "rejects", *(fact.name for fact in FACTS))


def content(ledger: Ledger) -> dict[str, list[Any]]:
    """Every row of every table."""
    return {
        table: ledger.connection.execute(f"select * from ledger.{table} order by all").fetchall() for table in TABLES
    }


def test_the_rows_of_a_file_are_new_then_unchanged_then_changed(tmp_path: Path) -> None:
    ledger = open_ledger(IN_MEMORY, writable=True)
    (first,) = load(ledger, write_drawn(tmp_path / "1", documents=DOCUMENTS))
    (again,) = load(ledger, write_drawn(tmp_path / "2", documents=DOCUMENTS.replace("Acme ", "Acme  ")))
    (more,) = load(ledger, write_drawn(tmp_path / "3", documents=MORE))
    counts = [(file.rows_new, file.rows_unchanged, file.rows_changed) for file in (first, again, more)]
    assert counts == [(3, 0, 0), (0, 3, 0), (1, 2, 1)]


def test_a_file_loaded_twice_changes_nothing_at_all(tmp_path: Path) -> None:
    ledger = open_ledger(IN_MEMORY, writable=True)
    paths = write_drawn(tmp_path, documents=DOCUMENTS, allocations=ALLOCATIONS)
    load(ledger, paths)
    before = content(ledger)
    again = load(ledger, paths)
    assert content(ledger) == before
    assert [file.notes for file in again] == [("loaded before, nothing in it is new",)] * 2


BAD_ROWS = [
    {"amount": "a lot"},
    {"amount": ""},
    {"document_date": "2025-02-30"},
    {"document_date": ""},
    {"kind": "gift"},
    {"document_id": ""},
    {"status": "mislaid"},
]


@settings(max_examples=15, deadline=None)
@given(
    books=random_books(), bad=st.lists(st.tuples(st.integers(0, 15), st.sampled_from(BAD_ROWS)), min_size=1, max_size=5)
)
def test_law_3_every_row_of_every_file_is_accounted_for_and_refused_ones_are_kept_whole(
    books: RandomBooks, bad: list[tuple[int, dict[str, str]]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    if not books.documents:
        return
    rows = [dict(row) for row in books.documents]
    for position, change in bad:
        rows[position % len(rows)].update(change)
    bad_positions = {position % len(rows) for position, _ in bad}
    folder, ledger = tmp_path_factory.mktemp("rows"), open_ledger(IN_MEMORY, writable=True)
    lines = [[row[column] for column in COLUMNS["documents"]] for row in rows]
    documents = write_csv(folder / "documents.csv", [COLUMNS["documents"], *lines])
    others = [path for path in write_books(folder / "others", books) if path.stem != "documents"]
    loaded = load(ledger, [documents, *others])
    for file in loaded:
        told = file.rows_new + file.rows_unchanged + file.rows_changed + file.rows_skipped + file.rows_refused
        assert file.rows_read == told
    assert loaded[0].rows_read == len(rows)
    refused = [row for row in on(ledger, "2025-12-31").show("rejects") if row["file_name"] == "documents.csv"]
    assert {row["row_number"] - 2 for row in refused} == bad_positions
    assert loaded[0].rows_refused == len(bad_positions)
    assert all(rows[row["row_number"] - 2]["document_id"] in row["row_text"] for row in refused)


def test_law_3_a_reader_that_loses_a_row_is_found_out_and_nothing_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def careless(*arguments: Any, **options: Any) -> readers.Reading:
        reading = read(*arguments, **options)
        return replace(reading, rows_read=reading.rows_read + 1)

    read = readers.read
    monkeypatch.setattr(readers, "read", careless)
    ledger = open_ledger(IN_MEMORY, writable=True)
    with pytest.raises(AgingReportError, match="4 rows read, but 3 accounted for"):
        load(ledger, write_drawn(tmp_path, documents=DOCUMENTS))
    assert not any(content(ledger).values())


class StopAt:
    """A connection that fails at its n-th statement, as a full disk or a Ctrl-C would."""

    def __init__(self, connection: Any, statements: int) -> None:
        self.connection, self.left = connection, statements

    def execute(self, sql: Any, *values: Any) -> Any:
        if sql not in ("begin transaction", "rollback", "commit"):
            self.left -= 1
            if self.left < 0:
                raise KeyboardInterrupt
        return self.connection.execute(sql, *values)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.connection, name)


@settings(max_examples=15, deadline=None)
@given(statements=st.integers(0, 150))
def test_law_4_a_load_that_is_stopped_anywhere_leaves_the_ledger_as_it_was_or_done(
    statements: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder, ledger = tmp_path_factory.mktemp("stopped"), open_ledger(IN_MEMORY, writable=True)
    load(ledger, write_drawn(folder / "first", documents=DOCUMENTS))
    before = content(ledger)
    stopping = Ledger(IN_MEMORY, StopAt(ledger.connection, statements))  # type: ignore[arg-type]
    more = write_drawn(folder / "more", documents=MORE, allocations=ALLOCATIONS)
    try:
        load(stopping, more)
    except KeyboardInterrupt:
        assert content(ledger) == before
    else:
        assert len(content(ledger)["loads"]) == 2
    load(ledger, more)
    assert [row["balance"] for row in on(ledger, "2025-12-31").show("balances")] == [110, 70]


LOAD_AND_HANG = """
import sys, time
from datetime import datetime
from pathlib import Path
from agingreport.loading import derive
from agingreport.ledger import open_ledger
from agingreport.readers import ReadOptions

def hang(*_, **__):
    print("here", flush=True)
    time.sleep(600)

where, ledger_path, *paths = sys.argv[1:]
if where == "derive":
    derive.derive = hang
progress = (lambda name, *_: hang() if name == where else None)
with open_ledger(Path(ledger_path), writable=True) as ledger:
    ledger.load(
        [Path(path) for path in paths], loaded_at=datetime(2026, 1, 2), options=ReadOptions(currency="USD"),
        progress=progress,
    )
"""


@pytest.mark.parametrize("where", ["documents.csv", "allocations.csv", "derive"])
def test_law_4_a_load_that_is_killed_leaves_the_ledger_as_it_was(tmp_path: Path, where: str) -> None:
    """Killed outright, without a chance to tidy up: before the first file, between the two, and after both."""
    path = tmp_path / "ledger.duckdb"
    with ledger_file(path) as ledger:
        load(ledger, write_drawn(tmp_path / "first", documents=DOCUMENTS))
        before = content(ledger)
    more = write_drawn(tmp_path / "more", documents=MORE, allocations=ALLOCATIONS)
    command = [sys.executable, "-c", LOAD_AND_HANG, where, *map(str, (path, *more))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as loading:
        assert loading.stdout is not None
        assert loading.stdout.readline() == "here\n"
        loading.send_signal(signal.SIGKILL)
    with ledger_file(path) as ledger:
        assert content(ledger) == before
        load(ledger, more)
        assert [row["balance"] for row in on(ledger, "2025-12-31").show("balances")] == [110, 70]


@settings(max_examples=10, deadline=None)
@given(books=random_books(), as_of=days)
def test_loading_again_what_is_known_changes_no_row(
    books: RandomBooks, as_of: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The same facts in a file of other bytes: its rows the other way round."""
    folder, ledger = tmp_path_factory.mktemp("again"), open_ledger(IN_MEMORY, writable=True)
    reverse = RandomBooks(*(tuple(reversed(getattr(books, name))) for name in COLUMNS))
    if not (paths := write_books(folder / "first", books)):
        return
    load(ledger, paths)
    facts = [fact.name for fact in FACTS]
    before = {name: rows for name, rows in content(ledger).items() if name in facts}
    for file in ledger.load(write_books(folder / "again", reverse), loaded_at=LOADED_AT, options=DOLLARS):
        assert (file.rows_new, file.rows_changed) == (0, 0)
    assert {name: rows for name, rows in content(ledger).items() if name in facts} == before


def test_a_file_is_read_again_when_its_profile_says_something_new(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text("no;who;when;sum\n1;Acme;2026-01-05;100,00\n", encoding="utf-8")
    profile = tmp_path / "mine.toml"
    mapped = 'title = "mine"\nevidence = "FILE"\ntable = "documents"\nkind = "invoice"\nrequired = ["document_id"]\n'
    columns = '[columns]\ndocument_id = "no"\nclient = "who"\ndocument_date = "when"\namount = "sum"\n'
    options = readers.ReadOptions(currency="USD", decimal_mark=",", profile=profile)
    ledger = open_ledger(IN_MEMORY, writable=True)
    for kind, news in (("invoice", (1, 0)), ("invoice", (0, 0)), ("refund", (0, 1))):
        profile.write_text(mapped.replace("invoice", kind) + columns, encoding="utf-8")
        [loaded] = ledger.load([table], loaded_at=LOADED_AT, options=options)
        assert (loaded.rows_new, loaded.rows_changed) == news


def test_a_large_export_is_seen_whole_whatever_was_loaded_before_it_in_the_same_load(tmp_path: Path) -> None:
    """A folder is loaded in the order of the names: allocations before documents.

    DuckDB 2.0.0 hides what is inserted in bulk (more than 122,880 rows) into a table into which the same transaction
    has inserted nothing before: all measures were 0, and the documents were there.
    """
    count = 62_000
    (tmp_path / "allocations.csv").write_text(
        "debit_id,credit_id,amount\n" + "".join(f"I{n},P{n},4\n" for n in range(count)), encoding="utf-8"
    )
    lines = "".join(
        f"I{n},invoice,C{n % 50},2025-01-10,2025-02-09,10,USD\nP{n},payment,C{n % 50},2025-01-20,,4,USD\n"
        for n in range(count)
    )
    header = "document_id,kind,client,document_date,due_date,amount,currency\n"
    (tmp_path / "documents.csv").write_text(header + lines, encoding="utf-8")
    (tmp_path / "earlier.csv").write_text(header + lines[:200].rpartition("\n")[0] + "\n", encoding="utf-8")
    ledger = open_ledger(IN_MEMORY, writable=True)
    load(ledger, [tmp_path / "earlier.csv"])
    (tmp_path / "earlier.csv").write_text(header + lines[:150].rpartition("\n")[0] + "\n", encoding="utf-8")
    load(ledger, [tmp_path / name for name in ("allocations.csv", "earlier.csv", "documents.csv")])
    [row] = on(ledger, "2025-12-31").show("tie_out")
    assert (row["open_amount"], row["document_balance"], row["difference"]) == (6 * count, 6 * count, 0)
