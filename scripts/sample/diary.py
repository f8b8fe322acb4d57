"""The diary of asking: what was said to whom and when, drawn for ordinary lateness and told for the stories."""

from collections.abc import Iterator
from datetime import date, timedelta

from sample.books import Books, Document
from sample.calendar_days import LAST_DAY, days_after
from sample.chance import Chance
from sample.tables import read_table

# about: the day the debt was billed; empty for the whole client. promised: day, then amount.
SINCE = date(2025, 6, 1)  # the diary of ordinary lateness was begun then
# days past due, kind, channel, what may come of it, how often it is done at all
STEPS = (
    (7, "reminder", "email", ("sent",), 0.90),
    (16, "call", "phone", ("reached", "voicemail", "no answer"), 0.75),
    (31, "statement", "email", ("sent",), 0.85),
    (61, "statement", "email", ("sent",), 0.85),
    (92, "statement", "letter", ("sent",), 0.60),
)
ENDS = frozenset({"agency", "court", "dispute", "write_off_decision"})

Contact = dict[str, str]


def contacts(books: Books) -> list[Contact]:
    """Return the whole diary, in order of date."""
    told = [_told(row, books) for row in read_table("contacts")]
    ends = {row["client"]: row["date"] for row in reversed(told) if row["kind"] in ENDS}
    drawn = [row for row in _drawn(books) if row["date"] < ends.get(row["client"], "9999") or row["date"] < "2025"]
    once = {(row["client"], row["date"], row["kind"]): row for row in drawn}
    return sorted([*told, *once.values()], key=lambda row: (row["date"], row["client"], row["kind"], row["note"]))


def _told(row: dict[str, str], books: Books) -> Contact:
    day, _, amount = row["promised"].partition(" ")
    return {
        "client": row["client"],
        "document_id": debt(books, row["client"], row["about"]).document_id if row["about"] else "",
        "date": row["date"],
        "kind": row["kind"],
        "channel": row["channel"],
        "outcome": row["outcome"],
        "promised_date": day,
        "promised_amount": amount,
        "note": row["note"],
    }


def debt(books: Books, client: str, billed_on: str) -> Document:
    """Return the invoice that a client was sent on a day."""
    day = date.fromisoformat(billed_on)
    return next(d for d in books.documents if (d.client, d.document_date, d.kind) == (client, day, "invoice"))


def _drawn(books: Books) -> Iterator[Contact]:
    settled_on = _settled_on(books)
    for document in books.documents:
        due = document.due_date or document.document_date
        if document.kind == "invoice" and document.status == "posted" and due >= SINCE:
            yield from _reminders(document, due, settled_on.get(document.document_id, date.max))


def _reminders(document: Document, due: date, settled_on: date) -> Iterator[Contact]:
    chance = Chance("diary", document.client, document.document_date)
    for days, kind, channel, outcomes, share in STEPS:
        on = days_after(due, days)
        if chance.happens(share) and on < settled_on and on <= LAST_DAY:
            yield {
                "client": document.client,
                "document_id": "",
                "date": on.isoformat(),
                "kind": kind,
                "channel": channel,
                "outcome": chance.pick(outcomes),
                "promised_date": "",
                "promised_amount": "",
                "note": "",
            }


def _settled_on(books: Books) -> dict[str, date]:
    """Return the day on which each settled document was settled in full."""
    left = books.left_of(LAST_DAY + timedelta(days=1))
    return {a.debit_id: a.allocated_on for a in books.allocations if a.debit_id not in left}
