"""The clients: sixty invented ones, each with its place, its terms, how much it buys and how it pays."""

from dataclasses import dataclass
from datetime import date

from sample.calendar_days import FIRST_DAY, LAST_DAY
from sample.tables import read_table

CONSUMERS = frozenset({"Amara Okafor", "Dolores Pruitt", "Hamid Rezaei"})


@dataclass(frozen=True)
class Client:
    """A client in one program: who it is and how it trades.

    pace: invoices a month in the middle of the 36 months. size: a typical amount, in dollars or pounds. payer: a habit
    of trade.py. until: the day on which its ordinary trade stops; its story may go on.
    """

    name: str
    book: str
    place: str
    terms_days: int
    pace: float
    size: int
    payer: str
    since: date
    until: date
    language: str

    @property
    def currency(self) -> str:
        """Pounds in the UK book, dollars elsewhere."""
        return "GBP" if self.book == "xero" else "USD"


def _clients(book: str) -> list[Client]:
    return [
        Client(
            name=row["name"],
            book=book,
            place=row["place"],
            terms_days=int(row["terms"]),
            pace=float(row["pace"]),
            size=int(row["size"]),
            payer=row["payer"],
            since=date.fromisoformat(row["since"]) if row["since"] else FIRST_DAY,
            until=date.fromisoformat(row["until"]) if row["until"] else LAST_DAY,
            language=row["language"],
        )
        for row in read_table(f"clients_{book}")
    ]


def all_clients() -> list[Client]:
    """Return every client, once for each program that bills it."""
    return [*_clients("quickbooks"), *_clients("workshop"), *_clients("xero")]
