"""Reads one export into the staged tables: open, recognise, load, understand, hand over, account for each row."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path

import duckdb

from agingreport.errors import AgingReportError
from agingreport.readers import loading, staging
from agingreport.readers.counts import RowCount, width
from agingreport.readers.formats import CAN_NEEDS, all_formats, format_named, load_format
from agingreport.readers.jsonfiles import is_json, open_json
from agingreport.readers.printed import compare, stated_on
from agingreport.readers.recognise import MOST_ROWS_ABOVE, Miss, best, headers, lists_all, nearest, source_kind
from agingreport.readers.shaping import is_shaped
from agingreport.readers.statements import statement_date
from agingreport.readers.textfiles import TextFile, open_text
from agingreport.readers.understanding import (
    Used,
    check_currency_column,
    check_offered,
    currency_note,
    currency_of,
    currency_used,
    hand_over,
    refuse,
    understand,
)
from agingreport.readers.values import Format, Header, Reading, ReadOptions, Record, Remembered
from agingreport.readers.workbooks import SEPARATOR, Workbook, is_workbook

_ROWS_BETWEEN = 5_000  # a tenth of a second
_DELIMITERS = (",", ";", "\t", "|")


@dataclass(frozen=True)
class Table:
    """One way to see a file as a table: a sheet, or a text cut at a delimiter. Its records can be read again.

    `lines` gives those of a sheet all at once, each as one text; None where that cannot be.
    """

    records: Callable[[], Iterator[Record]]
    text: TextFile | None = None
    delimiter: str = ","
    sheet: str = ""
    lines: Callable[[], Sequence[str] | None] = lambda: None


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
    with _naming(name or path.name):
        tables = _tables(path, options.encoding)  # a workbook is being opened from here on, beside what follows
    formats = _formats(options)
    clear_staged(connection)
    with _naming(name or path.name):
        table, header = _by_profile(tables, options, remembered or {}) or _recognise(tables, formats)
        if header.format.refuse:
            raise AgingReportError(f"this is {header.format.title}: {header.format.refuse}")
        check_offered(connection, header.format)
        kind = source_kind(header)
        options = with_remembered(options, (remembered or {}).get(kind))
        options, overruled = _as_its_format_writes(options, header.format)
        check_currency_column(header, options)
        counted = replace(table, records=_counted(table.records, tell))
        with _whole(table, header) as text:
            filled = _fill(connection, counted, text, header, options)
        loading.keep_texts(connection, partial(_texts, table, header.record_number + filled.rows.read))
        told = table.text.notes if table.text else ()
        always = (header.format.note,) if header.format.note else ()
        if header.format.language:
            always = (f"its words are read as {header.format.language}", *always)
        always = (*always, *overruled)
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


def _as_its_format_writes(options: ReadOptions, known: Format) -> tuple[ReadOptions, tuple[str, ...]]:
    """Give the options without a decimal mark or date order that a format never has, and a note of each.

    They are said for files that leave it open, and a folder holds others too.
    """
    notes = []
    if options.decimal_mark and known.decimal_mark in {".", ","} and options.decimal_mark != known.decimal_mark:
        told = f"--decimal {options.decimal_mark} is not used"
        notes.append(f"{told}: the decimal mark of {known.title} is always {known.decimal_mark}")
        options = replace(options, decimal_mark=None)
    fixed = known.date_order in {"day-first", "month-first"}
    if fixed and options.date_order and options.date_order != known.date_order:
        told = f"--dates {options.date_order} is not used"
        notes.append(f"{told}: the dates of {known.title} are always {known.date_order}")
        options = replace(options, date_order=None)
    return options, tuple(notes)


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
        raise type(error)(f"{name}: {error}") from error
    except OSError as error:
        raise AgingReportError(f"{name}: cannot be read: {error.strerror or error}") from error
    except duckdb.Error as error:
        raise AgingReportError(f"{name}: cannot be read: {str(error).splitlines()[0]}") from error


def _formats(options: ReadOptions) -> tuple[Format, ...]:
    if options.profile:
        return (load_format(options.profile),)
    return (format_named(options.format),) if options.format else all_formats()


def _tables(path: Path, encoding: str | None) -> list[Table]:
    if path.is_dir():
        raise AgingReportError("a folder, not a file; name the files in it")
    if not path.exists():
        raise AgingReportError("there is no such file")
    if path.stat().st_size == 0:
        raise AgingReportError("the file is empty; export it again")
    if is_workbook(path):
        book = Workbook(path)
        return [
            Table(partial(book.records, sheet), delimiter=SEPARATOR, sheet=sheet, lines=partial(book.lines, sheet))
            for sheet in book.sheets
        ]
    text = open_text(path, encoding)
    if is_json(text):
        return [Table(open_json(text).records)]
    return [Table(lambda mark=mark: text.records(mark), text, mark) for mark in _DELIMITERS]  # type: ignore[misc]


def _recognise(tables: list[Table], formats: tuple[Format, ...]) -> tuple[Table, Header]:
    starts = [(table, list(islice(table.records(), MOST_ROWS_ABOVE))) for table in tables]
    found = [(table, header) for table, start in starts for header in headers(start, formats)]
    fitting = best(header for _, header in found)
    if len(fitting) > 1:
        sheets = [table.sheet for table, header in found if header in fitting]
        if len({header.format.name for header in fitting}) == 1:
            told = f"the sheets {' and '.join(sheets)} both hold {fitting[0].format.title}"
            raise AgingReportError(f"{told}; save each as a file of its own")
        names = " and ".join(sorted(header.format.name for header in fitting))
        raise AgingReportError(f"fits {names} alike; say which it is with --format")
    if fitting:
        table, header = next((table, header) for table, header in found if header is fitting[0])
        _check_other_sheets(table, found)
        return table, header
    misses = [miss for _, start in starts if (miss := nearest(start, formats))]
    raise AgingReportError(_not_recognised(max(misses, key=lambda miss: miss.rank, default=None), starts))


def _check_other_sheets(chosen: Table, found: list[tuple[Table, Header]]) -> None:
    """Refuse a workbook of which another sheet holds an export too: its rows would be lost."""
    others = {table.sheet: header for table, header in found if table is not chosen and not header.format.refuse}
    if chosen.sheet and others:
        sheet, header = next(iter(others.items()))
        told = f"the sheets {chosen.sheet} and {sheet} both hold exports ({sheet}: {header.format.title})"
        raise AgingReportError(f"{told}; save each as a file of its own")


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
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    text: loading.WholeText | None,
    header: Header,
    options: ReadOptions,
) -> Filled:
    """Fill the staged tables, the quickest way that is safe; give what became of the rows and what is worth a note."""
    quick = loading.load_plainly(connection, text, header, options) if text else None
    if quick:
        return _fill_plainly(connection, header, options, quick)
    rows = loading.load_whole(connection, text, header) if text else None
    if rows is None:
        rows = loading.load_rows(connection, table.records(), header)
    said = statement_date(header.titles, rows.footers)
    notes, spelling = understand(connection, header, options, stated_on=said)
    notes = (*notes, *hand_over(connection, header), *compare(connection, rows, header, spelling.decimal_mark))
    refuse(connection, header)
    return Filled(rows, notes, used=spelling.used)


def _fill_plainly(
    connection: duckdb.DuckDBPyConnection, header: Header, options: ReadOptions, quick: loading.Quick
) -> Filled:
    """Read the odd rows the careful way, and bring what one fact has more than one row of together."""
    nameless = quick.read if header.format.table == "documents" and "currency" not in header.positions else 0
    notes, used = currency_note(nameless, currency_of(header, options)), currency_used(nameless, header)
    has_parents = "parent_client" in header.positions
    # An odd row may settle the same as a plain one, on a day that is written in another way, or say more of its client.
    is_mixed = quick.is_repeating or bool(quick.odd and (has_parents or header.format.table == "allocations"))
    if quick.odd:
        told, spelling = understand(connection, header, options)
        notes, used = notes or told, used | spelling.used
    if is_mixed:
        loading.set_aside(connection, header, has_odd=bool(quick.odd))
        staging.run(connection, "staging.sql")
    else:
        staging.run(connection, f"sql/tidy_quick_{header.format.table}.sql")
    if quick.odd or is_mixed:
        notes = (*notes, *hand_over(connection, header))
    if quick.odd:
        refuse(connection, header)
    is_single = not is_mixed and not has_parents
    return Filled(RowCount(read=quick.read), notes, is_single, used)


def _texts(table: Table, record_count: int, wanted: Set[int]) -> dict[int, str]:
    """The text of the records of these numbers; where each record is a line, without cutting any."""
    if table.text and table.text.is_regular and table.text.line_count == record_count:
        return table.text.lines(wanted)
    return {record.number: record.text for record in table.records() if record.number in wanted}


@contextlib.contextmanager
def _whole(table: Table, header: Header) -> Iterator[loading.WholeText | None]:
    """Give the text that DuckDB may read as it stands: a regular file, or a sheet written out so; None for others.

    It is one table, its header the first line.
    """
    has_one_cell_each = len(set(header.positions.values())) == len(header.positions)
    is_list = header.format.layout == "list" and has_one_cell_each and not is_shaped(header)
    if not is_list or header.record_number > 1 or "\n" in "".join(header.cells):
        yield None
    elif table.text:
        yield loading.WholeText(table.text.path, table.delimiter) if table.text.is_regular else None
    elif width(header) < len(header.cells) or (lines := table.lines()) is None:
        yield None
    else:
        with loading.written_whole(lines, table.delimiter) as text:
            yield text


def _unread_note(header: Header) -> tuple[str, ...]:
    """Name the columns of a plain file that nothing is read from: one may be misspelt."""
    is_told = header.format.is_plain and header.unread
    return (f"columns not read: {', '.join(header.unread)}",) if is_told else ()


def _reading(connection: duckdb.DuckDBPyConnection, header: Header, filled: Filled, notes: tuple[str, ...]) -> Reading:
    rows = filled.rows
    refused = staging.count(connection, "sql/rejected.sql")
    skipped = rows.skipped + (0 if header.format.is_plain else staging.count(connection, "sql/skipped.sql"))
    staged = staging.count(connection, f"sql/{'plain' if header.format.is_plain else 'staged'}_rows.sql")
    if rows.read != staged + skipped + refused:
        raise AgingReportError(
            f"{rows.read} rows were read but {staged} kept, {skipped} skipped and {refused} refused; please report this"
        )
    unknown = staging.count(connection, "sql/unknown_credits.sql") if header.format.table == "open_balances" else 0
    stated = stated_on(connection, header, rows)
    gap = _gap(header, rows, refused - unknown, is_dated=stated is not None)
    return Reading(
        reader=header.format.name,
        statement_date=stated,
        rows_read=rows.read,
        rows_skipped=skipped,
        rows_refused=refused,
        can=_can(header) - ({"all_open_items"} if gap else set()),
        notes=(*notes, f"{gap}: what it does not list is not taken as settled") if gap else notes,
        is_single=filled.is_single,
    )


def _can(header: Header) -> frozenset[str]:
    """Give what this very file can say: an optional column that is left out cannot speak."""
    needs = {what: set(columns) & set(header.format.columns) for what, columns in CAN_NEEDS.items()}
    absent = {what for what, columns in needs.items() if columns and not columns & set(header.positions)}
    return header.format.can - absent


def _gap(header: Header, rows: RowCount, refused: int, *, is_dated: bool) -> str | None:
    """Say why a list of all that is open may lack a debt; None where it may not, or is no such list."""
    if "all_open_items" not in _can(header):
        return None
    if not lists_all(header):
        return "its title is not that of a list of all that is open"
    if not is_dated:
        return "it does not say of which day it is"
    if header.format.layout == "report" and not rows.is_ended:
        return "it has no grand total, so rows may be missing"
    return "rows were refused" if refused else None
