"""Brings the rows of a recognised file into DuckDB as text: the file as it stands where it is regular, else row by row.

There are three ways, each for more files than the one before and slower: straight into staged facts, for the rows of
a plain format whose every cell is plain; as text, where DuckDB cuts every row and none is blank; row by row, for the
rest.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkstemp

import duckdb

from agingreport.errors import AgingReportError
from agingreport.readers.across import Across
from agingreport.readers.counts import RowCount, Take, fact_columns
from agingreport.readers.dates import check_not_swapped
from agingreport.readers.rows import sort_rows
from agingreport.readers.shaping import Shaper, is_shaped
from agingreport.readers.staging import TABLES, count, run
from agingreport.readers.textfiles import is_lined
from agingreport.readers.values import NO_VALUE, SUMMED, Header, ReadOptions, Record

_MOST_ODD = 0.25  # of the rows: more of them are read faster with all the others


@dataclass(frozen=True)
class WholeText:
    """A text that DuckDB may read as it stands: its header is the first line, each line below it one row."""

    path: Path
    delimiter: str
    quote: str = '"'  # empty: cells are never quoted

    @property
    def place(self) -> dict[str, str]:
        """What the statements that read it call it."""
        return {"path": str(self.path), "delimiter": self.delimiter, "quote": self.quote}


@dataclass(frozen=True)
class Quick:
    """How many rows a plain file has, how many of them are odd, and whether any tells the same fact as another."""

    read: int
    odd: int
    is_repeating: bool


def load_plainly(
    connection: duckdb.DuckDBPyConnection, text: WholeText, header: Header, options: ReadOptions
) -> Quick | None:
    """Load a plain file straight into its staged table; None if DuckDB stumbles over a row, or too many are odd."""
    if not header.format.is_plain or options.date_order not in {None, "year-first"} or options.decimal_mark == ",":
        return None
    table = header.format.table
    run(
        connection,
        f"sql/quick_{table}.sql",
        columns=_all_cells(header),
        all_columns=_all_columns(header),
        **text.place,
        has_currency="currency" in header.positions,
        currency=options.currency or options.fallback_currency,
    )
    read, uncut, odd, repeated = run(connection, f"sql/count_quick_{table}.sql")[0]
    if uncut or odd > read * _MOST_ODD:
        run(connection, "staging.sql")
        return None
    if table == "documents" and not options.date_order:
        run(connection, "sql/dated_quick_rows.sql")
        check_not_swapped(*run(connection, "sql/swapped_dates.sql")[0])
    run(connection, f"sql/number_quick_{table}.sql")
    if odd:
        _load_odd(connection, text, header)
        if count(connection, "sql/misfits.sql"):
            run(connection, "staging.sql")
            return None
    return Quick(read, odd, is_repeating=bool(repeated))


def set_aside(connection: duckdb.DuckDBPyConnection, header: Header, *, has_odd: bool) -> None:
    """Make the staged facts of a plain file typed rows again, beside those of its odd rows."""
    run(connection, f"sql/set_aside_{header.format.table}.sql")
    run(connection, "sql/put_back.sql" if has_odd else "sql/only_plain_rows.sql")


def load_whole(connection: duckdb.DuckDBPyConnection, text: WholeText, header: Header) -> RowCount | None:
    """Load a regular text with its header in the first line; None if DuckDB stumbles over any of its rows."""
    _load(connection, text, header, columns=_all_cells(header), skip=1)
    misfits = count(connection, "sql/misfits.sql")
    return None if misfits else RowCount(read=count(connection, "sql/row_count.sql"))


def load_rows(connection: duckdb.DuckDBPyConnection, records: Iterable[Record], header: Header) -> RowCount:
    """Sort the rows below the header one by one, load those that are facts, refuse what is neither fact nor rule."""
    with _clean_file() as (path, out):
        rows, columns = _sort(records, header, out.write)
        out.close()
        _check_sums(rows, header)
        typed = {"source_row": "BIGINT", **dict.fromkeys(columns, "VARCHAR")}
        _load(connection, WholeText(path, ","), header, columns=typed, skip=0)
    if rows.refused:
        run(
            connection,
            "sql/refuse_rows.sql",
            numbers=[number for number, _, _ in rows.refused],
            reasons=[reason for _, reason, _ in rows.refused],
            texts=[text for _, _, text in rows.refused],
        )
    return rows


def _check_sums(rows: RowCount, header: Header) -> None:
    """Refuse a file of lines that are summed when one cannot be cut: nobody knows which total it is missing from.

    Nor, in a report that was cut short, which lines are missing.
    """
    if header.format.lines not in SUMMED:
        return
    broken = [(number, reason) for number, reason, text in rows.refused if text is not None]
    if broken:
        number, reason = broken[0]
        raise AgingReportError(f"row {number} {reason}, and amounts are sums of rows here; mend it or export it again")
    if header.format.layout == "report" and rows.read and not (rows.is_ended or rows.footers):
        raise AgingReportError("it ends without a TOTAL, and amounts are sums of rows here; export it again")


def _sort(records: Iterable[Record], header: Header, take: Take) -> tuple[RowCount, Sequence[str]]:
    """Hand the facts of a file to `take`, shaped where needed; give the rest, and the order of their cells."""
    columns = fact_columns(header)
    if not is_shaped(header):
        return sort_rows(records, header, _with_values(take)), columns
    shaper = Across(header, columns, take) if header.format.across else Shaper(header, columns, take)
    rows = sort_rows(records, header, _with_values(shaper.add), lose=shaper.break_off)
    shaper.finish()
    rows.skipped += shaper.skipped
    rows.refused += shaper.refused
    return rows, shaper.shaped_columns


def _with_values(take: Take) -> Take:
    """Refuse a file with a fact that rests on a formula which has no value: it is not nought."""

    def checked(number: int, cells: Sequence[str]) -> None:
        if NO_VALUE in cells:
            raise AgingReportError(
                f"row {number} has a formula without its value; open the file in Excel, choose Enable Editing and save "
                "it, or save it as CSV"
            )
        take(number, cells)

    return checked


def keep_texts(connection: duckdb.DuckDBPyConnection, texts: Callable[[Set[int]], Mapping[int, str]]) -> None:
    """Give each refused row its text, from the file."""
    wanted = {number for (number,) in run(connection, "sql/textless_rejects.sql")}
    if wanted:
        found = texts(wanted)
        run(connection, "sql/keep_texts.sql", numbers=list(found), texts=list(found.values()))


def _load(
    connection: duckdb.DuckDBPyConnection, text: WholeText, header: Header, *, columns: dict[str, str], skip: int
) -> None:
    run(
        connection,
        "sql/load_text.sql",
        columns=columns,
        all_columns=_all_columns(header),
        skip=skip,
        **text.place,
    )


def _load_odd(connection: duckdb.DuckDBPyConnection, text: WholeText, header: Header) -> None:
    """Load the odd rows of a plain file as text; the others stay staged."""
    run(connection, f"sql/drop_odd_{header.format.table}.sql")
    run(
        connection,
        "sql/load_odd_rows.sql",
        columns=_all_cells(header),
        all_columns=_all_columns(header),
        **text.place,
    )


def _all_cells(header: Header) -> dict[str, str]:
    """Name the cells of a row by our columns; those that are not read begin with an underscore."""
    names = {place: column for column, place in header.positions.items()}
    return {names.get(place, f"_{place}"): "VARCHAR" for place in range(len(header.cells))}


def _all_columns(header: Header) -> dict[str, str]:
    return dict.fromkeys(TABLES[header.format.table].columns, "")


class _Out:
    """A CSV file of facts, each after the number of its row."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._file, quoting=csv.QUOTE_ALL, lineterminator="\n")

    def write(self, number: int, cells: Sequence[str]) -> None:
        self._writer.writerow([number, *cells])

    def close(self) -> None:
        self._file.close()


@contextmanager
def _clean_file() -> Iterator[tuple[Path, _Out]]:
    with _file() as path:
        out = _Out(path)
        try:
            yield path, out
        finally:
            out.close()


@contextmanager
def written_whole(lines: Sequence[str], delimiter: str) -> Iterator[WholeText | None]:
    """Write rows out as a text that DuckDB may read as it stands; None where one of them would not be one line."""
    content = "\n".join(lines).encode()
    if not is_lined(content, lines=len(lines)):
        yield None
        return
    with _file() as path:
        path.write_bytes(content)
        yield WholeText(path, delimiter, quote="")


@contextmanager
def _file() -> Iterator[Path]:
    handle, name = mkstemp(prefix="agingreport-", suffix=".csv")
    os.close(handle)
    path = Path(name)
    try:
        yield path
    finally:
        path.unlink()
