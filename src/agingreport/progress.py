"""How far long work has come, on a terminal: what is being done, how many rows of how many, and the time left."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb
    from rich.console import Console
    from rich.progress import Progress

    from agingreport.loading.exports import Export

# What is being done, how much is done, of how much, and how much will be when this step is over, where that is known.
Tell = Callable[..., None]

SILENT_SECONDS = 1.0  # what is done sooner shows nothing
CLOSING_SHARE = 0.25  # of the time the rows take, for what follows them; measured on a million invoices
SAMPLE_BYTES = 65_536
BYTES_IN_A_ROW = 40  # of a workbook, which is packed; a guess that only the time left rests on
WATCHED = "set enable_progress_bar = true; set enable_progress_bar_print = false; set progress_bar_time = 0"


@contextmanager
def bar(
    unit: str,
    *,
    connection: "duckdb.DuckDBPyConnection | None" = None,
    console: "Console | None" = None,
    get_time: Callable[[], float] | None = None,
) -> Iterator[Tell | None]:
    """What draws one line at a terminal once the work has taken a second, and takes it away at the end.

    None in a pipe. Within a step it goes on with what the connection says of its query. `get_time` stands in for
    rich's own clock.
    """
    if console is None and not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    class Late(Progress):
        """A bar that shows itself only after a while."""

        def get_renderables(self) -> Iterable[Any]:
            if not self.tasks or self.get_time() - started < SILENT_SECONDS:
                return ()
            step.look()
            return super().get_renderables()

    drawn = Late(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[rows]:,.0f} of {task.fields[of]:,.0f} " + unit),
        TimeRemainingColumn(),
        TextColumn("left"),
        console=console or Console(stderr=True),
        transient=True,
        get_time=get_time,
    )
    step = Step(drawn, connection)
    started = drawn.get_time()
    with drawn:
        yield step.tell


class Step:
    """The step that is being done, and how far it has come."""

    def __init__(self, drawn: "Progress", connection: "duckdb.DuckDBPyConnection | None") -> None:
        self.drawn, self.connection = drawn, connection
        self.task = drawn.add_task("", total=None, rows=0, of=0)
        self.done = self.until = self.share = 0.0
        if connection is not None:
            connection.execute(WATCHED)

    def tell(self, what: str, done: float, count: float, until: float | None = None) -> None:
        """Begin a step, or go on with it."""
        self.done, self.until, self.share = done, until or done, 0.0
        count = max(done, count)
        total = count * (1 + CLOSING_SHARE) if self.connection is not None else count
        self.drawn.update(self.task, description=what, completed=done, total=total, rows=min(done, count), of=count)

    def look(self) -> None:
        """Ask how far the query of the step has come; a later one of the same step begins below, and is passed over."""
        if self.connection is None or self.until <= self.done:
            return
        self.share = max(self.share, self.connection.query_progress() / 100)
        reached = self.done + self.share * (self.until - self.done)
        of = self.drawn.tasks[0].fields["of"]
        self.drawn.update(self.task, completed=reached, rows=min(reached, of))


def told_of(
    exports: "Sequence[Export]", progress: Tell | None
) -> "Iterator[tuple[Export, Callable[..., None] | None]]":
    """The files one by one, each with what takes how many of its rows are read, for those who watch.

    Rows are estimated from bytes. Reading is taken for half of the work on a file.
    """
    if progress is None:
        yield from ((export, None) for export in exports)
        return
    rows = [rows_in(export.path) for export in exports]
    done, total = 0, sum(rows)
    for export, count in zip(exports, rows, strict=True):
        progress(export.name, done, total, done + count // 2)
        yield export, partial(tell_read, progress, export.name, before=done, count=count, total=total)
        done += count
    progress("working out what no export says", total, total, total * (1 + CLOSING_SHARE))


def tell_read(progress: Tell, name: str, read: int | None = None, *, before: int, count: int, total: int) -> None:
    """Tell that so many rows of a file are read, or, where that is None, all of them, and they are now taken in."""
    done = before + (count if read is None else min(read, count)) // 2
    progress(name, done, total, before + count if read is None else None)


def rows_in(path: Path) -> int:
    """About how many rows a file has, from its size and the length of its first lines."""
    size = path.stat().st_size
    with path.open("rb") as file:
        sample = file.read(SAMPLE_BYTES)
    if sample.startswith((b"PK", b"\xd0\xcf")):
        return size // BYTES_IN_A_ROW + 1
    return size * max(sample.count(b"\n"), 1) // max(len(sample), 1)
