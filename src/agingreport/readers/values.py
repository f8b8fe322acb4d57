"""What a reader is asked and what it answers: the values that travel between its modules."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal, NamedTuple

DateOrder = Literal["day-first", "month-first", "year-first"]
DecimalMark = Literal[".", ",", "each"]
Evidence = Literal["FILE", "MEAS", "TEST", "DOC", "MEM"]

# Stands for a formula that has not been worked out: it is neither empty nor nought.
NO_VALUE = "\ue000"

_TITLE_CURRENCY = re.compile(r"\(([A-Z]{3})\)\s*$")


@dataclass(frozen=True, kw_only=True)
class ReadOptions:
    """What the user says about a file, because the file cannot.

    `currency` is used for rows that carry none, `fallback_currency` where not even the user says it. `date_order` and
    `decimal_mark` overrule the format and the file. `profile` is a format of the user's own; `format` picks one of ours
    by name. `time_zone` is the firm's, UTC where it is not said: a timestamp that names its zone is moved there before
    its time is dropped. `encoding` overrules what a text's bytes tell.
    """

    currency: str | None = None
    fallback_currency: str | None = None
    date_order: DateOrder | None = None
    decimal_mark: DecimalMark | None = None
    profile: Path | None = None
    format: str | None = None
    time_zone: str | None = None
    encoding: str | None = None


@dataclass(frozen=True, kw_only=True)
class Remembered:
    """What the user has said before of one kind of source (see `source_kind`): options by name, or a profile."""

    options: Mapping[str, str] = field(default_factory=dict)
    profile: Format | None = None


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What became of a file. Its facts are in the staged tables; rows_read = rows in facts + skipped + refused.

    `can` is what the export is able to say (see `formats.CAN`); `notes` are sentences for people. `is_single` says that
    each row is one fact, all of one kind, and no two tell the same. `source_kind` tells sources of one kind, `used`
    names the options without which it could not have been read, or not so.
    """

    reader: str
    statement_date: date | None
    rows_read: int
    rows_skipped: int
    rows_refused: int
    can: frozenset[str]
    notes: tuple[str, ...]
    is_single: bool = False
    source_kind: str = ""
    used: frozenset[str] = frozenset()


@dataclass(frozen=True)
class KindRule:
    """The kind a word stands for when the amount is positive or negative; None refuses that sign."""

    positive: str | None
    negative: str | None


@dataclass(frozen=True, kw_only=True)
class RowRule:
    """Rows that a format leaves out by what stands in a column, or in each of several; `*` is any text.

    With `refuse` they are refused for that reason; with `blank` they are kept, without what those cells say.
    """

    columns: tuple[str, ...]
    like: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()
    refuse: str | None = None
    blank: tuple[str, ...] = ()


# The ways of telling lines by which a document is the sum of its own.
SUMMED = frozenset({"sum", "sum-sides"})


@dataclass(frozen=True, kw_only=True, eq=False)
class Format:
    """One export as data: how it is recognised, what its words mean, what it can say. One TOML file each.

    `columns` gives for each of our columns the header names it may have, the best first, normalised; `names` gives the
    first as it is written. One of `required` may name two, either of which will do. `kind` and `currency` hold for rows
    that have none, `zone` for times. A plain one may be read the quick way, a titled one is told by its title too, the
    rows of a ragged one may end early. `note` is always told; `if_none` refuses a file of which no row can be taken.
    `lone_rows` are texts that fill a row alone and say nothing. `marks` are for parts that are less well known than the
    rest.
    Of a report, `titles` are those of its kind and `in_part` words of a title that list a part only; `header_rows` make
    its header together; `headings` stand in the first columns, which have no title, or `alone` in a row; `totals` label
    the last row, `subtotals` stand before the name of the heading that a row closes; `buckets` are patterns of the
    columns that split the open amount. A decimal mark `each` is found for each amount by itself.
    `unpaid_rest` says what it means that less was paid than is closed. `across`: each column that is named by a
    currency is a fact of its own; it says which of our columns take that name and the cell. The others are for
    `shaping`: rows left out, cells that are all blank where the row goes on with the one above, columns that stand in
    for empty ones, cells of the first line that hold for the whole file (by number, from 1), which accounts are those
    of clients, and which others there are where any more would be unknown, and by currency how many digits of its whole
    numbers are decimals. `language` is set where it reads words of another one than English.
    """

    name: str
    title: str
    evidence: Evidence
    table: str
    columns: Mapping[str, tuple[str, ...]]
    names: Mapping[str, str]
    required: tuple[str, ...]
    layout: Literal["list", "report"] = "list"
    is_closed: bool = False
    is_plain: bool = False
    is_titled: bool = False
    is_ragged: bool = False
    titles: tuple[str, ...] = ()
    in_part: tuple[str, ...] = ()
    group: str | None = None
    header_rows: int = 1
    headings: Literal["first", "alone"] = "first"
    buckets: tuple[str, ...] = ()
    kind: str | None = None
    currency: str | None = None
    kinds: Mapping[str, KindRule] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)
    date_order: DateOrder | None = None
    decimal_mark: DecimalMark | None = None
    id_prefix: str = ""
    unnumbered_kinds: tuple[str, ...] = ()
    zone: Literal["UTC"] | None = None
    lines: Literal["one", "repeat", "sum", "sum-sides"] = "one"
    amounts: Literal["positive", "signed"] = "positive"
    zero_amounts: Literal["refuse", "skip"] = "refuse"
    parent_separator: str | None = None
    can: frozenset[str] = frozenset()
    refuse: str | None = None
    note: str | None = None
    if_none: str | None = None
    lone_rows: tuple[str, ...] = ()
    totals: tuple[str, ...] = ("total", "grand total")
    subtotals: tuple[str, ...] = ("total for", "total")
    marks: Mapping[str, Evidence] = field(default_factory=dict)
    unpaid_rest: Literal["open", "write_off"] = "open"
    row_rules: tuple[RowRule, ...] = ()
    fill_down: tuple[str, ...] = ()
    or_else: Mapping[str, str] = field(default_factory=dict)
    above: Mapping[str, int] = field(default_factory=dict)
    debtors: tuple[str, ...] = ()
    other_accounts: tuple[str, ...] = ()
    minor_units: Mapping[str, int] = field(default_factory=dict)
    across: Mapping[str, str] = field(default_factory=dict)
    language: str | None = None


@dataclass(frozen=True)
class Header:
    """Where a format's header row stands in a file, and which cell holds which of our columns."""

    format: Format
    record_number: int
    cells: tuple[str, ...]
    positions: Mapping[str, int]
    titles: tuple[str, ...]
    first_line: tuple[str, ...] = ()

    @property
    def currency(self) -> str | None:
        """The currency that the title of an amount names, as in `Invoice Total (AUD)`; None if it names none."""
        places = (self.positions[column] for column in ("amount", "open_amount") if column in self.positions)
        found = (_TITLE_CURRENCY.search(self.cells[place]) for place in places)
        return next((code[1] for code in found if code), None)

    @property
    def bucket_places(self) -> dict[str, int]:
        """The cells of a row that split its open amount, by their titles."""
        titles = ((place, cell.strip()) for place, cell in enumerate(self.cells))
        patterns = self.format.buckets
        return {title: place for place, title in titles if any(fnmatchcase(title.casefold(), one) for one in patterns)}

    @property
    def unread(self) -> tuple[str, ...]:
        """The named columns of the file that nothing is read from."""
        used = set(self.positions.values())
        return tuple(cell.strip() for place, cell in enumerate(self.cells) if cell.strip() and place not in used)


class Record(NamedTuple):
    """One row of a file, numbered from 1 with everything above it counted; `problem` says why it could not be cut."""

    number: int
    cells: tuple[str, ...]
    line: str | None = None  # as the file has it, where it is text
    problem: str | None = None

    @property
    def is_blank(self) -> bool:
        """Nothing but blanks in every cell."""
        return self.problem is None and not any(cell.strip() for cell in self.cells)

    @property
    def text(self) -> str:
        """The row as the file has it; that of a sheet as one line of CSV."""
        return _joined(self.cells) if self.line is None else self.line


def _joined(cells: tuple[str, ...]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue()
