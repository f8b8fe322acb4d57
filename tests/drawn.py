"""Books drawn as tables of text: a test writes them, these helpers put them through the plain format into a ledger.

Columns stand two blanks or more apart; a lone `-` is an empty cell. What a metric shows is drawn in the same way.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from agingreport.books import Books
from agingreport.ledger import Ledger, open_ledger
from agingreport.loading.intake import Loaded
from agingreport.policy.reading import load_policy
from agingreport.policy.sections import Policy
from agingreport.readers import ReadOptions

LOADED_AT = datetime(2026, 1, 1, 12)  # noqa: DTZ001 - the ledger keeps UTC without a zone
DOLLARS = ReadOptions(currency="USD")
IN_MEMORY = Path(":memory:")


def cells(drawing: str) -> list[list[str]]:
    """The drawing, line by line, cell by cell."""
    lines = [line.strip() for line in drawing.strip().splitlines() if line.strip()]
    return [["" if cell == "-" else cell for cell in re.split(r"\s{2,}", line)] for line in lines]


def write_csv(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    """A plain-format file of these rows, the header first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return path


def write_drawn(folder: Path, **drawings: str) -> list[Path]:
    """One plain-format file a drawing, named by its keyword: documents, allocations, instalments, contacts ..."""
    return [write_csv(folder / f"{name}.csv", cells(drawing)) for name, drawing in drawings.items()]


def load(ledger: Ledger, paths: Sequence[Path], *, loaded_at: datetime = LOADED_AT) -> list[Loaded]:
    """Load files whose amounts are dollars where they do not say."""
    return ledger.load(paths, loaded_at=loaded_at, options=DOLLARS)


def ledger_of(folder: Path, **drawings: str) -> Ledger:
    """A ledger in memory that has loaded the drawn tables."""
    ledger = open_ledger(IN_MEMORY, writable=True)
    if drawings:
        load(ledger, write_drawn(folder, **drawings))
    return ledger


def policy_file(folder: Path, toml: str) -> Path | None:
    """The firm's own policy file, if the test has anything to say in it."""
    if not toml:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "policy.toml"
    path.write_text(toml, encoding="utf-8")
    return path


def books_of(folder: Path, as_of: str, *, policy: str = "", **drawings: str) -> Books:
    """The drawn books at the close of a day."""
    return on(ledger_of(folder, **drawings), as_of, policy=load_policy(policy_file(folder, policy)))


def on(ledger: Ledger, as_of: str, *, policy: Policy | None = None, known_on: str | None = None) -> Books:
    """The books of a ledger at the close of a day, given in ISO form."""
    known = date.fromisoformat(known_on) if known_on else None
    return ledger.as_of(date.fromisoformat(as_of), policy=policy, known_on=known)


@contextmanager
def ledger_file(path: Path) -> Iterator[Ledger]:
    """A ledger on disk, writable, closed at the end."""
    with open_ledger(path, writable=True) as ledger:
        yield ledger


def as_drawn(value: object) -> str:
    """One value as a drawing has it: money with its cents, a float to two places, yes and no, `-` for null."""
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        cents = value.quantize(Decimal("0.01"))
        return str(cents if cents == value else value.normalize())
    if isinstance(value, float):
        return f"{value:.2f}"
    return str(value)


def shown(books: Books, metric: str, columns: Sequence[str], where: Mapping[str, Any] | None = None) -> list[list[str]]:
    """Some columns of a metric as drawn cells, of the rows where the named columns have these values."""
    rows = [
        row for row in books.show(metric) if all(as_drawn(row[name]) == want for name, want in (where or {}).items())
    ]
    return [[as_drawn(row[column]) for column in columns] for row in rows]


def assert_shows(books: Books, metric: str, drawing: str, **where: str) -> None:
    """The metric shows these rows in this order; the first line of the drawing chooses the columns."""
    columns, *rows = [re.split(r"\s{2,}", line.strip()) for line in drawing.strip().splitlines()]
    assert shown(books, metric, columns, where) == rows
