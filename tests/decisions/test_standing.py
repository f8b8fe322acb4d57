"""What stands in the way of asking: credit, disputes, promises, holds, small sums; and what a person orders instead."""

from decimal import Decimal

import pytest
from drawn_books import decision, draw, route

DEBTS = """
documents
document_id | due_date | amount
A | 2026-06-01 | 500.00
B | 2026-06-05 | 300.00
"""


def paid(amount: str) -> str:
    return f"\ndocuments\ndocument_id | kind | document_date | amount\nP | payment | 2026-06-10 | {amount}\n"


def contacts(*rows: str) -> str:
    return "\n\ncontacts\n" + "\n".join(rows) + "\n"


def test_unapplied_credit_is_used_up_before_anything_is_asked_for() -> None:
    found = decision(draw(DEBTS + paid("120.00"), as_of="2026-06-11"))
    assert found["reason"].startswith("Apply the credit of 120.00, then ask for 380.00: 10 days late; ")
    assert (found["credit_to_apply_amount"], found["debt_amount"]) == (Decimal("120"), Decimal("380"))
    assert (found["route"], found["list"]) == ("remind", "chase")


def test_a_debt_that_credit_covers_is_not_asked_for() -> None:
    found = decision(draw(DEBTS + paid("500.00"), as_of="2026-06-11"))
    assert found["reason"] == "Apply the credit of 500.00; nothing is left to ask for; 10 days late"
    assert (found["route"], found["list"], found["runner_up"]) == ("wait", "none", None)
    assert route(draw(DEBTS + paid("500.00"), as_of="2026-06-11"), "remind")["barred_by"].startswith("credit covers it")


@pytest.mark.parametrize(
    ("credit", "left"),
    [("499.99", ("0.01", "300")), ("500", ("0", "300")), ("500.01", ("0", "299.99")), ("900", ("0", "0"))],
)
def test_credit_goes_to_the_oldest_debt_first(credit: str, left: tuple[str, str]) -> None:
    books = draw(DEBTS + paid(credit), as_of="2026-06-11")
    assert tuple(decision(books, name)["debt_amount"] for name in "AB") == tuple(Decimal(amount) for amount in left)


def test_credit_in_another_currency_pays_nothing() -> None:
    other = (
        "\ndocuments\ndocument_id | kind | document_date | amount | currency\nP | payment | 2026-06-10 | 900 | EUR\n"
    )
    assert decision(draw(DEBTS + other, as_of="2026-06-11"))["debt_amount"] == Decimal("500")


def test_a_debt_the_export_marks_as_disputed_is_not_asked_for_and_uses_up_no_credit() -> None:
    marked = DEBTS.replace("due_date | amount", "due_date | amount | is_disputed")
    marked = marked.replace("500.00", "500.00 | true").replace("300.00", "300.00 | false")
    books = draw(marked + paid("100.00"), as_of="2026-06-11")
    found = decision(books)
    assert (found["route"], found["debt_amount"]) == ("wait", Decimal(0))
    assert found["reason"] == "10 days late; 500.00 disputed; settle the dispute before any further step"
    assert decision(books, "B")["debt_amount"] == Decimal("200")


@pytest.mark.parametrize(("rows", "taken"), [(1, "wait"), (2, "remind")])
def test_a_dispute_on_record_bars_every_step_until_it_is_resolved(rows: int, taken: str) -> None:
    lines = ["document_id | contact_date | kind", "A | 2026-06-03 | dispute", "A | 2026-06-09 | dispute_resolved"]
    books = draw(DEBTS + contacts(*lines[: rows + 1]), as_of="2026-06-11")
    assert decision(books)["route"] == taken
    assert decision(books, "B")["route"] == "call"


@pytest.mark.parametrize(("as_of", "taken"), [("2026-06-19", "wait"), ("2026-06-20", "wait"), ("2026-06-21", "remind")])
def test_a_promise_runs_until_the_close_of_its_day(as_of: str, taken: str) -> None:
    promised = contacts("document_id | contact_date | kind | promised_date", "A | 2026-06-09 | promise | 2026-06-20")
    found = decision(draw(DEBTS + promised, as_of=as_of))
    assert found["route"] == taken
    if taken == "wait":
        assert "500.00 promised for 2026-06-20; wait for the promise" in found["reason"]
    else:
        assert "1 promise broken, for 2026-06-20" in found["reason"]


def test_a_promise_of_part_leaves_the_rest_to_be_asked_for() -> None:
    promised = contacts(
        "document_id | contact_date | kind | promised_date | promised_amount",
        "A | 2026-06-09 | promise | 2026-06-20 | 200",
    )
    found = decision(draw(DEBTS + promised, as_of="2026-06-11"))
    assert (found["route"], found["debt_amount"]) == ("remind", Decimal("300"))
    assert "200.00 promised for 2026-06-20" in found["reason"]


def test_a_promise_that_was_kept_is_not_called_broken() -> None:
    promised = contacts(
        "document_id | contact_date | kind | promised_date | promised_amount",
        "A | 2026-06-09 | promise | 2026-06-10 | 200",
    )
    assert "broken" not in decision(draw(DEBTS + promised + "\n\n" + paid("200.00"), as_of="2026-06-21"))["reason"]
    assert "broken" in decision(draw(DEBTS + promised + "\n\n" + paid("199.99"), as_of="2026-06-21"))["reason"]


@pytest.mark.parametrize(("rows", "taken"), [(1, "wait"), (2, "remind")])
def test_a_hold_bars_every_step_until_it_is_released(rows: int, taken: str) -> None:
    lines = ["contact_date | kind", "2026-06-03 | hold", "2026-06-09 | release"]
    found = decision(draw(DEBTS + contacts(*lines[: rows + 1]), as_of="2026-06-11"))
    assert found["route"] == taken
    assert ("on hold since 2026-06-03; take no step until it is released" in found["reason"]) == (taken == "wait")


@pytest.mark.parametrize(("amount", "taken"), [("4.99", "wait"), ("5.00", "remind")])
def test_less_than_the_least_amount_is_not_chased(amount: str, taken: str) -> None:
    small = f"documents\ndocument_id | due_date | amount\nA | 2026-06-01 | {amount}\n"
    found = decision(draw(small, as_of="2026-06-11"))
    assert found["route"] == taken
    if taken == "wait":
        assert found["reason"] == "10 days late; less than is worth asking for"


def test_a_tiny_debt_that_has_grown_old_is_written_off() -> None:
    small = "documents\ndocument_id | due_date | amount\nA | 2026-06-01 | 0.01\n"
    assert decision(draw(small, as_of="2026-08-29"))["route"] == "wait"
    assert decision(draw(small, as_of="2026-08-30"))["route"] == "write_off"


@pytest.mark.parametrize("ordered", ["call", "stop_work", "stop work", "lawsuit", "write_off", "wait"])
def test_a_person_overrules_the_decision_and_it_shows(ordered: str) -> None:
    order = contacts(
        "document_id | contact_date | kind | outcome | note", f"A | 2026-06-09 | overrule | {ordered} | old friend"
    )
    found = decision(draw(DEBTS + order, as_of="2026-06-11"))
    assert found["route"] == ordered.replace(" ", "_")
    assert found["overruled_by"] == "2026-06-09: old friend"
    assert found["reason"].endswith("ordered on 2026-06-09: old friend")
    assert found["runner_up"] == ("call" if ordered != "call" else "remind") or found["runner_up"] == "remind"


def test_an_order_is_carried_out_once() -> None:
    order = contacts(
        "document_id | contact_date | kind | outcome", "A | 2026-06-09 | overrule | call", "A | 2026-06-10 | call |"
    )
    assert decision(draw(DEBTS + order, as_of="2026-06-11"))["overruled_by"] is None


def test_the_latest_order_counts() -> None:
    order = contacts("contact_date | kind | outcome", "2026-06-08 | overrule | call", "2026-06-09 | overrule | wait")
    assert decision(draw(DEBTS + order, as_of="2026-06-11"))["route"] == "wait"


def test_an_order_in_a_word_that_is_no_route_changes_nothing() -> None:
    order = contacts("contact_date | kind | outcome", "2026-06-09 | overrule | shout")
    assert decision(draw(DEBTS + order, as_of="2026-06-11"))["overruled_by"] is None


def test_a_write_off_that_was_decided_stays_decided() -> None:
    order = contacts("document_id | contact_date | kind", "A | 2026-06-09 | write_off_decision")
    found = decision(draw(DEBTS + order, as_of="2026-06-11"))
    assert (found["route"], found["list"], found["overruled_by"]) == ("write_off", "write off", "2026-06-09")
