"""The truth behind the files, for tests: what is open, unapplied and owed on a few days, to the cent."""

import json
from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

from sample.books import NOTHING, Books, total

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
    """Return what is past the due date of its document; instalments are not looked at."""
    debits = [(books.by_id[document_id], amount) for document_id, amount in left.items()]
    return total(
        amount
        for debit, amount in debits
        if debit.is_debit and debit.currency == currency and (debit.due_date or debit.document_date) < day
    )
