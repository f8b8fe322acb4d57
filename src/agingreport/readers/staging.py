"""Which tables a reader fills, which text columns each is made from, and how those are to be understood."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from agingreport.engines import with_names

FOLDER = Path(__file__).parent
ANY = "select 1 from {name} limit 1"
MADE = "select sql from duckdb_tables() where temporary and table_name = $name"

SKIP = "skip"
DEBIT_KINDS = ("invoice", "journal_debit", "refund")
CREDIT_KINDS = ("credit_note", "payment", "journal_credit", "write_off")
DOCUMENT_KINDS = (*DEBIT_KINDS, *CREDIT_KINDS)
STATUSES = ("posted", "draft", "void")
# What a status word may say of a posted document besides.
SAYS = ("disputed", "written_off")
AGREEMENT_KINDS = ("signed_terms", "contract", "invoice", "delivery_receipt")
CONTACT_KINDS = (
    "reminder", "call", "statement", "demand_letter", "stop_work", "promise", "payment_plan", "dispute",
    "dispute_resolved", "hold", "release", "agency", "court", "write_off_decision", "recovery", "overrule", "note",
)  # fmt: skip

# What a row says besides its document: what that settles, what closed it beside the money, what was paid in all.
SETTLING = (
    "client_name", "paid_amount", "settles_number", "settled_amount", "allocated_on", "credited_amount",
    "written_off_amount", "written_off_on", "refunded_amount", "refunded_on", "match_letter",
    "payment_number", "payment_date", "payment_amount",
)  # fmt: skip
# What the other columns of a document are made from (see `shaping`).
SHAPING = (
    "debit", "credit", "side", "account", "contra_account", "journal", "entry", "row_type", "due_text",
    "reference_type", "rate_used", "other_date",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class TextTable:
    """The columns a file of this kind may fill, as text, and which of them are dates, numbers and so on."""

    staged: str
    columns: tuple[str, ...]
    dates: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    booleans: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


TABLES = {
    "documents": TextTable(
        staged="staged_documents",
        columns=(
            "document_id", "kind", "client", "number", "document_date", "due_date", "amount", "currency", "status",
            "tax_amount", "terms", "parent_client", "disputed", "open_amount", "last_paid_on", "settled_on", "memo",
            "email", "phone", "language", "country", "region", *SETTLING, "tax_on_top", "days_past_due", "age_days",
        ),
        dates=(
            "document_date", "due_date", "last_paid_on", "settled_on", "allocated_on", "written_off_on", "refunded_on",
            "payment_date",
        ),
        numbers=(
            "amount", "open_amount", "tax_amount", "paid_amount", "settled_amount", "credited_amount",
            "written_off_amount", "refunded_amount", "tax_on_top", "payment_amount",
        ),
        booleans=("disputed",),
        kinds=DOCUMENT_KINDS,
    ),
    "open_balances": TextTable(
        staged="staged_open_balances",
        columns=(
            "kind", "client", "number", "document_date", "due_date", "open_amount", "currency", "terms", "memo",
            "days_past_due",
        ),
        dates=("document_date", "due_date"),
        numbers=("open_amount",),
        kinds=DOCUMENT_KINDS,
    ),
    "allocations": TextTable(
        staged="staged_allocations",
        columns=("debit_id", "credit_id", "amount", "allocated_on"),
        dates=("allocated_on",),
        numbers=("amount",),
    ),
    "instalments": TextTable(
        staged="staged_instalments",
        columns=("document_id", "due_date", "amount"),
        dates=("due_date",),
        numbers=("amount",),
    ),
    "clients": TextTable(
        staged="staged_clients",
        columns=("client", "name", "parent_client", "email", "phone", "language", "country", "region", "consumer"),
        booleans=("consumer",),
    ),
    "contacts": TextTable(
        staged="staged_contacts",
        columns=(
            "client", "document_id", "contact_date", "kind", "channel", "outcome", "promised_date", "promised_amount",
            "note",
        ),
        dates=("contact_date", "promised_date"),
        numbers=("promised_amount",),
        kinds=CONTACT_KINDS,
    ),
    "agreements": TextTable(
        staged="staged_agreements",
        columns=("client", "document_id", "kind", "on_file", "agreed_on"),
        dates=("agreed_on",),
        booleans=("on_file",),
        kinds=AGREEMENT_KINDS,
    ),
    "same_clients": TextTable(
        staged="staged_same_clients",
        columns=("client", "other", "same"),
        booleans=("same",),
    ),
    "fx_rates": TextTable(
        staged="staged_fx_rates",
        columns=("rate_date", "currency", "quote_currency", "rate"),
        dates=("rate_date",),
        numbers=("rate",),
    ),
    "control_balances": TextTable(
        staged="staged_control_balances",
        columns=("control_date", "currency", "balance"),
        dates=("control_date",),
        numbers=("balance",),
    ),
}  # fmt: skip


def run(connection: duckdb.DuckDBPyConnection, file: str, **values: Any) -> list[tuple[Any, ...]]:
    """Run the statements of one of our SQL files, each with the values that it names; give the rows of the last."""
    rows: list[tuple[Any, ...]] = []
    for statement in connection.extract_statements(_text(file)):
        named = {name: values[name] for name in statement.named_parameters}
        rows = connection.execute(statement, named).fetchall()
        if statement.type == duckdb.StatementType.INSERT and rows == [(0,)]:
            _make_anew(connection, statement.query)
    return rows


def _make_anew(connection: duckdb.DuckDBPyConnection, insert: str) -> None:
    """Make the temporary table anew that nothing was inserted into, if it is empty.

    DuckDB 2.0.0 hides what a later statement of the same transaction inserts into it in bulk: see DECISIONS.
    """
    name = insert.split("insert into ", 1)[1].split(maxsplit=1)[0]
    if connection.execute(with_names(ANY, name=name)).fetchall():
        return
    [(made,)] = connection.execute(MADE, {"name": name}).fetchall()
    connection.execute(made.replace("CREATE TEMP TABLE", "create or replace temp table", 1))


def count(connection: duckdb.DuckDBPyConnection, file: str, **values: Any) -> int:
    """Run an SQL file that gives one number; none is nought."""
    return int(run(connection, file, **values)[0][0] or 0)


@cache
def _text(file: str) -> str:
    return (FOLDER / file).read_text(encoding="utf-8")
