"""Xero's export of sales invoices: one row a line, totals repeated, four decimals, no date of payment."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from sample.books import NOTHING, Books, Document
from sample.calendar_days import british
from sample.people import email

ADDRESS = [f"{kind}{part}" for kind in ("PO", "SA") for part in (
    "AddressLine1", "AddressLine2", "AddressLine3", "AddressLine4", "City", "Region", "PostalCode", "Country",
)]  # fmt: skip
HEADER = (
    "ContactName", "EmailAddress", *ADDRESS, "InvoiceNumber", "Reference", "InvoiceDate", "DueDate", "PlannedDate",
    "Total", "TaxTotal", "InvoiceAmountPaid", "InvoiceAmountDue", "InventoryItemCode", "Description", "Quantity",
    "UnitAmount", "Discount", "LineAmount", "AccountCode", "TaxType", "TaxAmount", "TrackingName1", "TrackingOption1",
    "TrackingName2", "TrackingOption2", "Currency", "Type", "Sent", "Status",
)  # fmt: skip
TYPES = {"invoice": "Sales invoice", "credit_note": "Sales credit note", "payment": "Sales overpayment"}
NOT_POSTED = {"draft": "Draft", "submitted": "Awaiting Approval", "void": "Voided"}


def sales_invoices(books: Books, *, days: tuple[date, date]) -> str:
    """Return the export of the documents dated within the days, as they stood at the close of the last of them."""
    first, last = days
    left = books.left_of(last)
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADER, restval="", lineterminator="\r\n")
    writer.writeheader()
    for document in books.of("xero", *TYPES):
        if first <= document.document_date <= last:
            writer.writerows(_rows(document, left.get(document.document_id, NOTHING)))
    return text.getvalue()


def _rows(document: Document, left: Decimal) -> Iterator[dict[str, str]]:
    if document.kind == "payment":
        if left:
            yield from _overpayment(document, left)
        return
    is_invoice = document.kind == "invoice"
    for line in document.lines:
        yield {
            **_about(document, document.amount, document.amount if document.status in ("draft", "submitted") else left),
            "InvoiceNumber": document.number,
            "DueDate": british(document.due_date or document.document_date),
            "TaxTotal": _four(sum((each.tax_amount for each in document.lines), NOTHING)),
            "Description": line.description,
            "Quantity": _four(Decimal(line.quantity)),
            "UnitAmount": _four(line.unit_amount),
            "LineAmount": _four(line.net_amount),
            "AccountCode": "200",
            "TaxType": "20% (VAT on Income)",
            "TaxAmount": _four(line.tax_amount),
            "Sent": "Sent" if is_invoice and document.status == "posted" else "Unsent",
        }


def _overpayment(document: Document, left: Decimal) -> Iterator[dict[str, str]]:
    """An overpayment is only what no invoice has used, and has neither number nor due date nor line."""
    yield {**_about(document, left, left), "InvoiceAmountPaid": "", "AccountCode": "610"}


def _about(document: Document, amount: Decimal, left: Decimal) -> dict[str, str]:
    settled = NOTHING if document.status != "posted" else amount - left
    return {
        "ContactName": document.client,
        "EmailAddress": email(document.client),
        "InvoiceDate": british(document.document_date),
        "Total": _four(amount),
        "InvoiceAmountPaid": _four(settled),
        "InvoiceAmountDue": _four(left),
        "Currency": document.currency,
        "Type": TYPES[document.kind],
        "Status": NOT_POSTED.get(document.status, "Awaiting Payment" if left else "Paid"),
    }


def _four(amount: Decimal) -> str:
    return f"{amount:.4f}"
