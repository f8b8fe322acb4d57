"""Run composed SQL: DuckDB, the engine of the ledger, and the one place where names are put into SQL."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agingreport.table import Table

if TYPE_CHECKING:
    import duckdb

PLAIN_WORD = re.compile(r"[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?")
SLOT = re.compile(r"\{(\w+)\}")
CATALOG = "book"
KEEP = "create or replace temp table {name} as "
PUT = """
create or replace temp table {name} as
select unnest(parts, recursive := true) from (select unnest(from_json_strict($rows, $shape)) as parts)
"""
SAVE = "copy (\n{sql}\n) to $path (format parquet)"
# With the caches between its operators DuckDB 2.0.0 fails where a few rows come last to a join on a range (DECISIONS).
WITHOUT_CACHES = "set debug_enable_caching_operators = false"
PARAMETER = re.compile(r"\$([a-z_]+)")


def with_names(template: str, **names: str | Sequence[str]) -> str:
    """The SQL template with each `{slot}` filled by a name, or by names with commas between.

    Names cannot be bound as values can. They come from our own catalogues, never from a file; anything but a plain
    word raises ValueError all the same.
    """

    def fill(slot: re.Match[str]) -> str:
        given = names[slot[1]]
        words = [given] if isinstance(given, str) else list(given)
        for word in words:
            if not PLAIN_WORD.fullmatch(word):
                raise ValueError(f"not a plain name: {word!r}")
        return ", ".join(words)

    return SLOT.sub(fill, template)


def attach(path: Path, *, is_read_only: bool) -> "duckdb.DuckDBPyConnection":
    """A connection to the DuckDB file, always under one name.

    By itself DuckDB names a database after its file, and would take `ledger.documents` in a file `ledger.duckdb` for
    a table of that database and not of its schema `ledger`.
    """
    import duckdb

    connection = duckdb.connect()
    try:
        quoted = str(path).replace("'", "''")
        mode = " (read_only)" if is_read_only else ""
        connection.execute(f"attach '{quoted}' as {CATALOG}{mode}")
        connection.execute(f"use {CATALOG}")
        # What several threads have written is written a second time else, to fill a few groups of rows up.
        connection.execute("set max_vacuum_tasks = 0")
        connection.execute(WITHOUT_CACHES)
    except BaseException:
        connection.close()
        raise
    return connection


class DuckDB:
    """A DuckDB connection that runs models and keeps the shared ones as temporary tables."""

    def __init__(self, connection: "duckdb.DuckDBPyConnection") -> None:
        self.connection = connection

    @classmethod
    def beside(cls, connection: "duckdb.DuckDBPyConnection") -> "DuckDB":
        """An engine on the same ledger with temporary tables of its own."""
        cursor = connection.cursor()
        cursor.execute(f"use {CATALOG}")
        # Every metric asks for its order where it matters; keeping that of the tables besides costs time and memory.
        cursor.execute("set preserve_insertion_order = false")
        cursor.execute(WITHOUT_CACHES)
        return cls(cursor)

    def query(self, sql: str, values: Mapping[str, Any]) -> Table:
        """The rows of one statement; of the values given it takes those it names."""
        cursor = self.connection.execute(sql, bound(sql, values))
        columns = tuple(column[0] for column in cursor.description or ())
        return Table(columns, tuple(cursor.fetchall()))

    def tables_named(self, sql: str) -> set[str]:
        """The tables that a statement reads, by name."""
        return self.connection.get_table_names(sql)

    def keep(self, name: str, sql: str, values: Mapping[str, Any]) -> None:
        """Make `name` a temporary table of what the statement gives."""
        statement = with_names(KEEP, name=name) + sql
        self.connection.execute(statement, bound(statement, values))

    def save(self, sql: str, path: Path, values: Mapping[str, Any]) -> None:
        """Write the rows of one statement into a Parquet file, in their own types, without holding them all.

        Raises OSError where the file cannot be written.
        """
        import duckdb

        try:
            self.connection.execute(SAVE.replace("{sql}", sql), {**bound(sql, values), "path": str(path)})
        except duckdb.IOException as error:
            raise OSError(str(error).splitlines()[0]) from error

    def put(self, name: str, columns: Sequence[tuple[str, str]], rows: Iterable[Sequence[Any]]) -> None:
        """Make `name` a temporary table of these rows; `columns` are names with DuckDB types."""
        names = [column for column, _ in columns]
        shape = json.dumps([dict(columns)])
        text = json.dumps([dict(zip(names, row, strict=True)) for row in rows], default=as_text)
        self.connection.execute(with_names(PUT, name=name), {"rows": text, "shape": shape})


def bound(sql: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the values that the statement names: DuckDB refuses the others."""
    wanted = set(PARAMETER.findall(sql))
    return {name: value for name, value in values.items() if name in wanted}


def as_text(value: object) -> str:
    """Exact text of what JSON has no type for."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"no text for {type(value).__name__}")
