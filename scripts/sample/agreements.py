"""What is on file: terms signed by most clients, and the papers of the debts that may go further."""

from collections.abc import Iterator

from sample.books import Books
from sample.calendar_days import days_after
from sample.cast import Client
from sample.chance import Chance
from sample.diary import debt
from sample.tables import read_table

# yes, no, or nothing where it is not known
SIGNED, NOT_SIGNED = 0.72, 0.84  # the rest is not known


def agreements(books: Books, clients: list[Client]) -> list[dict[str, str]]:
    """Return what is on file and what is known to be missing, by client."""
    return sorted([*_terms(clients), *_papers(books)], key=lambda row: (row["client"], row["document_id"], row["kind"]))


def _terms(clients: list[Client]) -> Iterator[dict[str, str]]:
    for client in {client.name: client for client in clients}.values():
        chance = Chance("terms", client.name)
        share, day = chance.share(), days_after(client.since, chance.whole(0, 9))
        if share < NOT_SIGNED:
            on_file, since = ("yes", day.isoformat()) if share < SIGNED else ("no", "")
            yield _row(client.name, "", "signed_terms", on_file, since)


def _papers(books: Books) -> Iterator[dict[str, str]]:
    for row in read_table("papers"):
        document = debt(books, row["client"], row["billed"])
        for kind in ("contract", "invoice", "delivery_receipt"):
            if row[kind]:
                day = row["billed"] if row[kind] == "yes" else ""
                yield _row(row["client"], document.document_id, kind, row[kind], day)


def _row(client: str, document_id: str, kind: str, on_file: str, day: str) -> dict[str, str]:
    return {"client": client, "document_id": document_id, "kind": kind, "on_file": on_file, "date": day}
