"""What to remind of before it falls due."""

import pytest
from drawn_books import draw

DEBT = "documents\ndocument_id | due_date | amount\nA | 2026-06-30 | 100.00\n"


@pytest.mark.parametrize(
    ("as_of", "days"), [("2026-06-22", []), ("2026-06-23", [7]), ("2026-06-30", [0]), ("2026-07-01", [])]
)
def test_a_reminder_goes_out_in_the_week_before_the_due_date(as_of: str, days: list[int]) -> None:
    assert [row["days_until_due"] for row in draw(DEBT, as_of=as_of).show("reminders").dicts()] == days


@pytest.mark.parametrize(("contact_date", "is_done"), [("2026-06-22", False), ("2026-06-23", True)])
def test_a_reminder_sent_in_that_week_is_not_sent_again(contact_date: str, is_done: bool) -> None:
    sent = f"\n\ncontacts\ndocument_id | contact_date | kind\nA | {contact_date} | reminder\n"
    assert (len(draw(DEBT + sent, as_of="2026-06-25").show("reminders")) == 0) == is_done


def test_a_disputed_invoice_and_a_tiny_one_are_not_reminded_of() -> None:
    drawing = "documents\ndocument_id | due_date | amount | is_disputed\n"
    drawing += "A | 2026-06-30 | 100.00 | true\nB | 2026-06-30 | 4.99 |\n"
    assert len(draw(drawing, as_of="2026-06-25").show("reminders")) == 0


@pytest.mark.parametrize(
    ("contacts", "is_listed"),
    [
        ("A | 2026-06-20 | dispute", False),
        ("A | 2026-06-20 | dispute\nA | 2026-06-22 | dispute_resolved", True),
        ("  | 2026-06-20 | hold", False),
        ("A | 2026-06-20 | hold\nA | 2026-06-22 | release", True),
        ("B | 2026-06-20 | dispute", True),
    ],
)
def test_what_is_disputed_or_on_hold_by_a_contact_is_not_reminded_of(contacts: str, is_listed: bool) -> None:
    """K25 of peers.md: blocked or disputed, no step; not before the due date either."""
    said = f"\n\ncontacts\ndocument_id | contact_date | kind\n{contacts}\n"
    listed = [row["document_id"] for row in draw(DEBT + said, as_of="2026-06-25").show("reminders").dicts()]
    assert listed == (["A"] if is_listed else [])


def test_the_clients_credit_stands_beside_what_it_will_owe() -> None:
    paid = "\n\ndocuments\ndocument_id | kind | document_date | amount\nP | payment | 2026-06-10 | 30\n"
    [row] = draw(DEBT + paid, as_of="2026-06-25").show("reminders").dicts()
    assert (row["open_amount"], row["unapplied_amount"], row["step"][:10]) == (100, 30, "a reminder")
