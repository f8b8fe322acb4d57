"""Loads what programs export beside only reading it: Xero's lines beside DuckDB, a workbook beside the XLSX library."""

import json
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from timing import HERE, limited, script, start

TITLES = ["file", "rows", "loading", "reading", "ratio", "loading memory"]


@dataclass(frozen=True)
class Export:
    """A file to load, and how many times the reading the loading may take."""

    name: str
    rows: int
    limit: float

    @property
    def path(self) -> Path:
        """Where it is kept from one run to the next."""
        return HERE / "books" / f"{self.rows}-{self.name}"


EXPORTS = (
    Export("xero.csv", 1_000_000, 4.0),
    Export("documents.xlsx", 100_000, 1.5),
)


def measure(export: Export, *, runs: int) -> list[str]:
    """Load and read a file several times in turn; gives the cells of its line, seconds as medians."""
    if not export.path.exists():
        export.path.parent.mkdir(parents=True, exist_ok=True)
        start(script("make_exports.py", str(export.path), str(export.rows)))
    reading, loading, memory = [], [], []
    for _ in range(runs):
        reading.append(json.loads(start(script("reference.py", "read", str(export.path))).printed)["seconds"])
        run = start(script("ours.py", "read", str(export.path)))
        loading.append(json.loads(run.printed)["seconds"])
        memory.append(run.peak_mib)
    return [
        export.name,
        f"{export.rows:,}",
        f"{median(loading):.1f} s",
        f"{median(reading):.1f} s",
        limited(median(loading) / median(reading), export.limit),
        f"{max(memory):.0f} MiB",
    ]
