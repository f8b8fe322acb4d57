"""What the report tells the accountant: figures worked out by hand, and what is said where one is unknown."""

import re
from html import unescape
from pathlib import Path

from agingreport.reports import accountant
from agingreport.reports.markup import Html
from agingreport.reports.page import Page, page_of
from drawn import books_of

POLICY = """
[conventions]
reporting_currency = "GBP"

[firm]
country = "GB"

[provision]
method = "fixed_rates"
fixed_rates = [0.003, 0.016, 0.036, 0.066, 0.106]
fixed_rates_reason = "agreed with the auditor"
booked_amount = 1000.00
booked_on = 2026-01-31
"""
DOCUMENTS = """
    document_id  kind     client  document_date  due_date    amount     currency
    I1           invoice  Acme    2026-05-31     2026-06-30  10000.00   GBP
    I2           invoice  Byron   2026-10-20     2026-11-19  30000.00   GBP
    I3           invoice  Acme    2026-02-01     2026-03-03  400.00     GBP
    P3           payment  Acme    2026-03-03     -           400.00     GBP
"""
ALLOCATIONS = """
    debit_id  credit_id  amount
    I3        P3         400.00
"""
CLIENTS = """
    client  name     country
    Acme    Acme     GB
    Byron   Byron    GB
"""


def page_for(folder: Path, policy: str = POLICY, documents: str = DOCUMENTS) -> Page:
    drawn = {"documents": documents, "allocations": ALLOCATIONS, "clients": CLIENTS}
    return page_of(books_of(folder, "2026-10-31", policy=policy, **drawn))


def words(block: Html) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", block.text)).split())


def test_the_provision_has_what_history_says_what_is_added_and_the_result(tmp_path: Path) -> None:
    page = page_for(tmp_path)
    said = words(
        accountant.provision(page, provision=page.books.show("provision"), allowance=page.books.show("allowance"))
    )
    # 30,000.00 not yet due at 0.3 %, 10,000.00 of 123 days at 10.6 %.
    assert "Not due yet £30,000.00 0.3% 0.0% 0.3% £90.00" in said
    assert "Over 90 £10,000.00 10.6% 0.0% 10.6% £1,060.00" in said
    # 90.00 + 1,060.00 is to be there, 1,000.00 is.
    assert "To provide for: £1,150.00. £1,000.00 was booked at Jan 31, 2026;" in said
    assert said.count("book +£150.00") == 1


def test_a_provision_without_history_says_that_it_is_unknown(tmp_path: Path) -> None:
    page = page_for(tmp_path, policy="")
    said = words(
        accountant.provision(page, provision=page.books.show("provision"), allowance=page.books.show("allowance"))
    )
    assert "How much to provide for is unknown" in said
    assert "too little history" in said


def test_the_movement_says_where_the_money_went_within_a_month(tmp_path: Path) -> None:
    page = page_for(tmp_path)
    said = words(accountant.movement(page, transitions=page.books.show("transitions")))
    # Not due at a month end: 400.00 in February, paid within the month; 10,000.00 in May, not due a month later either;
    # the same 10,000.00 in June, 31 days late by the end of July.
    assert "New 100% Not due yet 49% 49% 2% 31\N{EN DASH}60 100%" in said


def test_the_concentration_is_of_what_is_open_and_of_what_is_late(tmp_path: Path) -> None:
    page = page_for(tmp_path)
    said = words(accountant.concentration(page, concentration=page.books.show("concentration")))
    # Shares of 0.75 and 0.25: 5,625 + 625 points; all that is late is with one client.
    assert "Open 2 75% 100% 100% 6,250 1.6 of one size" in said
    assert "Late 1 100% 100% 100% 10,000 1.0 of one size" in said


def test_what_may_be_claimed_is_shown_by_client(tmp_path: Path) -> None:
    page = page_for(tmp_path)
    claims = page.books.show("late_interest_by_client")
    said = words(accountant.late_interest(page, claims=claims))
    row = claims.dicts()[0]
    # The fixed sum of the act is 100.00 for a debt of 10,000.00 or more.
    assert (row["client"], row["debt_count"], row["fixed_amount"]) == ("Acme", 1, 100)
    assert (
        row["claim_amount"]
        == row["interest_amount"] + 100
        == page.books.show("late_interest").dicts()[0]["claim_amount"]
    )
    assert f"Acme 1 £{row['interest_amount']:.2f} £100.00 £{row['claim_amount']:.2f}" in said


def test_a_claim_that_cannot_be_worked_out_is_unknown_for_a_reason(tmp_path: Path) -> None:
    page = page_for(tmp_path, policy="")
    said = words(accountant.late_interest(page, claims=page.books.show("late_interest_by_client")))
    assert "unknown for 1 late debt" in said


def test_books_without_debts_say_so(tmp_path: Path) -> None:
    page = page_of(books_of(tmp_path, "2026-10-31"))
    show = page.books.show
    assert "Nothing is open" in words(
        accountant.provision(page, provision=show("provision"), allowance=show("allowance"))
    )
    assert "No whole month" in words(accountant.movement(page, transitions=show("transitions")))
    assert "No client owes" in words(accountant.concentration(page, concentration=show("concentration")))
    assert "Nothing was ever late" in words(accountant.late_interest(page, claims=show("late_interest_by_client")))
