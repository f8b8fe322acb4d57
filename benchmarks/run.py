"""Aging, trend, days sales outstanding and lateness of generated books beside hand-written SQL; and loading them.

    run.py [--sizes 1e5,1e6,1e7] [--runs 5] [--beside peer|reference] [--no-exports] [--write]

Fresh processes, taken in turn, medians; figures are compared to the cent. The exit status is 1 where they differ.
Books are kept in benchmarks/books/ from one run to the next.
"""

import argparse
import json
import math
import os
import platform
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import duckdb
import exports
import make_books
import peer
from figures import Figures, differences
from timing import HERE, as_table, limited, limited_mib, script, start

AS_OF = "2025-12-31"  # the books go on for half a year: what came later must not count
REPORT_LIMIT = 1.5
LOADING_LIMIT = 3.0
AGAIN_LIMIT = 1.5
LOADING_MIB_LIMIT = 1_500  # at 1,000,000 invoices
MEASURES_LIMIT = 10.0
MEASURES_MIB_LIMIT = 1_000  # at 1,000,000 invoices
GROWTH_LIMIT = 1.05  # exponent
LIMITED_SIZE = 1_000_000  # what loading, memory and measures are limited for; larger books are loaded once
PAGE = """\
# Results of the last run

{day}, {processors} processors, Python {python}, DuckDB {duckdb}; medians of {runs} fresh processes, taken in turn.
Read ratios, not seconds.

* *report*: aging by client, 24 months of aging and days sales outstanding, lateness by client, from the ledger to
  Python values; *beside*: the same by {yardstick}, from typed tables. Limit: 1.5 times.
* *loading*: both plain files into a new ledger; *reading*: DuckDB alone, the same files into typed tables. Limits: 3
  times and 1,500 MiB. *again*: the same files once more, beside the reading. Limit: 1.5 times.
* *figures*: each client's aging, each bucket of each month end, unapplied and billed amounts, and by client the
  invoices settled and their days late; compared to the cent and to the day.
* limits of loading, memory and measures are for 1,000,000 invoices; other sizes have no verdict on them.
* *growth*: exponent of the report's time from the line above to this one. Limit: 1.05.
* *measures*: every measure there is, in one process: to Python values, and to a Parquet file what has a row for each
  document, client or group; beside the same script, which leaves them as columns. Limits: 10 times and 1,000 MiB.

{table}

Exports of other programs, each into a new ledger (*loading*) beside only reading it: Xero's lines by DuckDB into a
typed table (limit: 4 times), a workbook by the XLSX library, python-calamine, into Python values (limit: 1.5 times).
Imports are done before the clock starts, on both sides.

{exports}
"""


@dataclass(frozen=True)
class Line:
    """What came out for one size of books; seconds are medians."""

    invoices: int
    beside: str
    report_seconds: float
    beside_seconds: float
    report_mib: float
    load_seconds: float
    again_seconds: float
    reading_seconds: float
    load_mib: float
    measures_seconds: float | None  # None: not measured for books so large
    measures_mib: float
    differences: Sequence[str]

    def cells(self, before: "Line | None" = None) -> list[str]:
        """The line as it is printed, under the one of smaller books."""
        return [
            f"{self.invoices:,}",
            f"{self.report_seconds:.2f} s",
            f"{self.beside_seconds:.2f} s",
            limited(self.report_seconds / self.beside_seconds, REPORT_LIMIT),
            f"{self.report_mib:.0f} MiB",
            f"{self.load_seconds:.1f} s",
            f"{self.reading_seconds:.1f} s",
            self.judged(self.load_seconds / self.reading_seconds, LOADING_LIMIT),
            limited(self.again_seconds / self.reading_seconds, AGAIN_LIMIT),
            self.memory(self.load_mib, LOADING_MIB_LIMIT),
            *self.measures_cells(),
            limited(self.growth(before), GROWTH_LIMIT) if before else "",
            f"{len(self.differences)} differ" if self.differences else "equal",
        ]

    def measures_cells(self) -> list[str]:
        """What every measure there is took."""
        if self.measures_seconds is None:
            return ["", "", ""]
        return [
            f"{self.measures_seconds:.1f} s",
            self.judged(self.measures_seconds / self.beside_seconds, MEASURES_LIMIT),
            self.memory(self.measures_mib, MEASURES_MIB_LIMIT),
        ]

    def judged(self, ratio: float, limit: float) -> str:
        """A ratio, with a verdict where it is limited."""
        return limited(ratio, limit) if self.invoices == LIMITED_SIZE else f"{ratio:.2f}"

    def memory(self, mib: float, limit: float) -> str:
        """So much memory, with a verdict where it is limited."""
        return limited_mib(mib, limit) if self.invoices == LIMITED_SIZE else f"{mib:.0f} MiB"

    def growth(self, before: "Line") -> float:
        """Exponent of the report's time since smaller books: 1 = it grows as they do."""
        return math.log(self.report_seconds / before.report_seconds) / math.log(self.invoices / before.invoices)


TITLES = [
    "invoices",
    "report",
    "beside",
    "report ratio",
    "report memory",
    "loading",
    "reading",
    "loading ratio",
    "again ratio",
    "loading memory",
    "measures",
    "measures ratio",
    "measures memory",
    "growth",
    "figures",
]


def as_row(cells: Sequence[str]) -> str:
    """Cells under one another on a terminal."""
    return "  ".join(cell.rjust(len("measures memory")) for cell in cells)


def books_folder(invoices: int, beside: str) -> Path:
    """Where the books of this size are; made where there are none."""
    folder = HERE / "books" / f"{beside}-{invoices}s"
    if not (folder / "allocations.csv").exists():
        write = peer.write_books if beside == "peer" else make_books.write_books
        write(folder, invoices=invoices)
    return folder


def compare(invoices: int, *, beside: str, runs: int) -> Line:
    """Time loading and the report several times, ours and theirs in turn, and compare the figures."""
    folder = books_folder(invoices, beside)
    reading, loading, again, load_memory = [], [], [], []
    for _ in range(runs if invoices <= LIMITED_SIZE else 1):
        reading.append(json.loads(start(script("reference.py", "load", str(folder))).printed)["seconds"])
        run = start(script("ours.py", "load", str(folder)))
        loading.append(json.loads(run.printed)["seconds"])
        again.append(json.loads(run.printed)["again"])
        load_memory.append(run.peak_mib)
    out = {name: folder / f"{name}.json" for name in ("ours", "reference")}
    if beside == "peer":
        start(peer.report_command(folder))  # it loads its own tables first
    ours, theirs, memory = [], [], []
    for _ in range(runs):
        run = start(script("ours.py", "report", str(folder), str(out["ours"]), AS_OF))
        ours.append(json.loads(run.printed)["seconds"])
        memory.append(run.peak_mib)
        if beside == "peer":
            theirs.append(peer.seconds(start(peer.report_command(folder)).printed))
        else:
            run = start(script("reference.py", "report", str(folder), str(out["reference"]), AS_OF))
            theirs.append(json.loads(run.printed)["seconds"])
    measuring = script("ours.py", "measures", str(folder), AS_OF)
    measured = [start(measuring) for _ in range(runs if invoices <= LIMITED_SIZE else 0)]
    found = peer.figures(folder) if beside == "peer" else Figures.read(out["reference"])
    return Line(
        invoices=invoices,
        beside=beside,
        report_seconds=median(ours),
        beside_seconds=median(theirs),
        report_mib=max(memory),
        load_seconds=median(loading),
        again_seconds=median(again),
        reading_seconds=median(reading),
        load_mib=max(load_memory),
        measures_seconds=median(json.loads(run.printed)["seconds"] for run in measured) if measured else None,
        measures_mib=max((run.peak_mib for run in measured), default=0),
        differences=differences(Figures.read(out["ours"]), found),
    )


def as_markdown(lines: Sequence[Line], exported: Sequence[Sequence[str]], *, runs: int) -> str:
    """The page that is kept."""
    return PAGE.format(
        day=datetime.now(UTC).date(),
        processors=os.cpu_count(),
        python=platform.python_version(),
        duckdb=duckdb.__version__,
        runs=runs,
        yardstick="the script `duck_fast.py`" if lines[0].beside == "peer" else "`reference.py`",
        table=as_table(TITLES, [line.cells(before) for before, line in zip((None, *lines), lines, strict=False)]),
        exports=as_table(exports.TITLES, exported),
    )


def main() -> None:
    """Compare, print, and say by the exit status whether the figures are the same."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="1e5,1e6,1e7", help="numbers of invoices, with commas between")
    parser.add_argument("--runs", type=int, default=5, help="runs of each report")
    parser.add_argument("--beside", choices=["peer", "reference"], default="peer" if peer.is_there() else "reference")
    parser.add_argument("--no-exports", action="store_true", help="leave the exports of other programs out")
    parser.add_argument("--write", action="store_true", help="keep the results in RESULTS.md")
    arguments = parser.parse_args()
    exported = []
    # These come first: a process is told the memory of the one that starts it, which grows with the figures compared.
    for export in () if arguments.no_exports else exports.EXPORTS:
        exported.append(exports.measure(export, runs=arguments.runs))
        print(as_row(exported[-1]), flush=True)
    print(f"beside the {arguments.beside}", as_row(TITLES), sep="\n")
    lines: list[Line] = []
    for size in arguments.sizes.split(","):
        line = compare(int(float(size)), beside=arguments.beside, runs=arguments.runs)
        lines.append(line)
        print(as_row(line.cells(lines[-2] if len(lines) > 1 else None)), *line.differences[:10], sep="\n", flush=True)
    if arguments.write:
        (HERE / "RESULTS.md").write_text(as_markdown(lines, exported, runs=arguments.runs), encoding="utf-8")
    if any(line.differences for line in lines):
        sys.exit(1)


if __name__ == "__main__":
    main()
