"""Books drawn as the text of an export, read into staged tables and given back as tuples."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pytest

from agingreport.errors import AgingReportError
from agingreport.readers import Reading, ReadOptions, read

SHARED = Path(__file__).parents[3] / "shared"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared samples are not here")

_CONNECTION = duckdb.connect(config={"threads": 1})
_FOLDER = TemporaryDirectory(prefix="agingreport-tests-")
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Loaded:
    """A file that was read: what the reader said and what it staged."""

    connection: duckdb.DuckDBPyConnection
    reading: Reading

    def rows(self, table: str, *columns: str) -> list[Row]:
        """The staged facts of a table, in the order of the file."""
        found = self.connection.table(f"staged_{table}").order("source_row")
        return (found.select(*columns) if columns else found).fetchall()

    def rows_of(self, table: str) -> list[Row]:
        """What is staged in a table that stands for no facts, in the order of the file."""
        return self.connection.table(f"staged_{table}").order("row_number").fetchall()

    @property
    def documents(self) -> list[Row]:
        return self.rows(
            "documents", "document_id", "kind", "client", "document_date", "due_date", "amount", "currency"
        )

    @property
    def rejects(self) -> list[Row]:
        found = self.connection.execute("select * exclude (document_id) from staged_rejects order by 1").fetchall()
        return [tuple(row) for row in found]

    @property
    def counts(self) -> tuple[int, int, int]:
        """Rows read, skipped by rule, refused."""
        return self.reading.rows_read, self.reading.rows_skipped, self.reading.rows_refused


def write(folder: Path, content: str | bytes, name: str = "export.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def load(path: Path, **options: Any) -> Loaded:
    connection = duckdb.connect()
    return Loaded(connection, read(path, connection=connection, options=ReadOptions(**{"currency": "USD", **options})))


def load_text(content: str | bytes, name: str = "export.csv") -> Loaded:
    """Read a text or a workbook; one folder and one connection serve all, and each reading ends the one before."""
    path = write(Path(_FOLDER.name), content, name)
    return Loaded(_CONNECTION, read(path, connection=_CONNECTION, options=ReadOptions(currency="USD")))


def offer(documents: Iterable[tuple[str, str, str, str, date, Decimal, str, bool]]) -> None:
    """Let `load_text` know documents of a ledger: id, kind, client, number, date, amount, currency, is a credit."""
    _CONNECTION.execute("""
        create or replace temp table offered (
            document_id varchar, kind varchar, client varchar, number varchar, document_date date,
            amount decimal(18, 4), currency varchar, is_credit boolean
        )
    """)
    for document in documents:
        _CONNECTION.execute("insert into offered values (?, ?, ?, ?, ?, ?, ?, ?)", document)
    _CONNECTION.execute("create or replace temp view known_documents as from offered")


def refusal(path: Path, **options: Any) -> str:
    """The one line a file is refused with."""
    with pytest.raises(AgingReportError) as caught:
        load(path, **options)
    message = str(caught.value)
    assert "\n" not in message
    return message


def table(header: str, *rows: str, end: str = "\n") -> str:
    return end.join([header, *rows]) + end


def day(text: str) -> date:
    return date.fromisoformat(text)


def money(text: str) -> Decimal:
    return Decimal(text)


def total(amounts: Iterable[Row]) -> Decimal:
    return sum((row[0] for row in amounts), Decimal(0))
