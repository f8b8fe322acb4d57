"""What a person at a terminal sees of long work: after a second, rows of how many and the time left; else nothing."""

from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from rich.progress import Progress, TextColumn

from agingreport.ledger import open_ledger
from agingreport.loading.exports import Export
from agingreport.progress import Step, bar, rows_in
from command import Run
from drawn import DOLLARS, IN_MEMORY, LOADED_AT, write_drawn

HEADER = "document_id,kind,client,document_date,amount\n"


class Clock:
    """Seconds that pass when they are told to."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def drawn_after(*seconds: float) -> str:
    """What is drawn of work that does a tenth of its thousand rows in each of these stretches."""
    clock, out = Clock(), StringIO()
    console = Console(file=out, force_terminal=True, width=100, color_system=None)
    with bar("rows", console=console, get_time=clock) as tell:
        assert tell is not None
        for number, stretch in enumerate(seconds, start=1):
            clock.seconds += stretch
            tell("invoices.csv", 100 * number, 1_000)
    return out.getvalue()


def test_what_takes_less_than_a_second_draws_nothing() -> None:
    assert "invoices.csv" not in drawn_after(0.3, 0.3, 0.3)


def test_longer_work_shows_its_rows_and_the_time_left() -> None:
    shown = drawn_after(2.0, 2.0, 2.0)  # 300 rows in 6 seconds, 50 a second: 14 seconds for the other 700
    assert "invoices.csv" in shown
    assert "300 of 1,000 rows" in shown
    assert "0:00:14" in shown


def test_more_rows_than_were_thought_are_no_more_than_all() -> None:
    clock, out = Clock(), StringIO()
    with bar("rows", console=Console(file=out, force_terminal=True, width=100), get_time=clock) as tell:
        assert tell is not None
        clock.seconds = 2.0
        tell("invoices.csv", 1_200, 1_000)
    assert "1,200 of 1,200 rows" in out.getvalue()


class Query:
    """A connection whose query comes so far, asked each time anew."""

    def __init__(self, *percents: float) -> None:
        self.percents = iter(percents)

    def execute(self, statement: str) -> None:
        assert statement.startswith("set ")

    def query_progress(self) -> float:
        return next(self.percents, -1.0)


def test_within_a_step_the_bar_goes_on_with_the_query_and_never_back() -> None:
    """The second query of a step begins at nought again, and counts only once it has overtaken the first."""
    clock, out = Clock(), StringIO()
    console = Console(file=out, force_terminal=True, width=100, color_system=None)
    drawn = Progress(TextColumn("{task.completed:.0f}"), console=console, auto_refresh=False, get_time=clock)
    step = Step(drawn, Query(50.0, 10.0, 80.0))  # type: ignore[arg-type]
    step.tell("invoices.csv", 100, 1_000, 600)
    seen = []
    for _ in range(4):
        step.look()
        seen.append(drawn.tasks[0].completed)
    assert seen == [350, 350, 500, 500]


def test_a_pipe_sees_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with bar("rows") as tell:
        assert tell is None
    assert capsys.readouterr().err == ""


def test_rows_are_estimated_from_the_length_of_the_first_ones(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text("0123456789,0123456789\n" * 100_000, encoding="utf-8")
    assert rows_in(path) == pytest.approx(100_000, rel=0.01)
    (tmp_path / "empty.csv").write_bytes(b"")
    assert rows_in(tmp_path / "empty.csv") == 0
    (tmp_path / "book.xlsx").write_bytes(b"PK" + b"0" * 3_998)
    assert rows_in(tmp_path / "book.xlsx") == 101


def test_a_load_tells_each_file_and_how_far_it_has_come(tmp_path: Path) -> None:
    rows = "".join(f"I{number},invoice,Acme,2025-01-01,1.00\n" for number in range(12_000))
    slow = tmp_path / "slow.csv"
    slow.write_text(HEADER + "\n" + rows, encoding="utf-8")  # with a blank row it is read row by row
    (quick,) = write_drawn(tmp_path / "q", documents="document_id  kind  client  document_date  amount")
    told: list[tuple[str, int, int]] = []
    open_ledger(IN_MEMORY, writable=True).load(
        [Export.named(slow), quick], loaded_at=LOADED_AT, options=DOLLARS, progress=lambda *what: told.append(what[:3])
    )
    names = list(dict.fromkeys(name for name, _, _ in told))
    assert names == ["slow.csv", "documents.csv", "working out what no export says"]
    done = [rows for _, rows, _ in told]
    assert done == sorted(done)
    assert len([name for name, _, _ in told if name == "slow.csv"]) >= 3
    assert {total for _, _, total in told} == {done[-1]}


def test_the_log_lists_the_last_load_first(run: Run, tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.duckdb"
    for name in ("first", "second"):
        path = tmp_path / f"{name}.csv"
        path.write_text(HEADER + f"{name},invoice,Acme,2025-01-01,1\n", encoding="utf-8")
        run("load", path, "--ledger", ledger)
    ran = run("log", "--ledger", ledger, "--format", "csv")
    assert ran.status == 0
    lines = ran.out.splitlines()
    assert lines[0] == (
        "load_id,loaded_at,file_name,reader,rows_read,rows_new,rows_unchanged,rows_changed,rows_skipped,rows_refused"
    )
    assert [line.split(",")[2:6] for line in lines[1:]] == [
        ["second.csv", "plain-documents", "1", "1"],
        ["first.csv", "plain-documents", "1", "1"],
    ]
    assert run("log", "--ledger", tmp_path / "none.duckdb").status == 1
