"""Nothing but the command line looks at the clock, and it only for its default day and for the time of making."""

import ast
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Self

import pytest

import agingreport
from agingreport import cli
from command import Run
from drawn import ledger_file, load, write_drawn

SOURCES = Path(agingreport.__file__).parent
CLOCKS = {"now", "utcnow", "today", "time", "time_ns", "monotonic", "perf_counter", "localtime", "gmtime"}
OWNERS = {"datetime", "date", "time", "pandas", "pd", "Timestamp"}
MAY_LOOK = {"cli.py"}


def clock_calls(source: str) -> list[int]:
    """Lines that ask a clock for the time."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute) and node.attr in CLOCKS and ends_in(node.value) in OWNERS
    ]


def ends_in(node: ast.expr) -> str:
    """The last name of `a.b.c`."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def test_no_module_but_the_command_line_looks_at_the_clock() -> None:
    looking = {path.name for path in SOURCES.rglob("*.py") if clock_calls(path.read_text(encoding="utf-8"))}
    assert looking <= MAY_LOOK


@pytest.mark.parametrize("source", ["datetime.now()", "date.today()", "datetime.datetime.utcnow()", "time.time()"])
def test_a_look_at_the_clock_would_be_seen(source: str) -> None:
    assert clock_calls(source) == [1]


def moved(when: datetime) -> type[datetime]:
    """A clock that stands at another time."""

    class Moved(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Self:
            return cls(when.year, when.month, when.day, when.hour, tzinfo=tz)

    return Moved


DOCUMENTS = """
    document_id  kind     client  document_date  due_date    amount
    I1           invoice  Acme    2025-01-01     2025-01-31  100.00
"""
METRICS = ("open_items", "aging_trend", "dso", "lateness", "decisions")


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.duckdb"
    with ledger_file(path) as opened:
        load(opened, write_drawn(tmp_path / "drawn", documents=DOCUMENTS))
    return path


@pytest.mark.parametrize("metric", METRICS)
def test_the_same_day_gives_the_same_answer_whatever_the_clock_says(
    run: Run, monkeypatch: pytest.MonkeyPatch, ledger: Path, metric: str
) -> None:
    command = ("show", metric, "--ledger", ledger, "--as-of", "2025-03-31", "--format", "json")
    today = run(*command)
    monkeypatch.setattr(cli, "datetime", moved(datetime(2031, 7, 1, 12, tzinfo=UTC)))
    assert run(*command) == today
    assert today.status == 0


@pytest.mark.parametrize(
    ("clock", "as_of"),
    [
        (datetime(2025, 3, 1, tzinfo=UTC), "2025-02-28"),
        (datetime(2025, 3, 31, 23, tzinfo=UTC), "2025-02-28"),
        (datetime(2025, 1, 1, tzinfo=UTC), "2024-12-31"),
    ],
)
def test_the_default_day_is_the_end_of_last_month_and_is_said_on_stderr(
    run: Run, monkeypatch: pytest.MonkeyPatch, ledger: Path, clock: datetime, as_of: str
) -> None:
    monkeypatch.setattr(cli, "datetime", moved(clock))
    ran = run("show", "aging", "--ledger", ledger, "--format", "json")
    assert ran.err == f"As of {as_of} (end of last month; choose another with --as-of).\n"
    assert ran.out == run("show", "aging", "--ledger", ledger, "--format", "json", "--as-of", as_of).out


def test_source_date_epoch_stands_for_the_clock(run: Run, monkeypatch: pytest.MonkeyPatch, ledger: Path) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(datetime(2025, 3, 15, tzinfo=UTC).timestamp())))
    assert "As of 2025-02-28" in run("show", "aging", "--ledger", ledger).err


def test_a_load_is_stamped_with_source_date_epoch(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(datetime(2025, 3, 15, tzinfo=UTC).timestamp())))
    (path,) = write_drawn(tmp_path, documents=DOCUMENTS)
    run("load", path, "--ledger", tmp_path / "ledger.duckdb")
    with ledger_file(tmp_path / "ledger.duckdb") as opened:
        assert opened.last_load(date(2025, 3, 14)) == 0
        assert opened.last_load(date(2025, 3, 15)) == 1
