"""Which credit settled which debit, where no export can say: one account, worked out day by day."""

from datetime import date
from decimal import Decimal

import pytest

from agingreport.loading.matching import Derived, DerivedCharge, Entry, Match, Statement, match_account
from drawn import cells

FAMILY = 1


def account(entries: str, statements: str = "") -> list[Entry]:
    """The drawn entries of one account, with what exports say is open on them; `day..day` where they name no day."""
    stated: dict[str, list[Statement]] = {}
    for document_id, said, amount, paid_on in cells(statements):
        paid = date.fromisoformat(paid_on) if paid_on else None
        day, _, latest = said.partition("..")
        statement = Statement(
            date.fromisoformat(day), Decimal(amount), paid, FAMILY, date.fromisoformat(latest) if latest else None
        )
        stated.setdefault(document_id, []).append(statement)
    return [
        Entry(
            document_id=document_id,
            document_date=date.fromisoformat(day),
            due_date=date.fromisoformat(due or day),
            amount=Decimal(amount),
            source_id=FAMILY,
            is_debit=document_id.startswith("I"),
            statements=stated.get(document_id, ()),
        )
        for document_id, day, due, amount in cells(entries)
    ]


def matches(entries: str, statements: str = "") -> list[str]:
    """Each match as `credit > debit amount day`; what is derived has a basis in the place of its other side."""
    return [in_words(found) for found in match_account(account(entries, statements))]


def in_words(found: Derived) -> str:
    if isinstance(found, Match):
        return f"{found.credit_id} > {found.debit_id} {found.amount} {found.allocated_on}"
    if isinstance(found, DerivedCharge):
        return f"{found.credit_id} > {found.date_basis} {found.amount} {found.document_date}"
    return f"{found.date_basis} > {found.debit_id} {found.amount} {found.document_date}"


def test_the_one_invoice_of_exactly_that_amount_is_settled_before_an_older_one() -> None:
    assert matches("""
        I1  2025-01-01  2025-01-31  100
        I2  2025-01-05  2025-02-05  70
        P1  2025-02-10  -           70
    """) == ["P1 > I2 70 2025-02-10"]


def test_of_two_invoices_of_that_amount_the_one_due_first_is_settled() -> None:
    assert matches("""
        I1  2025-01-01  2025-02-28  70
        I2  2025-01-05  2025-02-05  70
        P1  2025-02-10  -           70
    """) == ["P1 > I2 70 2025-02-10"]


def test_then_a_few_invoices_that_add_up_to_it() -> None:
    assert matches("""
        I1  2025-01-01  2025-01-31  100
        I2  2025-01-02  2025-02-01  60
        I3  2025-01-03  2025-02-02  30
        P1  2025-02-10  -           90
    """) == ["P1 > I2 60 2025-02-10", "P1 > I3 30 2025-02-10"]


def test_else_the_oldest_due_as_far_as_the_money_goes() -> None:
    assert matches("""
        I1  2025-01-01  2025-01-31  100
        I2  2025-01-02  2025-02-01  60
        P1  2025-02-10  -           120
    """) == ["P1 > I1 100 2025-02-10", "P1 > I2 20 2025-02-10"]


def test_what_is_left_of_a_credit_waits_for_the_next_invoice() -> None:
    assert matches("""
        P1  2025-01-01  -           100
        I1  2025-01-10  2025-02-10  70
        I2  2025-01-20  2025-02-20  50
    """) == ["P1 > I1 70 2025-01-10", "P1 > I2 30 2025-01-20"]


def test_an_invoice_of_a_later_day_is_not_looked_at() -> None:
    assert matches("""
        I1  2025-01-01  2025-01-31  100
        P1  2025-01-10  -           70
        I2  2025-01-11  2025-01-11  70
    """) == ["P1 > I1 70 2025-01-10"]


def test_a_credit_whose_export_says_what_it_settles_is_not_matched() -> None:
    entries = account("I1  2025-01-01  -  100\n P1  2025-01-10  -  100")
    entries[1].is_matchable = False
    assert list(match_account(entries)) == []


def test_what_an_export_has_matched_already_is_not_matched_again() -> None:
    entries = account("I1  2025-01-01  -  100\n I2  2025-01-02  -  100\n P1  2025-01-10  -  150")
    entries[0].use(date(2025, 1, 5), Decimal(100))
    assert [in_words(found) for found in match_account(entries)] == ["P1 > I2 100 2025-01-10"]


def test_an_invoice_that_an_export_shows_as_open_is_not_settled() -> None:
    assert matches(
        "I1  2025-01-01  2025-01-31  100\n I2  2025-01-02  2025-02-01  100\n P1  2025-02-10  -  100",
        "I1  2025-02-28  100  -",
    ) == ["P1 > I2 100 2025-02-10"]


def test_a_statement_bounds_the_days_up_to_its_own() -> None:
    """The payment came before the statement, which shows all of I1 as open: it waits until after."""
    assert matches(
        "I1  2025-01-01  2025-01-31  100\n P1  2025-02-10  -  100\n I2  2025-03-05  2025-04-05  40",
        "I1  2025-02-28  100  -",
    ) == ["P1 > I1 100 2025-03-05"]


def test_what_a_statement_shows_as_settled_and_nothing_explains_is_a_derived_payment() -> None:
    assert matches("I1  2025-01-01  2025-01-31  100", "I1  2025-02-28  30  -") == ["assumed > I1 70 2025-01-31"]


@pytest.mark.parametrize(
    ("statements", "derived"),
    [
        ("I1  2025-02-28  0  2025-02-07", "stated > I1 100 2025-02-07"),
        ("I1  2025-02-28  0  -", "assumed > I1 100 2025-01-31"),
        ("I1  2025-02-28  0  2024-12-31", "assumed > I1 100 2025-01-31"),
        ("I1  2025-02-28  0  2025-03-07", "assumed > I1 100 2025-01-31"),
        ("I1  2025-01-15  0  -", "assumed > I1 100 2025-01-15"),
        ("I1  2025-01-31  100  -\n I1  2025-02-28  0  -", "between exports > I1 100 2025-02-28"),
        ("I1  2025-01-31  100  -\n I1  2025-02-28  0  2025-02-07", "stated > I1 100 2025-02-07"),
        ("I1  2025-01-31  100  -\n I1  2025-02-28  0  2025-01-07", "between exports > I1 100 2025-02-28"),
    ],
)
def test_a_derived_payment_is_dated_by_the_best_evidence_that_no_statement_contradicts(
    statements: str, derived: str
) -> None:
    assert matches("I1  2025-01-01  2025-01-31  100", statements) == [derived]


def test_two_exports_show_what_was_paid_between_them() -> None:
    assert matches(
        "I1  2025-01-01  2025-01-31  100",
        "I1  2025-01-31  100  -\n I1  2025-02-28  60  -\n I1  2025-03-31  0  -",
    ) == ["between exports > I1 40 2025-02-28", "between exports > I1 60 2025-03-31"]


def test_a_payment_that_is_known_explains_what_a_statement_shows() -> None:
    assert matches("I1  2025-01-01  2025-01-31  100\n P1  2025-02-10  -  70", "I1  2025-02-28  0  -") == [
        "P1 > I1 70 2025-02-10",
        "assumed > I1 30 2025-01-31",
    ]


def test_what_must_have_been_paid_is_explained_before_an_exact_amount_elsewhere() -> None:
    """Else the payment would be taken twice: for I2, and once more, derived, for I1."""
    assert matches(
        "I1  2025-01-01  2025-01-31  60\n I2  2025-01-02  2025-02-01  100\n P1  2025-02-10  -  100",
        "I1  2025-02-28  0  -",
    ) == ["P1 > I1 60 2025-02-10", "P1 > I2 40 2025-02-10"]


def test_a_statement_that_shows_more_than_the_amount_bounds_to_nothing() -> None:
    assert matches("I1  2025-01-01  -  100\n P1  2025-01-10  -  100", "I1  2025-02-28  120  -") == []


@pytest.mark.parametrize(
    ("loaded_on", "found"),
    [
        ("2025-02-10", ["P1 > I1 100 2025-02-10"]),
        ("2025-02-09", ["assumed > I1 100 2025-01-31"]),
    ],
)
def test_what_came_in_before_an_export_without_a_day_was_loaded_may_be_what_it_shows(
    loaded_on: str, found: list[str]
) -> None:
    assert (
        matches(
            "I1  2025-01-01  2025-01-31  100\n P1  2025-02-10  -  100",
            f"I1  2025-02-01..{loaded_on}  0  -",
        )
        == found
    )


def test_of_two_exports_without_a_day_a_payment_is_what_the_later_one_shows() -> None:
    assert matches(
        """
        I1  2025-01-01  2025-01-31  100
        I2  2025-02-01  2025-02-28  100
        P1  2025-03-10  -           100
        """,
        "I1  2025-01-20..2025-04-01  0  -\n I2  2025-02-20..2025-04-01  0  -",
    ) == ["P1 > I2 100 2025-03-10", "assumed > I1 100 2025-01-20"]


def test_of_a_debt_shown_as_open_in_part_only_what_is_shown_as_paid_is_settled_by_a_payment_of_before() -> None:
    assert matches(
        "I1  2025-01-01  2025-01-31  100\n P1  2025-01-05  -  90",
        "I1  2025-02-01..2025-03-01  60  -",
    ) == ["P1 > I1 40 2025-01-05"]


def test_money_that_an_export_shows_as_unused_does_not_explain_what_another_shows_as_paid() -> None:
    assert matches(
        "I1  2025-01-01  2025-01-31  100\n P1  2025-02-01  -  70",
        "I1  2025-02-01..2025-03-01  30  -\n P1  2025-02-01..2025-03-01  70  -",
    ) == ["assumed > I1 70 2025-01-31"]


def test_what_a_credit_has_settled_that_no_export_holds_is_derived_with_its_own_day() -> None:
    assert matches("P1  2025-01-05  -  90", "P1  2025-02-01  20  -") == ["P1 > assumed 70 2025-01-05"]


def test_what_a_credit_has_settled_between_two_exports_has_the_day_of_the_second() -> None:
    assert matches("P1  2025-01-05  -  90", "P1  2025-02-01  90  -\n P1  2025-03-01  20  -") == [
        "P1 > between exports 70 2025-03-01"
    ]


def test_of_a_credit_only_what_no_known_debt_explains_is_derived() -> None:
    assert matches(
        "I1  2025-01-01  2025-01-31  50\n P1  2025-01-05  -  90",
        "P1  2025-02-01  20  -",
    ) == ["P1 > I1 50 2025-01-05", "P1 > assumed 20 2025-01-05"]
