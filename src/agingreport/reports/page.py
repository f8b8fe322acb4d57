"""What every block of a report needs to know: the books, who the clients are, which currency comes first."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from babel.numbers import get_currency_name

from agingreport.books import Books
from agingreport.ledger import open_ledger
from agingreport.policy.reading import load_policy
from agingreport.reports import wording
from agingreport.table import Table

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Client:
    """Who is asked, and how to reach them."""

    name: str
    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True)
class Page:
    """One report of one day: blocks are made with it, from the rows of the models they name."""

    books: Books
    clients: Mapping[str, Client]
    currencies: tuple[str, ...]

    @property
    def day(self) -> date:
        """Close of the day the report is about."""
        return self.books.day

    def client(self, key: str) -> Client:
        """Give who stands behind a client key; the key is the name where no other is known."""
        return self.clients.get(key) or Client(key)

    def by_currency(self, table: Table) -> Iterator[tuple[str, list[Row]]]:
        """Give the rows of each currency that has any: the reporting currency first, none ever added to another."""
        rows: list[Row] = list(table.dicts())
        for currency in self.currencies:
            own = [row for row in rows if row["currency"] == currency]
            if own:
                yield currency, own

    def title(self, text: str, currency: str) -> str:
        """Give a title that names its currency where there is more than one."""
        return f"{text}, {currency}" if len(self.currencies) > 1 else text

    def currency_heading(self, currency: str) -> str | None:
        """Give the name of the currency in words where there is more than one, else nothing."""
        if len(self.currencies) < 2:
            return None
        return f"{get_currency_name(currency, locale=wording.LOCALE)} ({currency})"

    def bucket_words(self, bucket: str) -> str:
        """Give a bucket's label as an owner says it: not due yet, 31-60, over 90."""
        by_document = self.books.policy.conventions.aging_basis == "document_date"
        if bucket == "current":
            return "Not aged yet" if by_document else "Not due yet"
        if bucket.endswith("+"):
            return f"Over {int(bucket[:-1]) - 1}"
        return bucket.replace("-", "\N{EN DASH}") if " " not in bucket else bucket.capitalize()


def open_page(ledger: str, *, as_of: str, policy: str = "", known_on: str = "") -> Page:
    """Open the books a notebook was asked for; all parameters are text, an empty one means the default."""
    chosen = load_policy(Path(policy) if policy else None)
    books = open_ledger(Path(ledger)).as_of(
        date.fromisoformat(as_of), policy=chosen, known_on=date.fromisoformat(known_on) if known_on else None
    )
    return page_of(books)


def page_of(books: Books) -> Page:
    """Give the page of these books."""
    clients = {row["client"]: Client(row["name"], row["phone"], row["email"]) for row in books.show("clients").dicts()}
    return Page(books, clients, currencies_in_order(books))


def currencies_in_order(books: Books) -> tuple[str, ...]:
    """Give the currencies of the books: the reporting currency first, then those with most open items."""
    reporting = books.policy.conventions.reporting_currency
    open_counts = Counter(dict.fromkeys((row["currency"] for row in books.show("tie_out").dicts()), 0))
    for row in books.show("aging").dicts():
        open_counts[row["currency"]] += row["item_count"]
    return tuple(sorted(open_counts, key=lambda currency: (currency != reporting, -open_counts[currency], currency)))
