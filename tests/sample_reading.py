"""The files of the sample business, read with nothing but the standard library."""

import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "data" / "sample"
FIRM = "Tern and Tallow Studio"
AS_OF = date(2026, 10, 31)
LISTS = ("2023", "2024", "2025", "2026", "2026 Aug-Oct")  # in the order in which they were exported
UK_EXPORTS = ("20260731", "20260831", "20260930", "20261031")
HEADER_ROW = 5
POSTED = ("Awaiting Payment", "Paid")
NOTHING = Decimal(0)

Row = dict[str, str]


@cache
def plain(name: str) -> list[Row]:
    with (SAMPLE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def report(title: str) -> list[list[str]]:
    with (SAMPLE / f"{FIRM}_{title}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def transactions(title: str) -> Iterator[Row]:
    """The rows of a QuickBooks report that are transactions, each with the group it stands in."""
    header = [name.casefold() for name in report(title)[HEADER_ROW - 1]]
    group = ""
    for cells in report(title)[HEADER_ROW:]:
        row = dict(zip(header, cells, strict=True))
        if row["date"] and row["transaction type"]:
            yield {**row, "group": group}
        else:
            group = cells[0]


def money(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace("$", ""))


def american(text: str) -> date:
    month, day, year = text.split("/")
    return date(int(year), int(month), int(day))


def british(text: str) -> date:
    day, month, year = text.split("/")
    return date(int(year), int(month), int(day))


@cache
def office_invoices() -> dict[str, Row]:
    """Every invoice of the QuickBooks book by its number, as the latest export has it."""
    return {row["num"]: row for name in LISTS for row in transactions(f"Invoice List by Date {name}")}


def aging() -> list[Row]:
    return list(transactions("A_R Aging Detail"))


def received() -> list[Row]:
    return list(transactions("Invoices and Received Payments"))


def uk_documents(export: str) -> list[Row]:
    """One row a document of a Xero export; the lines of an invoice repeat its totals."""
    rows = plain(f"SalesInvoices-{export}.csv")
    return list({(r["ContactName"], r["InvoiceNumber"], r["InvoiceDate"]): r for r in rows}.values())


@cache
def moves() -> list[tuple[date, str, str, Decimal]]:
    """Every movement of a client's account in dollars, from the exports and the plain files: day, client, what, sum."""
    found = [
        (american(row["date"]), row["name"], f"invoice {number}", money(row["amount"]))
        for number, row in office_invoices().items()
    ]
    found += [
        (american(row["date"]), row["group"], "payment", -money(row["amount"]))
        for row in received()
        if row["transaction type"] == "Payment"
    ]
    found += [
        (american(row["date"]), row["customer full name"], row["num"], money(row["amount"]))
        for row in aging()
        if row["transaction type"] == "Credit Memo"
    ]
    debits = {"invoice", "refund", "journal_debit"}
    return found + [
        (
            date.fromisoformat(row["document_date"]),
            row["client"],
            row["document_id"],
            Decimal(row["amount"]) if row["kind"] in debits else -Decimal(row["amount"]),
        )
        for row in plain("documents.csv")
    ]


def dollar_balances(as_of: date) -> dict[str, str]:
    balances: dict[str, Decimal] = defaultdict(lambda: NOTHING)
    for day, client, _, amount in moves():
        if day <= as_of:
            balances[client] += amount
    return {client: f"{amount:.2f}" for client, amount in sorted(balances.items()) if amount}


def pound_balances(export: str) -> dict[str, str]:
    balances: dict[str, Decimal] = defaultdict(lambda: NOTHING)
    for row in uk_documents(export):
        if row["Status"] in POSTED:
            due = Decimal(row["InvoiceAmountDue"])
            balances[row["ContactName"]] += due if row["Type"] == "Sales invoice" else -due
    return {client: f"{amount:.2f}" for client, amount in sorted(balances.items()) if amount}


def truth() -> dict[str, Any]:
    told: dict[str, Any] = json.loads((SAMPLE / "expected.json").read_text(encoding="utf-8"))["as_of"]
    return told
