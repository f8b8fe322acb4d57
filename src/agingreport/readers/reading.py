"""Reads one export into the staged tables: open, recognise, load, understand, hand over, account for each row."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import duckdb

from agingreport.errors import AgingReportError
from agingreport.readers import loading, staging
from agingreport.readers.formats import CAN_NEEDS, all_formats, format_named, load_format
from agingreport.readers.recognise import MOST_ROWS_ABOVE, Miss, best, headers, nearest, source_kind
from agingreport.readers.rows import RowCount
from agingreport.readers.shaping import is_shaped
from agingreport.readers.statements import statement_date
from agingreport.readers.textfiles import TextFile, open_text
from agingreport.readers.understanding import (
    Used,
    currency_note,
    currency_of,
    currency_used,
    hand_over,
    refuse,
    understand,
)
from agingreport.readers.values import Format, Header, Reading, ReadOptions, Record, Remembered
from agingreport.readers.workbooks import Workbook, is_workbook

_ROWS_BETWEEN = 5_000  # a tenth of a second
_DELIMITERS = (",", ";", "\t", "|")


@dataclass(frozen=True)
class Table:
    """One way to see a file as a table: a sheet, or a text cut at a delimiter. Its records can be read again."""

    records: Callable[[], Iterator[Record]]
    text: TextFile | None = None
    delimiter: str = ","


@dataclass(frozen=True)
class Filled:
    """What became of the rows, what is worth a note, and whether each row is one staged fact that no other tells.

    `used` names the options that the rows rest on.
    """

    rows: RowCount
    notes: tuple[str, ...]
    is_single: bool = False
    used: Used = frozenset()


def read(
    path: Path | str,
    *,
    connection: duckdb.DuckDBPyConnection,
    options: ReadOptions | None = None,
    name: str | None = None,
    remembered: Mapping[str, Remembered] | None = None,
    tell: Callable[[int], None] | None = None,
) -> Reading:
    """Read a file into the staged tables of the connection, which hold nothing else afterwards.

    People are told of it by `name`, else by the name of the file. What the user has said before of such sources,
    `remembered` by their kind, holds where `options` say nothing. `tell` is told now and then how many rows are
    read. Raises AgingReportError, with nothing staged to rely on, when the file is in no format we know, cannot be
    opened, or leaves open how its dates or amounts are to be read.
    """
    path, options = Path(path), options or ReadOptions()
    formats = _formats(options)
    clear_staged(connection)
    with _naming(name or path.name):
        tables = _tables(path)
        table, header = _by_profile(tables, options, remembered or {}) or _recognise(tables, formats)
        if header.format.refuse:
            raise AgingReportError(f"this is {header.format.title}: {header.format.refuse}")
        kind = source_kind(header)
        options = with_remembered(options, (remembered or {}).get(kind))
        filled = _fill(connection, path, replace(table, records=_counted(table.records, tell)), header, options)
        loading.keep_texts(connection, table.records())
        told = table.text.notes if table.text else ()
        always = (header.format.note,) if header.format.note else ()
        reading = _reading(connection, header, filled, (*told, *always, *filled.notes, *_unread_note(header)))
        return replace(reading, source_kind=kind, used=filled.used)


def _counted(
    records: Callable[[], Iterator[Record]], tell: Callable[[int], None] | None
) -> Callable[[], Iterator[Record]]:
    """Give records that tell how many of them have gone by."""
    if tell is None:
        return records

    def counted() -> Iterator[Record]:
        for record in records():
            if record.number % _ROWS_BETWEEN == 0:
                tell(record.number)
            yield record

    return counted


def clear_staged(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the staged tables anew, with nothing in them."""
    staging.run(connection, "staging.sql")


def with_remembered(options: ReadOptions, remembered: Remembered | None) -> ReadOptions:
    """Give the options with those that were said before where they say nothing."""
    said = remembered.options if remembered else {}
    return replace(options, **{name: value for name, value in said.items() if getattr(options, name) is None})  # type: ignore[arg-type]


def _by_profile(
    tables: list[Table], options: ReadOptions, remembered: Mapping[str, Remembered]
) -> tuple[Table, Header] | None:
    """Give the header that a profile was said for before; a header row of another kind is never read by it."""
    profiles = [said.profile for said in remembered.values() if said.profile]
    if options.profile or options.format or not profiles:
        return None
    found = (
        (table, header) for table in tables for header in headers(islice(table.records(), MOST_ROWS_ABOVE), profiles)
    )
    return next(
        (
            (table, header)
            for table, header in found
            if (said := remembered.get(source_kind(header))) and said.profile == header.format
        ),
        None,
    )


@contextlib.contextmanager
def _naming(name: str) -> Iterator[None]:
    """Begin every refusal with the name of the file."""
    try:
        yield
    except AgingReportError as error:
        raise AgingReportError(f"{name}: {error}") from error
    except OSError as error:
        raise AgingReportError(f"{name}: cannot be read: {error.strerror or error}") from error
    except duckdb.Error as error:
        raise AgingReportError(f"{name}: cannot be read: {str(error).splitlines()[0]}") from error


def _formats(options: ReadOptions) -> tuple[Format, ...]:
    if options.profile:
        return (load_format(options.profile),)
    return (format_named(options.format),) if options.format else all_formats()


def _tables(path: Path) -> list[Table]:
    if path.is_dir():
        raise AgingReportError("a folder, not a file; name the files in it")
    if not path.exists():
        raise AgingReportError("there is no such file")
    if path.stat().st_size == 0:
        raise AgingReportError("the file is empty; export it again")
    if is_workbook(path):
        book = Workbook(path)
        return [Table(lambda sheet=sheet: book.records(sheet)) for sheet in book.sheets]  # type: ignore[misc]
    text = open_text(path)
    return [Table(lambda mark=mark: text.records(mark), text, mark) for mark in _DELIMITERS]  # type: ignore[misc]


def _recognise(tables: list[Table], formats: tuple[Format, ...]) -> tuple[Table, Header]:
    starts = [(table, list(islice(table.records(), MOST_ROWS_ABOVE))) for table in tables]
    found = [(table, header) for table, start in starts for header in headers(start, formats)]
    fitting = best(header for _, header in found)
    if len(fitting) > 1:
        names = " and ".join(sorted(header.format.name for header in fitting))
        raise AgingReportError(f"fits {names} alike; say which it is with --format")
    if fitting:
        return next((table, header) for table, header in found if header is fitting[0])
    misses = [miss for _, start in starts if (miss := nearest(start, formats))]
    raise AgingReportError(_not_recognised(max(misses, key=lambda miss: miss.rank, default=None), starts))


def _not_recognised(miss: Miss | None, starts: list[tuple[Table, list[Record]]]) -> str:
    if miss:
        return f"not recognised: {miss.sentence()}; export it so, or map its columns with --profile"
    widest = max((start for _, start in starts), key=lambda start: max((len(row.cells) for row in start), default=0))
    first = next((row for row in widest if not row.is_blank), None)
    if first is None:
        return "there is nothing in it; export it again"
    begin = " ".join(first.text.split())[:60]
    return f"not recognised: no header row of a format we know; it begins {begin}; map its columns with --profile"


def _fill(
    connection: duckdb.DuckDBPyConnection, path: Path, table: Table, header: Header, options: ReadOptions
) -> Filled:
    """Fill the staged tables, the quickest way that is safe; give what became of the rows and what is worth a note."""
    is_whole = _is_whole(table, header)
    quick = loading.load_plainly(connection, path, header, table.delimiter, options) if is_whole else None
    if quick:
        return _fill_plainly(connection, path, table, header, options, quick)
    rows = loading.load_whole(connection, path, header, table.delimiter) if is_whole else None
    if rows is None:
        rows = loading.load_rows(connection, table.records(), header)
    notes, used = understand(connection, header, options)
    notes = (*notes, *hand_over(connection, header))
    refuse(connection, header)
    return Filled(rows, notes, used=used)


def _fill_plainly(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    table: Table,
    header: Header,
    options: ReadOptions,
    quick: loading.Quick,
) -> Filled:
    """Bring what one fact has more than one row of together, and read the odd rows the careful way."""
    nameless = quick.read if header.format.table == "documents" and "currency" not in header.positions else 0
    notes, used = currency_note(nameless, currency_of(header, options)), currency_used(nameless, header)
    if quick.is_single:
        return Filled(RowCount(read=quick.read), notes, is_single=True, used=used)
    loading.set_aside(connection, path, header, table.delimiter, has_odd=bool(quick.odd))
    if quick.odd:
        odd_notes, odd_used = understand(connection, header, options)
        notes, used = notes or odd_notes, used | odd_used
        staging.run(connection, "sql/put_back.sql")
    notes = (*notes, *hand_over(connection, header))
    if quick.odd:
        refuse(connection, header)
    return Filled(RowCount(read=quick.read), notes, used=used)


def _is_whole(table: Table, header: Header) -> bool:
    """Say whether DuckDB may read the file as it stands: regular text, one table, its header the first line."""
    is_regular = table.text is not None and table.text.is_regular
    is_regular = is_regular and header.format.layout == "list" and not is_shaped(header)
    has_one_cell_each = len(set(header.positions.values())) == len(header.positions)
    return is_regular and has_one_cell_each and header.record_number == 1 and "\n" not in "".join(header.cells)


def _unread_note(header: Header) -> tuple[str, ...]:
    """Name the columns of a plain file that nothing is read from: one may be misspelt."""
    is_told = header.format.is_plain and header.unread
    return (f"columns not read: {', '.join(header.unread)}",) if is_told else ()


def _reading(connection: duckdb.DuckDBPyConnection, header: Header, filled: Filled, notes: tuple[str, ...]) -> Reading:
    rows = filled.rows
    refused = staging.count(connection, "sql/rejected.sql")
    skipped = rows.skipped + (0 if filled.is_single else staging.count(connection, "sql/skipped.sql"))
    staged = staging.count(connection, f"sql/{'plain' if header.format.is_plain else 'staged'}_rows.sql")
    if rows.read != staged + skipped + refused:
        raise AgingReportError(
            f"{rows.read} rows were read but {staged} kept, {skipped} skipped and {refused} refused; please report this"
        )
    return Reading(
        reader=header.format.name,
        statement_date=statement_date(header.titles, rows.footers),
        rows_read=rows.read,
        rows_skipped=skipped,
        rows_refused=refused,
        can=_can(header),
        notes=notes,
        is_single=filled.is_single,
    )


def _can(header: Header) -> frozenset[str]:
    """Give what this very file can say: an optional column that is left out cannot speak."""
    absent = {what for what, columns in CAN_NEEDS.items() if not set(columns) & set(header.positions)}
    return header.format.can - absent
