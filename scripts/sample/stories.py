"""The stories: the debts that make the report worth reading, told one bill a line."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from sample.bills import Bill, Loose, Step
from sample.cast import Client
from sample.lines import one_line
from sample.tables import read_table

# Which program each table of bills belongs to. `reopened` holds bounced cheques, with the due date of what they had
# paid, and what came in after a write-off.
BILLS = {
    "bills_quickbooks": "quickbooks",
    "bills_workshop": "workshop",
    "reopened": "workshop",
    "bills_xero": "xero",
    "not_posted": "xero",
}

Cast = dict[tuple[str, str], Client]


def story_bills(cast: Cast) -> list[Bill]:
    """Return every bill of the stories; cast holds the clients by program and name."""
    return [_bill(row, _client(cast, book, row["client"])) for name, book in BILLS.items() for row in read_table(name)]


def loose_credits(cast: Cast) -> list[Loose]:
    """Return the credits that settle nothing by the end."""
    return [
        Loose(
            client=_client(cast, row["book"], row["client"]),
            kind=row["kind"],
            on=date.fromisoformat(row["on"]),
            amount=Decimal(row["amount"]),
            memo=row["memo"],
        )
        for row in read_table("loose_credits")
    ]


def _client(cast: Cast, book: str, name: str) -> Client:
    """Return the client as that program knows it; the workshop books recoveries for clients of the office too."""
    return cast.get((book, name)) or replace(cast["quickbooks", name], book=book)


def _bill(row: dict[str, str], client: Client) -> Bill:
    on = date.fromisoformat(row["billed"])
    amount = Decimal(row["amount"])
    return Bill(
        client=client,
        on=on,
        due=_due(row.get("due", ""), on, client),
        amount=amount,
        memo=row["work"],
        steps=tuple(_step(words) for words in row.get("then", "").split(",") if words),
        kind=row.get("kind", "invoice"),
        status=row.get("status", "posted"),
        is_disputed=row.get("disputed") == "yes",
        lines=one_line(row["work"], amount) if client.book == "xero" else (),
    )


def _due(words: str, on: date, client: Client) -> date | None:
    """Return the due date: by the terms where the table is empty, none where it says so."""
    if words == "none":
        return None
    return date.fromisoformat(words) if words else on + timedelta(days=client.terms_days)


def _step(words: str) -> Step:
    """Read `KIND AMOUNT DATE`; the amount `rest` is all that is left on that day."""
    kind, amount, on = words.split()
    return Step(kind, date.fromisoformat(on), None if amount == "rest" else Decimal(amount))
