"""What the words of a file mean: each distinct cell is read once, here, and joined back to its rows by DuckDB.

A file of a million rows has a few thousand different dates, kinds and currencies, so the rules can be plain functions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TypeVar

import duckdb

from agingreport.readers.amounts import decide_mark, parse_amount
from agingreport.readers.dates import (
    Pair,
    check_not_swapped,
    date_zone,
    decide_order,
    names_moment,
    needs_order,
    parse_date,
)
from agingreport.readers.staging import STATUSES, TABLES, run
from agingreport.readers.values import DateOrder, DecimalMark, Format, KindRule, ReadOptions

_CURRENCIES = ("currency", "quote_currency")
# Dates that are of the past on the day a file speaks of.
_PAST = {"document_date"}
_YES = {"yes", "y", "true", "1", "x", "on", "ja", "oui", "sí", "si", "是"}
_NO = {"no", "n", "false", "0", "off", "nein", "non", "否"}
Meaning = TypeVar("Meaning")
_CODE = re.compile(r"(?:.*[^A-Za-z])?([A-Za-z]{3})")


@dataclass(frozen=True)
class Spelling:
    """How this file writes dates and amounts; no order where none is needed. `used`: the options this rests on."""

    date_order: DateOrder | None
    decimal_mark: DecimalMark
    used: frozenset[str]


def read_words(
    connection: duckdb.DuckDBPyConnection, known: Format, options: ReadOptions, *, stated_on: date | None = None
) -> Spelling:
    """Fill the word tables from the text rows of a file, and give the spelling found for all of it.

    `stated_on` is the day the file speaks of, which no document in it is after.
    """
    table = TABLES[known.table]
    date_columns, number_columns = _used(table.dates, known), _used(table.numbers, known)
    if {"document_date", "due_date"} <= set(date_columns) and not options.date_order:
        run(connection, "sql/dated_text_rows.sql")
        check_not_swapped(*run(connection, "sql/swapped_dates.sql")[0])
    dates = _hard(connection, date_columns, "dates")
    order = (
        options.date_order
        or known.date_order
        or decide_order(
            dates,
            partial(_dated_pairs, connection, date_columns),
            document_dates=partial(_distinct, connection, [column for column in date_columns if column in _PAST]),
            stated_on=stated_on,
        )
    )
    zone = date_zone(options.time_zone or "UTC")
    _keep(connection, "date_words", ((word, parse_date(word, order, zone, written_in=known.zone)) for word in dates))
    mark = _decimal_mark(connection, known, options)
    numbers = _hard(connection, number_columns, "numbers", decimal_mark=mark)
    _keep(connection, "number_words", ((word, parse_amount(word, mark)) for word in numbers))
    _keep(connection, "boolean_words", ((word, parse_boolean(word)) for word in _distinct(connection, table.booleans)))
    currencies = _distinct(connection, [column for column in _CURRENCIES if column in table.columns])
    _keep(connection, "currency_words", ((word, parse_currency(word)) for word in currencies))
    _read_labels(connection, known)
    used = {
        "date_order": any(map(needs_order, dates)),
        "decimal_mark": options.decimal_mark is not None,
        "time_zone": any(names_moment(word, written_in=known.zone) for word in dates),
    }
    return Spelling(order, mark, frozenset(option for option, is_used in used.items() if is_used))


def plain_word(word: str) -> str:
    """Give a word without what does not matter: case, blanks at the ends, underscores and hyphens for blanks."""
    return " ".join(re.split(r"[\s_-]+", word.strip().casefold()))


def parse_boolean(word: str) -> bool | None:
    """Give yes or no, None for a word that is neither."""
    word = word.strip().casefold()
    return True if word in _YES else False if word in _NO else None


def parse_currency(word: str) -> str | None:
    """Give the three-letter code, which may end a name (`Swedish Krona - SEK`); None if there is none."""
    found = _CODE.fullmatch(word.strip())
    return found[1].upper() if found else None


def _read_labels(connection: duckdb.DuckDBPyConnection, known: Format) -> None:
    table = TABLES[known.table]
    if "status" in table.columns:
        statuses = {plain_word(word): status for word, status in known.statuses.items()}
        statuses = statuses or {status: status for status in STATUSES}
        words = _distinct(connection, ("status",))
        _keep(connection, "status_words", ((word, _meaning(statuses, word)) for word in words))
    if table.kinds:
        kinds = {plain_word(word): rule for word, rule in known.kinds.items()}
        kinds = kinds or {plain_word(kind): KindRule(kind, kind) for kind in table.kinds}
        words = [*_distinct(connection, ("kind",)), *((known.kind,) if known.kind else ())]
        _keep_kinds(connection, {word: _meaning(kinds, word) for word in words})


def _meaning(meanings: Mapping[str, Meaning], word: str) -> Meaning | None:
    """What a word stands for; `*` is every other word."""
    return meanings.get(plain_word(word), meanings.get("*"))


def _decimal_mark(connection: duckdb.DuckDBPyConnection, known: Format, options: ReadOptions) -> DecimalMark:
    if chosen := options.decimal_mark or known.decimal_mark:
        return chosen
    return decide_mark(_words(connection, _used(TABLES[known.table].numbers, known), "sql/marked_words.sql"))


def _used(columns: tuple[str, ...], known: Format) -> tuple[str, ...]:
    """Those of the columns that the format may fill: a debit and a credit make an amount."""
    filled = {*known.columns, *known.across.values(), "amount"}
    return tuple(column for column in columns if column in filled)


def _distinct(connection: duckdb.DuckDBPyConnection, columns: Iterable[str]) -> list[str]:
    """Give the distinct words of those columns."""
    return _words(connection, columns, "sql/distinct_words.sql")


def _hard(connection: duckdb.DuckDBPyConnection, columns: Iterable[str], what: str, **values: str) -> list[str]:
    """Give the distinct words of those columns that are no plain dates or numbers, which DuckDB reads by itself."""
    return _words(connection, columns, f"sql/hard_{what}.sql", **values)


def _words(connection: duckdb.DuckDBPyConnection, columns: Iterable[str], file: str, **values: str) -> list[str]:
    words: dict[str, None] = {}
    for column in columns:
        words.update(dict.fromkeys(word for (word,) in run(connection, file, column=column, **values)))
    return list(words)


def _dated_pairs(connection: duckdb.DuckDBPyConnection, dates: tuple[str, ...]) -> Sequence[Pair]:
    if not {"document_date", "due_date"} <= set(dates):
        return []
    return run(connection, "sql/dated_pairs.sql")


def _keep(connection: duckdb.DuckDBPyConnection, table: str, words: Iterable[tuple[str, object]]) -> None:
    """Put the words that could be read into their table."""
    found = {word: str(value) for word, value in words if value is not None}
    if found:
        run(connection, f"sql/{table}.sql", words=list(found), meanings=list(found.values()))


def _keep_kinds(connection: duckdb.DuckDBPyConnection, rules: dict[str, KindRule | None]) -> None:
    found = {word: rule for word, rule in rules.items() if rule}
    if found:
        positive, negative = [rule.positive for rule in found.values()], [rule.negative for rule in found.values()]
        run(connection, "sql/kind_words.sql", words=list(found), positive=positive, negative=negative)
