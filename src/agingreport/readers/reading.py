"""Reads one export into the staged tables: open, recognise, load, understand, hand over, account for each row."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import duckdb

from agingreport.errors import AgingReportError
from agingreport.readers import loading, staging
from agingreport.readers.formats import CAN_NEEDS, all_formats, format_named, load_format
from agingreport.readers.recognise import MOST_ROWS_ABOVE, Miss, best, headers, nearest
from agingreport.readers.rows import RowCount
from agingreport.readers.statements import statement_date
from agingreport.readers.textfiles import TextFile, open_text
from agingreport.readers.values import Format, Header, Reading, ReadOptions, Record
from agingreport.readers.words import read_words
from agingreport.readers.workbooks import Workbook, is_workbook

_DELIMITERS = (",", ";", "\t", "|")


@dataclass(frozen=True)
class Table:
    """One way to see a file as a table: a sheet, or a text cut at a delimiter. Its records can be read again."""

    records: Callable[[], Iterator[Record]]
    text: TextFile | None = None
    delimiter: str = ","


def read(path: Path | str, *, connection: duckdb.DuckDBPyConnection, options: ReadOptions | None = None) -> Reading:
    """Read a file into the staged tables of the connection, which hold nothing else afterwards.

    Raises AgingReportError, with nothing staged to rely on, when the file is in no format we know, cannot be opened,
    or leaves open how its dates or amounts are to be read.
    """
    path, options = Path(path), options or ReadOptions()
    formats = _formats(options)
    staging.run(connection, "staging.sql")
    with _naming(path):
        table, header = _recognise(_tables(path), formats)
        if header.format.refuse:
            raise AgingReportError(f"this is {header.format.title}: {header.format.refuse}")
        rows = _load(connection, path, table, header)
        notes = _understand(connection, header, options)
        loading.keep_texts(connection, table.records())
        return _reading(connection, header, rows, (*(table.text.notes if table.text else ()), *notes))


@contextlib.contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Begin every refusal with the name of the file."""
    try:
        yield
    except AgingReportError as error:
        text = str(error)
        raise AgingReportError(text if text.startswith(path.name) else f"{path.name}: {text}") from error
    except OSError as error:
        raise AgingReportError(f"{path.name}: cannot be read: {error.strerror or error}") from error
    except duckdb.Error as error:
        raise AgingReportError(f"{path.name}: cannot be read: {str(error).splitlines()[0]}") from error


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


def _load(connection: duckdb.DuckDBPyConnection, path: Path, table: Table, header: Header) -> RowCount:
    is_plain = table.text and table.text.is_regular and header.format.layout == "list" and header.record_number == 1
    if is_plain and not any("\n" in cell for cell in header.cells):
        rows = loading.load_whole(connection, path, header, table.delimiter)
        if rows is not None:
            return rows
    return loading.load_rows(connection, table.records(), header)


def _understand(connection: duckdb.DuckDBPyConnection, header: Header, options: ReadOptions) -> tuple[str, ...]:
    """Turn the text rows into typed facts and refusals; give what people should know about how."""
    known, notes = header.format, []
    currency = known.currency or options.currency
    if "currency" in staging.TABLES[known.table].columns and known.table != "fx_rates":
        nameless = staging.count(connection, "sql/missing_currency.sql")
        if nameless and not currency:
            raise AgingReportError(f"{nameless} rows name no currency; say which it is with --currency")
        if nameless:
            notes.append(f"{nameless} rows name no currency: taken as {currency}")
    spelling = read_words(connection, known, options)
    staging.run(
        connection,
        f"sql/{known.table}.sql",
        decimal_mark=spelling.decimal_mark,
        currency=currency,
        kind=known.kind,
        amounts=known.amounts,
        zero_amounts=known.zero_amounts,
        unnumbered_kinds=list(known.unnumbered_kinds),
        parent_separator=known.parent_separator,
        id_prefix=_id_prefix(header),
    )
    if known.table == "documents":
        notes += _gather(connection, header)
    staging.run(connection, f"sql/stage_{known.table}.sql")
    staging.run(connection, "sql/refuse.sql")
    if header.unread and known.layout == "list" and known.table == "documents" and known.name.startswith("plain"):
        notes.append(f"columns not read: {', '.join(header.unread)}")
    return tuple(notes)


def _id_prefix(header: Header) -> str | None:
    """Documents with an id of their own keep it; the others get one from what they are."""
    return None if "document_id" in header.positions else header.format.id_prefix or header.format.name


def _gather(connection: duckdb.DuckDBPyConnection, header: Header) -> list[str]:
    """Bring the rows of one document together, and keep apart what only looks like one; give what is worth a note."""
    has_own_ids = _id_prefix(header) is None
    if not has_own_ids:
        staging.run(connection, "sql/number_documents.sql")
        staging.run(connection, "sql/refuse_namesakes.sql", lines=header.format.lines)
    if not staging.count(connection, "sql/repeated_ids.sql"):
        staging.run(connection, "sql/single_documents.sql")
        return []
    staging.run(connection, "sql/grouped_documents.sql", lines=header.format.lines)
    changed = staging.count(connection, "sql/repeated_documents.sql") if has_own_ids else 0
    return [f"{changed} documents stand in it more than once, with changes: the last row holds"] if changed else []


def _reading(connection: duckdb.DuckDBPyConnection, header: Header, rows: RowCount, notes: tuple[str, ...]) -> Reading:
    refused = staging.count(connection, "sql/rejected.sql")
    skipped = rows.skipped + staging.count(connection, "sql/skipped.sql")
    staged = staging.count(connection, "sql/staged_rows.sql")
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
    )


def _can(header: Header) -> frozenset[str]:
    """Give what this very file can say: an optional column that is left out cannot speak."""
    absent = {what for what, column in CAN_NEEDS.items() if column not in header.positions}
    return header.format.can - absent
