"""What the words of a file mean: each distinct cell is read once, here, and joined back to its rows by DuckDB.

A file of a million rows has a few thousand different dates, kinds and currencies, so the rules can be plain functions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

import duckdb

from agingreport.errors import AgingReportError
from agingreport.readers import staging
from agingreport.readers.amounts import decide_mark, parse_amount
from agingreport.readers.dates import date_zone, decide_order, parse_date
from agingreport.readers.staging import STATUSES, TABLES
from agingreport.readers.values import DateOrder, DecimalMark, Format, KindRule, ReadOptions

_YES = {"yes", "y", "true", "1", "x", "on"}
_NO = {"no", "n", "false", "0", "off"}
_CODE = re.compile(r"(?:.*[^A-Za-z])?([A-Za-z]{3})")


@dataclass(frozen=True)
class Spelling:
    """How this file writes dates and amounts."""

    date_order: DateOrder | None
    decimal_mark: DecimalMark


def read_words(connection: duckdb.DuckDBPyConnection, known: Format, options: ReadOptions) -> Spelling:
    """Fill the word tables from the text rows of a file, and give the spelling that was found for all of it."""
    table = TABLES[known.table]
    dates = _distinct(connection, table.dates)
    order = options.date_order or known.date_order or decide_order(dates, _date_pairs(connection, known))
    zone = date_zone(options.timezone)
    _fill(connection, "dates", {word: parse_date(word, order, zone) for word in dates})
    mark = _decimal_mark(connection, known, options)
    numbers = _distinct(connection, table.numbers, "sql/hard_numbers.sql", decimal_mark=mark)
    _fill(connection, "numbers", {word: _fits(parse_amount(word, mark)) for word in numbers})
    _fill(connection, "booleans", {word: _boolean(word) for word in _distinct(connection, table.booleans)})
    _fill(connection, "currencies", {word: _currency(word) for word in _distinct(connection, ("currency",))})
    _fill(connection, "statuses", _lookup(connection, "status", dict(zip(STATUSES, STATUSES, strict=True)) | dict(known.statuses)))
    _fill_kinds(connection, known)
    return Spelling(order, mark)
