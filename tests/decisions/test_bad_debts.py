"""The bad debts of a tax year: what was written off, what may be deducted, and what is not known."""

from decimal import Decimal
from typing import Any

import pytest
from drawn_books import draw

from agingreport.books import Books

WRITTEN_OFF = """
documents
document_id | kind | document_date | due_date | amount | tax_amount
A | invoice | 2025-03-01 | 2025-03-31 | 1200.00 | 200.00
W | write_off | 2026-05-01 | | 1200.00 |

allocations
debit_id | credit_id | amount
A | W | 1200.00
"""
ACCRUAL = '[conventions]\naccounting_basis = "accrual"\n[firm]\ncountry = "US"\n'
CASH = ACCRUAL.replace("accrual", "cash")


def row(books: Books, document_id: str = "A") -> dict[str, Any]:
    [found] = [line for line in books.show("bad_debts").dicts() if line["document_id"] == document_id]
    return found


def test_on_the_accrual_basis_the_net_amount_written_off_is_deductible() -> None:
    found = row(draw(WRITTEN_OFF, as_of="2026-12-31", policy=ACCRUAL))
    assert (found["written_off_amount"], found["written_off_tax_amount"]) == (Decimal("1200"), Decimal("200"))
    assert found["deductible_amount"] == Decimal("1000")
    assert found["deduction_reason"].startswith("Deductible when charged off")
    assert "26 CFR 1.166-1(e)" in found["rule_source"]


def test_on_the_cash_basis_an_invoice_never_reported_as_income_gives_no_deduction() -> None:
    found = row(draw(WRITTEN_OFF, as_of="2026-12-31", policy=CASH))
    assert found["deductible_amount"] == 0
    assert "never reported as income gives no deduction" in found["deduction_reason"]


@pytest.mark.parametrize(
    ("policy", "unknown"),
    [
        ("", "cash or the accrual basis"),
        ('[conventions]\naccounting_basis = "accrual"\n', "in which country"),
        ('[conventions]\naccounting_basis = "accrual"\n[firm]\ncountry = "NL"\n', "no rule that may be relied on"),
    ],
)
def test_what_the_policy_does_not_say_is_unknown_not_zero(policy: str, unknown: str) -> None:
    found = row(draw(WRITTEN_OFF, as_of="2026-12-31", policy=policy))
    assert found["deductible_amount"] is None
    assert found["deduction_reason"].startswith("unknown: ")
    assert unknown in found["deduction_reason"]


def test_a_rule_that_is_stale_is_unknown() -> None:
    stale = WRITTEN_OFF.replace("2026-05-01", "2029-05-01")
    assert row(draw(stale, as_of="2029-12-31", policy=ACCRUAL))["deductible_amount"] is None


def test_a_tax_that_the_export_does_not_give_is_unknown_unless_the_firm_charges_none() -> None:
    untold = WRITTEN_OFF.replace("1200.00 | 200.00", "1200.00 |")
    assert row(draw(untold, as_of="2026-12-31", policy=ACCRUAL))["deductible_amount"] is None
    policy = ACCRUAL + "charges_sales_tax = false\n"
    assert row(draw(untold, as_of="2026-12-31", policy=policy))["deductible_amount"] == Decimal("1200")


@pytest.mark.parametrize(("as_of", "is_listed"), [("2026-04-30", False), ("2026-05-01", True), ("2026-12-31", True)])
def test_a_write_off_counts_from_its_day_to_the_end_of_its_year(as_of: str, is_listed: bool) -> None:
    books = draw(WRITTEN_OFF, as_of=as_of, policy=ACCRUAL)
    assert [line["written_off_amount"] for line in books.show("bad_debts").dicts()] == ([1200] if is_listed else [])


def test_an_earlier_years_write_off_is_not_listed_again() -> None:
    assert len(draw(WRITTEN_OFF, as_of="2027-12-31", policy=ACCRUAL).show("bad_debts")) == 0


def test_a_debt_partly_worthless_is_deducted_year_by_year() -> None:
    # IRS Publication 535: 1,000 of which 400 is charged off in 2024 and the rest becomes worthless in 2025.
    parts = """
    documents
    document_id | kind | document_date | due_date | amount | tax_amount
    A | invoice | 2024-01-01 | 2024-01-31 | 1000.00 | 0
    W1 | write_off | 2024-12-01 | | 400.00 |
    W2 | write_off | 2025-12-01 | | 600.00 |

    allocations
    debit_id | credit_id | amount
    A | W1 | 400.00
    A | W2 | 600.00
    """
    first, second = (row(draw(parts, as_of=f"{year}-12-31", policy=ACCRUAL)) for year in (2024, 2025))
    assert (first["deductible_amount"], first["open_amount"]) == (Decimal("400"), Decimal("600"))
    assert (second["deductible_amount"], second["earlier_written_off_amount"]) == (Decimal("600"), Decimal("400"))
    assert len(draw(parts, as_of="2026-12-31", policy=ACCRUAL).show("bad_debts")) == 0


PAID_LATER = """
documents
document_id | kind | document_date | amount
P | payment | 2027-02-01 | 300.00

allocations
debit_id | credit_id | amount
A | P | 300.00
"""


def test_what_is_paid_after_a_write_off_is_a_recovery_of_its_own_year() -> None:
    books = draw(WRITTEN_OFF + "\n" + PAID_LATER, as_of="2027-12-31", policy=ACCRUAL)
    found = row(books)
    assert (found["recovered_amount"], found["written_off_amount"]) == (Decimal("300"), 0)
    assert row(draw(WRITTEN_OFF + "\n" + PAID_LATER, as_of="2026-12-31", policy=ACCRUAL))["recovered_amount"] == 0


def test_a_payment_of_what_was_not_written_off_is_no_recovery() -> None:
    part = WRITTEN_OFF.replace("| 1200.00 |\n\n", "| 600.00 |\n\n").replace("A | W | 1200.00", "A | W | 600.00")
    books = draw(
        part + "\n" + PAID_LATER.replace("2027", "2026").replace("02-01", "06-01"), as_of="2026-12-31", policy=ACCRUAL
    )
    found = row(books)
    assert (found["written_off_amount"], found["recovered_amount"], found["open_amount"]) == (600, 0, 300)


def test_a_recovery_on_record_counts() -> None:
    recovery = "\ncontacts\ndocument_id | contact_date | kind | promised_amount\nA | 2026-08-01 | recovery | 50\n"
    assert row(draw(WRITTEN_OFF + recovery, as_of="2026-12-31", policy=ACCRUAL))["recovered_amount"] == 50


def test_what_is_proposed_shows_what_a_write_off_would_bring() -> None:
    old = "documents\ndocument_id | due_date | amount | tax_amount\nA | 2025-03-01 | 200.00 | 20.00\n"
    found = row(draw(old, as_of="2026-12-31", policy=ACCRUAL))
    assert (found["proposed_amount"], found["written_off_amount"], found["written_off_on"]) == (200, 0, None)
    assert (found["deductible_amount"], found["proposed_deductible_amount"]) == (0, Decimal("180"))


def test_evidence_is_shown_where_known_and_unknown_where_not() -> None:
    evidence = """
    contacts
    document_id | contact_date | kind
    A | 2025-04-02 | call
    A | 2025-04-08 | reminder
     | 2025-05-08 | demand_letter
    B | 2025-05-09 | reminder

    agreements
    document_id | kind | is_on_file
     | signed_terms | true
    A | delivery_receipt | false
    """
    found = row(draw(WRITTEN_OFF + "\n" + evidence, as_of="2026-12-31", policy=ACCRUAL))
    assert (found["has_signed_terms"], found["has_delivery_receipt"], found["has_contract"]) == (True, False, None)
    assert (found["reminder_count"], found["letter_count"]) == (2, 1)
    assert (str(found["first_asked_on"]), str(found["last_asked_on"])) == ("2025-04-02", "2025-05-08")
    assert (found["last_paid_on"], found["jurisdiction"]) == (None, None)


def test_no_bad_debts_without_books() -> None:
    assert len(draw("", as_of="2026-12-31").show("bad_debts")) == 0
