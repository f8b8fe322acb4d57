"""Document ids: those of the firm's own book, and those that the readers make for the documents of an export."""

from sample.books import Document


def debit_id(book: str, kind: str, number: str, client: str) -> str:
    """Return the id of a debit in the books."""
    if book == "workshop":
        return number
    return f"{book}:{kind}:{client}:{number}"


def credit_id(credit: Document, number: str, sequence: int) -> str:
    """Return the id of a credit in the books; no export gives one for a payment, so those are never written."""
    return number or f"{credit.book}:{credit.kind}:{sequence}"
