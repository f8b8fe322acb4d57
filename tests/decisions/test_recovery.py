"""How much of a debt comes back: the firm's own history where it is long enough, else the dated survey."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from drawn_books import draw, route

from agingreport.books import Books

MINIMUM = "[chasing]\nhistory_minimum_count = {}\n"


def rate_at(books: Books, days: int, currency: str = "USD") -> dict[str, Any]:
    wanted = (currency, days)
    [found] = [row for row in books.show("recovery_rates").dicts() if (row["currency"], row["days_from"]) == wanted]
    return found


# Five debts of 100 that fell due on 2024-06-01: paid on the day, 10 days late, 100 days late, half of it, never.
HISTORY = """
documents
document_id | kind | due_date | document_date | amount
A | invoice | 2024-06-01 | 2024-05-01 | 100
B | invoice | 2024-06-01 | 2024-05-01 | 100
C | invoice | 2024-06-01 | 2024-05-01 | 100
D | invoice | 2024-06-01 | 2024-05-01 | 100
E | invoice | 2024-06-01 | 2024-05-01 | 100
PA | payment | | 2024-06-01 | 100
PB | payment | | 2024-06-11 | 100
PC | payment | | 2024-09-09 | 100
PD | payment | | 2024-07-15 | 50

allocations
debit_id | credit_id | amount
A | PA | 100
B | PB | 100
C | PC | 100
D | PD | 50
"""


def test_the_survey_counts_while_the_firms_own_history_is_short() -> None:
    found = rate_at(draw(HISTORY, as_of="2026-06-30", policy=MINIMUM.format(5)), 0)
    assert (found["debt_count"], found["recovery_rate"]) == (4, Decimal("0.949"))
    assert found["rate_source"].startswith("prior: Commercial Collection Agency Association, survey of 2004-10-18")


def test_own_history_is_what_was_paid_of_what_reached_that_age() -> None:
    books = draw(HISTORY, as_of="2026-06-30", policy=MINIMUM.format(1))
    due_day, month, quarter = (rate_at(books, days) for days in (0, 30, 90))
    assert (due_day["reached_amount"], due_day["recovered_amount"]) == (Decimal("400"), Decimal("250"))
    assert due_day["recovery_rate"] == Decimal("0.625")
    assert due_day["rate_source"] == "own history: 4 debts that were 0 days late"
    assert (month["reached_amount"], month["recovered_amount"]) == (Decimal("300"), Decimal("150"))
    assert (quarter["reached_amount"], quarter["recovered_amount"]) == (Decimal("250"), Decimal("100"))
    assert quarter["median_days"] == 10


@pytest.mark.parametrize(("as_of", "count"), [("2025-05-31", 0), ("2025-06-01", 4), ("2025-06-02", 4)])
def test_a_debt_counts_once_its_window_is_over_paid_or_not(as_of: str, count: int) -> None:
    assert rate_at(draw(HISTORY, as_of=as_of, policy=MINIMUM.format(1)), 0)["debt_count"] == count


def test_a_credit_note_and_a_write_off_recover_nothing() -> None:
    for kind in ("credit_note", "write_off"):
        books = draw(HISTORY.replace("PC | payment", f"PC | {kind}"), as_of="2026-06-30", policy=MINIMUM.format(1))
        assert rate_at(books, 0)["recovered_amount"] == Decimal("150")


def test_the_history_of_one_currency_says_nothing_about_another() -> None:
    euros = "\n\ndocuments\ndocument_id | due_date | amount | currency\nZ | 2026-06-01 | 100 | EUR\n"
    books = draw(HISTORY + euros, as_of="2026-06-30", policy=MINIMUM.format(1))
    assert route(books, "call", "Z")["rate_source"].startswith("prior: ")
    assert rate_at(books, 0, "EUR")["debt_count"] == 0


def test_a_route_says_which_history_it_rests_on() -> None:
    young = "\n\ndocuments\ndocument_id | due_date | amount\nZ | 2026-05-30 | 100\n"
    found = route(draw(HISTORY + young, as_of="2026-06-30", policy=MINIMUM.format(1)), "remind", "Z")
    assert (found["rate_source"], found["recovery_rate"]) == ("own history: 3 debts that were 30 days late", 0.5)
    assert (found["expected_recovery_amount"], found["expected_days"]) == (Decimal("50"), 42)


@pytest.mark.parametrize(
    ("days", "rate"),
    [(29, 0.949), (30, 0.899), (59, 0.899), (60, 0.813), (90, 0.696), (729, 0.228), (730, 0.093), (4000, 0.093)],
)
def test_between_two_ages_of_the_survey_the_earlier_counts(days: int, rate: float) -> None:
    due = date(2026, 6, 30) - timedelta(days=days)
    books = draw(f"documents\ndocument_id | due_date | amount\nA | {due} | 1000.00\n", as_of="2026-06-30")
    assert route(books, "wait")["recovery_rate"] == rate


def test_an_old_debt_is_worth_no_more_to_an_agency_than_to_anyone() -> None:
    books = draw("documents\ndocument_id | due_date | amount\nA | 2024-06-01 | 1000.00\n", as_of="2026-06-30")
    assert route(books, "agency")["recovery_rate"] == 0.093


def test_a_stale_survey_is_no_figure_at_all() -> None:
    books = draw("documents\ndocument_id | due_date | amount\nA | 2028-12-20 | 1000.00\n", as_of="2029-01-01")
    found = route(books, "call")
    assert (found["recovery_rate"], found["expected_net_amount"], found["rate_source"]) == (None, None, None)
