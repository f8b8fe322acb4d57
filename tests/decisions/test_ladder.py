"""Which step is due, and when: the ladder of the shipped policy."""

import pytest
from drawn_books import decision, draw, route

LADDER = [
    ("2026-06-02", "call", "a friendly call"),
    ("2026-06-07", "call", "a friendly call"),
    ("2026-06-08", "remind", "a gentle written reminder"),
    ("2026-06-09", "remind", "a gentle written reminder"),
    ("2026-06-14", "remind", "a gentle written reminder"),
    ("2026-06-15", "remind", "a personal reminder"),
    ("2026-06-30", "remind", "a personal reminder"),
    ("2026-07-01", "statement", "a statement of everything overdue"),
    ("2026-07-15", "statement", "a statement of everything overdue"),
    ("2026-07-16", "stop_work", "word that work and deliveries stop"),
    ("2026-07-30", "stop_work", "word that work and deliveries stop"),
    ("2026-07-31", "demand_letter", "a formal letter with a deadline"),
    ("2026-08-19", "demand_letter", "a formal letter with a deadline"),
    ("2026-08-20", "demand_letter", "a final notice"),
    ("2026-08-29", "demand_letter", "a final notice"),
    ("2026-08-30", "agency", "an agency"),
]

DEBT = """
documents
document_id | due_date | amount
A | 2026-06-01 | 1000.00
"""


@pytest.mark.parametrize(("as_of", "taken", "step"), LADDER)
def test_with_nothing_on_record_the_last_step_whose_day_has_come_is_proposed(as_of: str, taken: str, step: str) -> None:
    found = decision(draw(DEBT, as_of=as_of))
    assert (found["route"], found["step"][: len(step)]) == (taken, step)


@pytest.mark.parametrize("as_of", ["2026-05-31", "2026-06-01"])
def test_nothing_is_decided_about_a_debt_that_is_not_overdue(as_of: str) -> None:
    assert len(draw(DEBT, as_of=as_of).show("decisions")) == 0


def test_every_route_of_an_overdue_debt_is_listed_in_the_order_of_the_policy() -> None:
    routes = [row["route"] for row in draw(DEBT, as_of="2026-06-11").show("routes")]
    assert routes == [
        "remind",
        "call",
        "statement",
        "stop_work",
        "demand_letter",
        "payment_plan",
        "settle",
        "agency",
        "small_claims",
        "lawsuit",
        "write_off",
        "wait",
    ]


def test_a_debt_of_ten_days_is_reminded_of_and_the_call_is_the_runner_up() -> None:
    found = decision(draw(DEBT, as_of="2026-06-11"))
    assert (found["list"], found["route"], found["runner_up"]) == ("chase", "remind", "call")
    assert found["reason"].startswith("10 days late; no step on record; send a gentle written reminder")


def test_one_day_late_is_said_in_the_singular() -> None:
    assert decision(draw(DEBT, as_of="2026-06-02"))["reason"].startswith("1 day late; ")


def test_work_stops_sooner_where_the_client_owes_a_substantial_sum() -> None:
    debt = DEBT.replace("1000.00", "5000.00")
    assert decision(draw(debt, as_of="2026-06-21"))["route"] == "remind"
    assert decision(draw(debt, as_of="2026-06-22"))["route"] == "stop_work"
    assert decision(draw(DEBT.replace("1000.00", "4999.99"), as_of="2026-06-22"))["route"] == "remind"


CALLED = """
contacts
contact_date | kind
2026-06-02 | call
"""


def test_a_missed_month_skips_no_step_that_is_kept_on_record() -> None:
    found = decision(draw(DEBT + CALLED, as_of="2026-08-25"))
    assert (found["route"], found["step"][:26]) == ("remind", "a gentle written reminder ")
    assert "1 call unanswered" in found["reason"]


def test_the_next_step_waits_for_its_day() -> None:
    found = decision(draw(DEBT + CALLED, as_of="2026-06-07"))
    assert (found["route"], found["list"]) == ("wait", "none")
    assert found["reason"] == "6 days late; 1 call unanswered; the next step comes on day 7"
    assert decision(draw(DEBT + CALLED, as_of="2026-06-08"))["route"] == "remind"


@pytest.mark.parametrize(("as_of", "taken"), [("2026-07-14", "wait"), ("2026-07-15", "wait"), ("2026-07-16", "remind")])
def test_a_step_just_taken_is_given_its_days_to_be_answered(as_of: str, taken: str) -> None:
    reminded = CALLED + "2026-07-10 | reminder\n"
    found = decision(draw(DEBT + reminded, as_of=as_of))
    assert found["route"] == taken
    assert ("still has time to be answered" in found["reason"]) == (taken == "wait")


def test_a_second_run_on_the_same_day_does_not_repeat_the_step_just_recorded() -> None:
    assert decision(draw(DEBT, as_of="2026-06-02"))["route"] == "call"
    assert decision(draw(DEBT + CALLED, as_of="2026-06-02"))["route"] == "wait"


def test_a_firmer_step_is_not_followed_by_a_softer_one() -> None:
    books = draw(DEBT + "\ncontacts\ncontact_date | kind\n2026-07-05 | demand_letter\n", as_of="2026-08-25")
    assert decision(books)["step"].startswith("a final notice")
    assert route(books, "remind")["barred_by"] == "a firmer step was taken"


def test_a_contact_before_the_due_date_is_no_step_of_chasing() -> None:
    early = "\ncontacts\ncontact_date | kind\n2026-05-25 | reminder\n"
    assert "no step on record" in decision(draw(DEBT + early, as_of="2026-06-11"))["reason"]


def test_a_contact_after_as_of_is_not_known() -> None:
    assert "no step on record" in decision(draw(DEBT + CALLED.replace("06-02", "06-12"), as_of="2026-06-11"))["reason"]


def test_a_contact_about_another_document_leaves_this_debt_alone() -> None:
    other = "\ncontacts\ndocument_id | contact_date | kind\nB | 2026-06-09 | reminder\n"
    assert "no step on record" in decision(draw(DEBT + other, as_of="2026-06-11"))["reason"]


def test_the_last_step_is_repeated_while_nothing_else_is_worth_it() -> None:
    small = DEBT.replace("1000.00", "60.00") + (
        "\ncontacts\ncontact_date | kind\n2026-08-01 | demand_letter\n2026-08-21 | demand_letter\n"
        "2026-09-01 | statement\n2026-09-08 | statement\n2026-09-15 | statement\n"
    )
    assert decision(draw(small, as_of="2026-09-21"))["route"] == "wait"
    found = decision(draw(small, as_of="2026-09-22"))
    assert (found["route"], found["step"]) == ("statement", "a statement every week")
    assert "3 statements, 2 formal letters unanswered" in found["reason"]


def test_a_statement_every_week_does_not_use_up_the_ladder() -> None:
    weekly = "\ncontacts\ncontact_date | kind\n2026-07-01 | statement\n2026-07-08 | statement\n2026-07-16 | stop_work\n"
    books = draw(DEBT + weekly, as_of="2026-07-30")
    assert decision(books)["reason"].endswith("the next step comes on day 60")
    assert decision(draw(DEBT + weekly, as_of="2026-07-31"))["route"] == "demand_letter"


def test_a_ladder_of_ones_own_replaces_the_shipped_one() -> None:
    policy = """
    [[ladder]]
    step = "a text message"
    route = "remind"
    days_past_due = 3
    """
    assert decision(draw(DEBT, as_of="2026-06-03", policy=policy))["route"] == "wait"
    assert decision(draw(DEBT, as_of="2026-06-04", policy=policy))["step"] == "a text message"


def test_instalments_that_are_overdue_are_one_debt_from_the_earliest_on() -> None:
    books = draw(
        """
        documents
        document_id | due_date | amount
        A | 2026-03-01 | 900.00

        instalments
        document_id | due_date | amount
        A | 2026-06-01 | 300.00
        A | 2026-06-05 | 300.00
        A | 2026-07-01 | 300.00
        """,
        as_of="2026-06-11",
    )
    found = decision(books)
    assert (found["days_past_due"], str(found["open_amount"])) == (10, "600.0000")
