"""Brings the rows of a recognised file into DuckDB as text: the file as it stands where it is regular, else row by row.

The quick way is only for files in which nothing can go wrong: DuckDB cuts every row, and none is blank. The other way
gives the same rows, a few times slower, and knows what to do with the rest.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from agingreport.readers.rows import RowCount, fact_columns, sort_rows
from agingreport.readers.staging import TABLES, count, run
from agingreport.readers.values import Header, Record


def load_whole(connection: duckdb.DuckDBPyConnection, path: Path, header: Header, delimiter: str) -> RowCount | None:
    """Load a regular text file with its header in the first row; None if DuckDB stumbles over any of its rows."""
    names = {place: column for column, place in header.positions.items()}
    if len(names) < len(header.positions):
        return None  # one cell for two columns
    columns = {names.get(place, f"_{place}"): "VARCHAR" for place in range(len(header.cells))}
    _load(connection, path, header, columns=columns, skip=1, delimiter=delimiter)
    misfits = count(connection, "sql/misfits.sql")
    return None if misfits else RowCount(read=count(connection, "sql/row_count.sql"))


def load_rows(connection: duckdb.DuckDBPyConnection, records: Iterable[Record], header: Header) -> RowCount:
    """Sort the rows below the header one by one, load those that are facts, refuse what is neither fact nor rule."""
    columns = {"source_row": "BIGINT", **dict.fromkeys(fact_columns(header), "VARCHAR")}
    with _clean_file() as (path, out):
        rows = sort_rows(records, header, out.write)
        out.close()
        _load(connection, path, header, columns=columns, skip=0, delimiter=",")
    if rows.refused:
        run(
            connection,
            "sql/refuse_rows.sql",
            numbers=[number for number, _, _ in rows.refused],
            reasons=[reason for _, reason, _ in rows.refused],
            texts=[text for _, _, text in rows.refused],
        )
    return rows


def keep_texts(connection: duckdb.DuckDBPyConnection, records: Iterable[Record]) -> None:
    """Give each refused row its text, from the file."""
    wanted = {number for (number,) in run(connection, "sql/textless_rejects.sql")}
    if not wanted:
        return
    found = {record.number: record.text for record in records if record.number in wanted}
    run(connection, "sql/keep_texts.sql", numbers=list(found), texts=list(found.values()))


def _load(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    header: Header,
    *,
    columns: dict[str, str],
    skip: int,
    delimiter: str,
) -> None:
    run(
        connection,
        "sql/load_text.sql",
        path=str(path),
        columns=columns,
        all_columns=dict.fromkeys(TABLES[header.format.table].columns, ""),
        skip=skip,
        delimiter=delimiter,
    )


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
    with TemporaryDirectory(prefix="agingreport-") as folder:
        path = Path(folder) / "rows.csv"
        out = _Out(path)
        try:
            yield path, out
        finally:
            out.close()
