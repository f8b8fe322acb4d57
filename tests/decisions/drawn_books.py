"""Books drawn as tables of text, for the tests of the decisions.

A block is a table of the ledger: its name, its columns, its rows; they go straight into the ledger, without a reader.
What a block leaves out is filled in: client acme, an invoice in USD issued 30 days before it falls due.
"""

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from agingreport.books import Books
from agingreport.ledger import open_ledger
from agingreport.policy.reading import load_policy

IN_MEMORY = Path(":memory:")
ALWAYS: dict[str, Any] = {"source_id": 1, "source_row": 1, "loaded_by": 1}
USUALLY: dict[str, dict[str, Any]] = {
    "documents": {"kind": "invoice", "client": "acme", "currency": "USD", "status": "posted", "origin": "export"},
    "allocations": {"origin": "export"},
    "contacts": {"client": "acme"},
    "clients": {"client": "acme"},
    "agreements": {"client": "acme"},
}


def draw(drawing: str, *, as_of: str, policy: str = "") -> Books:
    """The books of that day over the ledger drawn, under the shipped policy with this text laid over it."""
    ledger = open_ledger(IN_MEMORY, writable=True)
    for block in drawing.split("\n\n"):
        lines = [line.strip() for line in block.splitlines() if line.strip()]
        if lines:
            put(ledger.connection, lines[0], rows(lines[1:]))
    return Books(ledger.connection, date.fromisoformat(as_of), policy_of(policy), known_load=1)


def policy_of(text: str) -> Any:
    if not text:
        return load_policy(None)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "policy.toml"
        path.write_text(text, "utf-8")
        return load_policy(path)


def rows(lines: list[str]) -> list[dict[str, Any]]:
    """One mapping a line under the line of column names; an empty cell is null."""
    names, *cells = [[cell.strip() for cell in line.split("|")] for line in lines]
    return [dict(zip(names, [cell or None for cell in line], strict=True)) for line in cells]


def put(connection: duckdb.DuckDBPyConnection, table: str, drawn: list[dict[str, Any]]) -> None:
    """Insert the rows, with what they leave out filled in."""
    for row in drawn:
        full = ALWAYS | USUALLY.get(table, {}) | row
        if table == "documents" and "document_date" not in full:
            full["document_date"] = date.fromisoformat(full["due_date"]) - timedelta(days=30)
        names = ", ".join(full)
        slots = ", ".join(f"${name}" for name in full)
        connection.execute(f"insert into ledger.{table} ({names}) values ({slots})", full)


def decision(books: Books, document_id: str = "A") -> dict[str, Any]:
    """The one decision about that document."""
    [found] = [row for row in books.show("decisions").dicts() if row["document_id"] == document_id]
    return found


def route(books: Books, name: str, document_id: str = "A") -> dict[str, Any]:
    """The row of that route for that document."""
    wanted = (document_id, name)
    [found] = [row for row in books.show("routes").dicts() if (row["document_id"], row["route"]) == wanted]
    return found
