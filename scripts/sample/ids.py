"""Document ids: those of the firm's own book, and those that the readers make for the documents of an export."""

from sample.books import Document

PREFIXES = {"quickbooks": "qbo", "xero": "xero"}


def debit_id(book: str, kind: str, number: str, client: str) -> str:
    """Return the id of a debit: what the plain files call it, and what the reader of the export will call it."""
    if book == "workshop":
        return number
    return ":".join((PREFIXES[book], kind, number.lower(), client.lower()))


def credit_id(credit: Document, number: str, sequence: int) -> str:
    """Return the id of a credit. Payments of QuickBooks and Xero have none of their own and are never referred to."""
    return number or f"{credit.book}-payment-{sequence:04}"
