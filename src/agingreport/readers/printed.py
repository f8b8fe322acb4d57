"""Compares what a report prints of its own - totals, buckets, ages - with what was read from it; never uses it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb

from agingreport.readers.amounts import parse_amount
from agingreport.readers.counts import PrintedTotal, RowCount
from agingreport.readers.staging import run
from agingreport.readers.statements import statement_date
from agingreport.readers.values import DecimalMark, Header

# The days past due of a group: `1 - 30 days past due`, `91 or more days past due`, `> 90`, `Current`.
_BETWEEN = re.compile(r"(?P<least>\d+) ?(?:-|–|to) ?(?P<most>\d+)(?: days)?(?: past due)?", re.I)
_FROM = re.compile(r"(?P<least>\d+) ?(?:or more|\+|and over)(?: days)?(?: past due)?", re.I)
_ABOVE = re.compile(r"(?:>|over|more than) ?(?P<above>\d+)(?: days)?(?: past due)?", re.I)
_FOREVER = 10**6
# The columns that give the age of a row in days, and what they tell of the day of the report.
_AGED = {"days_past_due": "sql/aged_days.sql", "age_days": "sql/either_aged_days.sql"}


def compare(
    connection: duckdb.DuckDBPyConnection, rows: RowCount, header: Header, mark: DecimalMark
) -> tuple[str, ...]:
    """Stage what is printed and differs from the rows that were taken, and give it as a note.

    A total is compared with the rows under it; that of an age group also with the rows that are so old by their due
    dates, where the report names its day. Where lines are brought together their totals are of something else.
    """
    if header.format.lines != "one":
        return ()
    printed = [figure for total in rows.totals for figure in _figures(total, header, mark)]
    cells = [
        (number, title, amount)
        for number, title, text in rows.buckets
        if (amount := parse_amount(text, mark)) is not None
    ]
    if not printed:
        return ()
    differences = run(
        connection,
        "sql/compare_totals.sql",
        **_lists(printed, ("rows", "labels", "first_rows", "columns", "amounts", "least_days", "most_days")),
        **_lists(cells, ("cell_rows", "cell_titles", "cell_amounts")),
        decimal_mark=mark,
        statement_date=statement_date(header.titles, rows.footers),
    )
    return (_sentence(header, differences),) if differences else ()


def stated_on(connection: duckdb.DuckDBPyConnection, header: Header, rows: RowCount) -> date | None:
    """Give the day a report speaks of: as its title or footer says, else the one that all its ages give; else None.

    An age is of days past due, so only what is past due has one; or of days since the due date or the document.
    """
    said = statement_date(header.titles, rows.footers)
    asked = next((file for column, file in _AGED.items() if column in header.positions), None)
    if said or not asked:
        return said
    days = run(connection, asked)
    return days[0][0] if len(days) == 1 else None


def days_past_due(label: str) -> tuple[int, int] | None:
    """Give the least and the most days past due of a group, both included; None for one that is no age."""
    label = " ".join(re.sub(r"^total (for )?", "", label, flags=re.I).split())
    if label.casefold() == "current":
        return -_FOREVER, 0
    if found := _BETWEEN.fullmatch(label):
        return int(found["least"]), int(found["most"])
    if found := _FROM.fullmatch(label):
        return int(found["least"]), _FOREVER
    if found := _ABOVE.fullmatch(label):
        return int(found["above"]) + 1, _FOREVER
    return None


def _figures(total: PrintedTotal, header: Header, mark: DecimalMark) -> list[tuple[Any, ...]]:
    """Give each amount of a total with its column. One that is made from another column is left out."""
    days = days_past_due(total.label) or (None, None)
    return [
        (total.row_number, total.label, total.first_row, column, amount, *days)
        for column, text in total.figures.items()
        if column not in header.format.or_else and (amount := parse_amount(text, mark)) is not None
    ]


def _lists(rows: Sequence[tuple[Any, ...]], names: tuple[str, ...]) -> dict[str, list[Any]]:
    """Turn rows into a named list of values for each of their columns."""
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}


def _sentence(header: Header, differences: Sequence[tuple[Any, ...]]) -> str:
    row_number, label, column, currency, printed, counted, is_by_date = differences[0]
    place = header.positions.get(column)
    title = header.cells[place].strip() if place is not None else column
    what = "by the due dates it is" if is_by_date else "the rows taken come to"
    told = (
        f"row {row_number} ({label}) prints {title} {_written(printed, currency)}, {what} {_written(counted, currency)}"
    )
    return told if len(differences) == 1 else f"{told}; {len(differences) - 1} more differ: see agingreport check"


def _written(amount: Decimal, currency: str | None) -> str:
    return f"{amount:,.2f} {currency or ''}".rstrip()
