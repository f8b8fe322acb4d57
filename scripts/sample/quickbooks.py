"""The exports of QuickBooks Online: title block, header in row 5, groups, totals and a footer that tells the hour."""

import csv
import io
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sample.books import NOTHING, Books, Document, total
from sample.calendar_days import FIRST_DAY, LAST_DAY, american

COMPANY = "Tern and Tallow Studio"
TYPES = {"invoice": "Invoice", "payment": "Payment", "credit_note": "Credit Memo"}
BUCKETS = ("CURRENT", *(f"{words} days past due" for words in ("1 - 30", "31 - 60", "61 - 90", "91 or more")))
MODERN = ("Date", "Transaction type", "Num", "Name", "Memo", "Due date", "Amount", "Open balance")
CLASSIC = ("", "Date", "Transaction Type", "Num", "Name", "Memo/Description", "Due Date", "Amount", "Open Balance")
AGING = ("", "Date", "Transaction type", "Num", "Customer full name", "Due date", "Amount", "Open balance")
RECEIVED = (
    "", "Date", "Transaction type", "Memo/Description", "Transaction number", "Amount", "A/R paid", "Open Balance",
)  # fmt: skip

Row = tuple[str | Decimal, ...]


@dataclass(frozen=True)
class Report:
    """A report as it is on the screen: money still as numbers, everything else as text."""

    title: str
    period: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    exported_at: datetime
    blank_rows: int


@dataclass(frozen=True)
class Listing:
    """One export of the invoice list: the period in QuickBooks' words and in days, the hour, the view's header."""

    period: str
    first: date
    last: date
    exported_at: datetime
    header: tuple[str, ...] = MODERN


def invoice_list(books: Books, listing: Listing) -> Report:
    """Return the list of the invoices of a period, with what was open of each when it was exported."""
    header = listing.header
    left = books.left_of(listing.exported_at.date())
    invoices = [d for d in books.of("quickbooks", "invoice") if listing.first <= d.document_date <= listing.last]
    margin = ("",) if header[0] == "" else ()
    rows: list[Row] = [
        (
            *margin,
            american(d.document_date),
            "Invoice",
            d.number,
            d.client,
            d.memo,
            _due(d),
            d.amount,
            left.get(d.document_id, NOTHING),
        )
        for d in invoices
    ]
    sums = (total(d.amount for d in invoices), total(left.get(d.document_id, NOTHING) for d in invoices))
    rows.append(_total_row("TOTAL", len(header), *sums))
    return Report("Invoice List by Date", listing.period, header, tuple(rows), listing.exported_at, 3)


def aging_detail(books: Books, *, as_of: date, exported_at: datetime) -> Report:
    """Return what is open at the close of as_of, in the buckets of QuickBooks, oldest first; credits are negative."""
    left = books.left_of(as_of)
    kinds = ("invoice", "payment", "credit_note")
    still_open = [d for d in books.of("quickbooks", *kinds) if d.document_id in left]
    rows: list[Row] = []
    for number in reversed(range(len(BUCKETS))):
        members = [d for d in still_open if _bucket(d, as_of) == number]
        if members:
            rows.append((BUCKETS[number], *("",) * 7))
            rows.extend(_aging_row(d, left[d.document_id]) for d in members)
            rows.append(_total_row(f"Total for {BUCKETS[number]}", 8, _signed_total(members, left)))
    rows.append(_total_row("TOTAL", 8, _signed_total(still_open, left)))
    return Report("A/R Aging Detail", f"As of {as_of:%b} {as_of.day}, {as_of.year}", AGING, tuple(rows), exported_at, 1)


def received_payments(books: Books, *, exported_at: datetime) -> Report:
    """Return every invoice and payment by client, each payment above the invoices it paid, none naming the other."""
    left = books.left_of(exported_at.date())
    by_client: dict[str, list[Document]] = defaultdict(list)
    for document in books.of("quickbooks", "invoice", "payment"):
        by_client[document.client].append(document)
    rows: list[Row] = []
    for client in sorted(by_client, key=str.casefold):
        rows.append((client, *("",) * 7))
        rows.extend(_received_row(d, left.get(d.document_id, NOTHING)) for d in _in_blocks(by_client[client], books))
    period = f"{FIRST_DAY:%B}, {FIRST_DAY.year}-{LAST_DAY:%B}, {LAST_DAY.year}"
    return Report("Invoices and Received Payments", period, RECEIVED, tuple(rows), exported_at, 1)


def as_csv(report: Report) -> str:
    """Return the report as a CSV text, with the byte order mark that QuickBooks puts first."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    width = len(report.header)
    for words in (COMPANY, report.title, report.period):
        writer.writerow(_padded(words, width))
    text.write("\n")
    writer.writerow(report.header)
    writer.writerows([_as_text(cell, is_total=_is_total(row)) for cell in row] for row in report.rows)
    writer.writerows(_padded("", width) for _ in range(report.blank_rows))
    writer.writerow(_padded(_footer(report.exported_at), width))
    return "\ufeff" + text.getvalue()


def as_grid(report: Report) -> list[Row]:
    """Return all cells of the report, the empty rows too, as a workbook holds them: money as numbers."""
    titles: list[Row] = [(COMPANY,), (report.title,), (report.period,), ()]
    blanks: list[Row] = [()] * report.blank_rows
    return [*titles, report.header, *report.rows, *blanks, (_footer(report.exported_at),)]


def _in_blocks(documents: list[Document], books: Books) -> list[Document]:
    """Order one client's documents so that each payment stands above the invoices it was the first to pay."""
    payments: dict[str, list[str]] = defaultdict(list)
    for allocation in books.allocations:
        if books.by_id[allocation.credit_id].kind == "payment":
            payments[allocation.debit_id].append(allocation.credit_id)
    placed: dict[str, Document] = {}
    for document in documents:
        above = payments[document.document_id] if document.kind == "invoice" else []
        for credit_id in reversed(above):
            placed.setdefault(credit_id, books.by_id[credit_id])
        if document.is_debit or not any(a.credit_id == document.document_id for a in books.allocations):
            placed.setdefault(document.document_id, document)
    return list(placed.values())


def _received_row(document: Document, left: Decimal) -> Row:
    memo = document.memo if document.is_debit else ""
    words = (american(document.document_date), TYPES[document.kind], memo, document.number)
    return ("", *words, document.amount, "", left)


def _aging_row(document: Document, left: Decimal) -> Row:
    words = (american(document.document_date), TYPES[document.kind], document.number, document.client, _due(document))
    return ("", *words, _signed(document, document.amount), _signed(document, left))


def _due(document: Document) -> str:
    """Return the due date as exported: of a credit its own date, of an invoice without one nothing."""
    if not document.is_debit:
        return american(document.document_date)
    return american(document.due_date) if document.due_date else ""


def _bucket(document: Document, as_of: date) -> int:
    days = (as_of - (document.due_date or document.document_date)).days
    return 0 if days <= 0 else min((days + 29) // 30, len(BUCKETS) - 1)


def _signed_total(documents: list[Document], left: dict[str, Decimal]) -> Decimal:
    return total(_signed(d, left[d.document_id]) for d in documents)


def _signed(document: Document, amount: Decimal) -> Decimal:
    return amount if document.is_debit else NOTHING - amount


def _total_row(label: str, width: int, *sums: Decimal) -> Row:
    return (label, *("",) * (width - 1 - len(sums)), *sums)


def _is_total(row: Row) -> bool:
    return row[0] == "TOTAL" or str(row[0]).startswith("Total for ")


def _as_text(cell: str | Decimal, *, is_total: bool) -> str:
    if isinstance(cell, str):
        return cell
    if not is_total:
        return f"{cell:,.2f}"
    return f"-${-cell:,.2f}" if cell < 0 else f"${cell:,.2f}"


def _padded(words: str, width: int) -> list[str]:
    return [words, *[""] * (width - 1)]


def _footer(at: datetime) -> str:
    offset = at.strftime("%z")
    return f" {at:%A}, {at:%B} {at.day}, {at.year} {at:%I:%M %p} GMT{offset[:3]}:{offset[3:]}"
