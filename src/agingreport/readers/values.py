"""What a reader is asked and what it answers: the values that travel between its modules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

DateOrder = Literal["day-first", "month-first", "year-first"]
DecimalMark = Literal[".", ","]
Evidence = Literal["FILE", "MEAS", "TEST", "DOC", "MEM"]


@dataclass(frozen=True, kw_only=True)
class ReadOptions:
    """What the user says about a file, because the file cannot.

    `currency` is used for rows that carry none, `fallback_currency` where not even the user says it. `date_order` and
    `decimal_mark` overrule the format and the file. `profile` is a format of the user's own; `format` picks one of ours
    by name. `time_zone` is the firm's, UTC where it is not said: a timestamp that names its zone is moved there before
    its time is dropped.
    """

    currency: str | None = None
    fallback_currency: str | None = None
    date_order: DateOrder | None = None
    decimal_mark: DecimalMark | None = None
    profile: Path | None = None
    format: str | None = None
    time_zone: str | None = None


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
    """Rows that a format leaves out, or refuses with a reason, by what stands in one column; `*` is any text."""

    column: str
    like: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()
    refuse: str | None = None


@dataclass(frozen=True, kw_only=True)
class Format:
    """One export as data: how it is recognised, what its words mean, what it can say. One TOML file each.

    `columns` gives for each of our columns the header names it may have, the best first, normalised; `names` gives the
    first as it is written. `kind` and `currency` hold for rows that have none, `zone` for times. A plain one may be
    read the quick way, a titled one is told by its title too, the rows of a ragged one may end early. `note` is always
    told; `if_none` refuses a file in which no row is on the account of a client.
    `unpaid_rest` says what it means that less was paid than is closed. `across`: each column that is named by a
    currency is a fact of its own; it says which of our columns take that name and the cell. The others are for
    `shaping`: rows left out, cells that are blank where the row above holds too, columns that stand in for empty ones,
    cells of the first line that hold for the whole file (by number, from 1), and which accounts are those of clients.
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
    group: str | None = None
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
    unpaid_rest: Literal["open", "write_off"] = "open"
    row_rules: tuple[RowRule, ...] = ()
    fill_down: tuple[str, ...] = ()
    or_else: Mapping[str, str] = field(default_factory=dict)
    above: Mapping[str, int] = field(default_factory=dict)
    debtors: tuple[str, ...] = ()
    across: Mapping[str, str] = field(default_factory=dict)


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
    def unread(self) -> tuple[str, ...]:
        """The named columns of the file that nothing is read from."""
        used = set(self.positions.values())
        return tuple(cell.strip() for place, cell in enumerate(self.cells) if cell.strip() and place not in used)


@dataclass(frozen=True)
class Record:
    """One row of a file, numbered from 1 with everything above it counted; `problem` says why it could not be cut."""

    number: int
    cells: tuple[str, ...]
    text: str
    problem: str | None = None

    @property
    def is_blank(self) -> bool:
        """Nothing but blanks in every cell."""
        return self.problem is None and not any(cell.strip() for cell in self.cells)
