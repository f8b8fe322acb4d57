"""The plain files: the workshop's own book, what the office's exports cannot carry, and what is known of clients."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from sample.books import Books, Document
from sample.calendar_days import LAST_DAY, MONTHS, month_end
from sample.cast import Client
from sample.chance import Chance
from sample.diary import debt
from sample.people import contact_row
from sample.tables import read_table

DOCUMENTS = (
    "document_id", "kind", "client", "number", "document_date", "due_date", "amount", "currency", "status", "terms",
    "disputed",
)  # fmt: skip
CLIENTS = ("client", "name", "parent_client", "email", "phone", "language", "country", "region", "consumer")
CONTACTS = (
    "client", "document_id", "date", "kind", "channel", "outcome", "promised_date", "promised_amount", "note",
)  # fmt: skip
AGREEMENTS = ("client", "document_id", "kind", "on_file", "date")
FIRST_POUND = Decimal("1.2740")  # dollars for one pound at the end of October 2023


def plain_csv(columns: Sequence[str], rows: Iterable[dict[str, str]]) -> str:
    """Return the text of a plain file."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def in_documents(document: Document) -> bool:
    """Whether documents.csv holds it: all of the workshop's book, and the office's credits that settled an invoice."""
    is_office_credit = document.book == "quickbooks" and document.kind in ("credit_note", "write_off")
    return document.book == "workshop" or is_office_credit


def documents_csv(books: Books) -> str:
    """Return documents.csv; a credit memo still open is left out, for the aging report has it."""
    still_open = books.left_of(LAST_DAY)
    chosen = [
        d for d in books.documents if in_documents(d) and not (d.book == "quickbooks" and d.document_id in still_open)
    ]
    chosen.sort(key=lambda d: (d.document_date, d.document_id))
    return plain_csv(DOCUMENTS, map(_document_row, chosen))


def _document_row(document: Document) -> dict[str, str]:
    return {
        "document_id": document.document_id,
        "kind": document.kind,
        "client": document.client,
        "number": document.number,
        "document_date": document.document_date.isoformat(),
        "due_date": document.due_date.isoformat() if document.due_date else "",
        "amount": str(document.amount),
        "currency": document.currency,
        "status": document.status,
        "terms": f"Net {document.terms_days}" if document.kind == "invoice" else "",
        "disputed": "yes" if document.is_disputed else "",
    }


def allocations_csv(books: Books) -> str:
    """Return allocations.csv: what each credit of documents.csv settled."""
    rows = [
        {
            "debit_id": a.debit_id,
            "credit_id": a.credit_id,
            "amount": str(a.amount),
            "allocated_on": a.allocated_on.isoformat(),
        }
        for a in books.allocations
        if in_documents(books.by_id[a.credit_id])
    ]
    rows.sort(key=lambda row: (row["allocated_on"], row["credit_id"], row["debit_id"]))
    return plain_csv(("debit_id", "credit_id", "amount", "allocated_on"), rows)


def instalments_csv(books: Books) -> str:
    """Return instalments.csv: the one job that is paid 30/30/40."""
    rows = [
        {
            "document_id": debt(books, row["client"], row["billed"]).document_id,
            "due_date": row["due"],
            "amount": row["amount"],
        }
        for row in read_table("instalments")
    ]
    return plain_csv(("document_id", "due_date", "amount"), rows)


def clients_csv(clients: list[Client]) -> str:
    """Return clients.csv, each client once whatever the number of programs that bill it."""
    each = sorted({client.name: client for client in reversed(clients)}.values(), key=lambda client: client.name)
    return plain_csv(CLIENTS, (contact_row(client, number) for number, client in enumerate(each, start=20)))


def control_balances_csv(books: Books, *, pounds_since: date) -> str:
    """Return control_balances.csv: what the control account said at each month end the accountant closed."""
    rows = [
        {"date": day.isoformat(), "currency": currency, "balance": f"{books.balance(day, currency):.2f}"}
        for day in map(month_end, range(MONTHS))
        for currency in ("GBP", "USD")
        if currency == "USD" or day >= pounds_since
    ]
    return plain_csv(("date", "currency", "balance"), rows)


def fx_rates_csv() -> str:
    """Return fx_rates.csv: invented month-end rates, dollars for one pound."""
    chance, rate, rows = Chance("pound"), FIRST_POUND, []
    for number in range(-1, MONTHS):
        rows.append({"date": month_end(number).isoformat(), "currency": "GBP", "rate": f"{rate:.4f}"})
        rate += Decimal(chance.whole(-150, 165)) / 10000
    return plain_csv(("date", "currency", "rate"), rows)
