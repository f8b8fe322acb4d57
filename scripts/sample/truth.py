"""The truth behind the files, for tests: what is open, unapplied and owed on a few days, to the cent."""

import json
from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

from sample.books import NOTHING, Books, Document, total
from sample.diary import debt
from sample.tables import read_table

Parts = list[tuple[date, Decimal]]
DAYS = (date(2024, 12, 31), date(2025, 12, 31), date(2026, 9, 30), date(2026, 10, 31))


def expected_json(books: Books) -> str:
    """Return expected.json, amounts as strings."""
    told = {
        "about": "Simulated truth. balance and balance_by_client are hard; open and unapplied depend on who derives.",
        "invoices": {book: len(books.of(book, "invoice")) for book in ("quickbooks", "workshop", "xero")},
        "clients": len({document.client for document in books.documents}),
        "as_of": {day.isoformat(): _on(books, day) for day in DAYS},
    }
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def _on(books: Books, day: date) -> dict[str, Any]:
    left = books.left_of(day)
    by_side: dict[tuple[str, bool], Decimal] = defaultdict(lambda: NOTHING)
    for document_id, amount in left.items():
        document = books.by_id[document_id]
        by_side[document.currency, document.is_debit] += amount
    currencies = sorted({currency for currency, _ in by_side})
    by_client = sorted(books.balances(day).items())
    return {
        "balance": {currency: f"{books.balance(day, currency):.2f}" for currency in currencies},
        "open": {currency: f"{by_side[currency, True]:.2f}" for currency in currencies},
        "unapplied": {currency: f"{by_side[currency, False]:.2f}" for currency in currencies},
        "overdue": {currency: f"{_overdue(books, left, day, currency):.2f}" for currency in currencies},
        "balance_by_client": {
            currency: {client: f"{amount:.2f}" for (client, key), amount in by_client if key == currency}
            for currency in currencies
        },
    }


def _overdue(books: Books, left: dict[str, Decimal], day: date, currency: str) -> Decimal:
    """Return what is past its due date at the close of the day, instalment by instalment."""
    debits = [(books.by_id[document_id], amount) for document_id, amount in left.items()]
    parts = _parts(books)
    return total(
        _past_due(debit, amount, parts.get(debit.document_id), day)
        for debit, amount in debits
        if debit.is_debit and debit.currency == currency
    )


def _past_due(debit: Document, left: Decimal, parts: Parts | None, day: date) -> Decimal:
    """Return how much of what is left is past due; what was paid has gone to the earliest parts."""
    parts = parts or [(debit.due_date or debit.document_date, debit.amount)]
    due_by_now = total(amount for due, amount in parts if due < day)
    return max(NOTHING, due_by_now - (debit.amount - left))


def _parts(books: Books) -> dict[str, Parts]:
    parts: dict[str, Parts] = defaultdict(list)
    for row in read_table("instalments"):
        document_id = debt(books, row["client"], row["billed"]).document_id
        parts[document_id].append((date.fromisoformat(row["due"]), Decimal(row["amount"])))
    return parts
