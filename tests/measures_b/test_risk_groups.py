"""The provision by risk group: each with its own losses where it has enough history, else with those of all clients."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings

from agingreport.audit import findings
from agingreport.errors import AgingReportError
from agingreport.policy.reading import load_policy
from agingreport.policy.sections import Policy
from drawn import assert_shows, books_of, policy_file
from random_books import RandomBooks, days, kept, policy_of, random_books

# A year and more ago Acme paid its 100 and Bolt never paid its own; both owe 1,000 that is not due yet.
TWO_CLIENTS = """
    document_id  kind     client  document_date  due_date    amount
    A            invoice  Acme    2024-01-01     2024-01-31  100
    B            invoice  Bolt    2024-01-01     2024-01-31  100
    C            invoice  Acme    2025-06-01     2025-07-10  1000
    D            invoice  Bolt    2025-06-01     2025-07-10  1000
    P            payment  Acme    2024-01-31     -           100
"""
PAID = "debit_id  credit_id  amount\n A  P  100"
RISKY = '[provision]\nhistory_minimum_count = {}\n[provision.risk_groups]\nrisky = ["Bolt"]\n'


def test_each_group_has_the_losses_of_its_own_history(tmp_path: Path) -> None:
    books = books_of(tmp_path, "2025-06-30", policy=RISKY.format(1), documents=TWO_CLIENTS, allocations=PAID)
    assert_shows(
        books, "provision", "gross_amount  historical_rate  allowance_amount\n 2000.00  0.50  1000.00", bucket="current"
    )
    assert_shows(
        books,
        "provision_by_group",
        """
        risk_group  gross_amount  loss_rate  allowance_amount
        all others  1000.00       0.00       0.00
        risky       1000.00       1.00       1000.00
        """,
        bucket="current",
    )
    source = "own history of the group: 1 debts, aged from 2024-01-31 to 2024-01-31"
    assert {row["rate_source"] for row in books.show("provision_by_group") if row["bucket"] == "current"} == {source}


def test_a_group_with_too_little_history_takes_that_of_all_and_says_so(tmp_path: Path) -> None:
    books = books_of(tmp_path, "2025-06-30", policy=RISKY.format(2), documents=TWO_CLIENTS, allocations=PAID)
    rows = [row for row in books.show("provision_by_group") if row["bucket"] == "current"]
    assert [(row["historical_rate"], row["allowance_amount"]) for row in rows] == [(0.5, Decimal(500))] * 2
    assert {row["rate_source"] for row in rows} == {
        "too little history of the group (1 debts), so that of all clients; "
        "own history: 2 debts, aged from 2024-01-31 to 2024-01-31"
    }


def test_with_too_little_history_of_all_there_is_no_rate(tmp_path: Path) -> None:
    books = books_of(tmp_path, "2025-06-30", policy=RISKY.format(3), documents=TWO_CLIENTS, allocations=PAID)
    rows = [row for row in books.show("provision_by_group") if row["bucket"] == "current"]
    assert [(row["loss_rate"], row["allowance_amount"]) for row in rows] == [(None, None)] * 2
    assert all(row["rate_source"].startswith("too little history: 2 debts reached this bucket") for row in rows)


def test_an_adjustment_holds_for_each_group(tmp_path: Path) -> None:
    policy = RISKY.format(1) + '[provision.adjustments.x]\nabsolute_rate = 0.1\nreason = "hard times"\n'
    books = books_of(tmp_path, "2025-06-30", policy=policy, documents=TWO_CLIENTS, allocations=PAID)
    rows = [row for row in books.show("provision_by_group") if row["bucket"] == "current"]
    assert [row["loss_rate"] for row in rows] == pytest.approx([0.1, 1.0])


def test_a_client_in_two_groups_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AgingReportError, match="Bolt is in more than one group"):
        load_policy(policy_file(tmp_path, RISKY.format(1) + 'good = ["Bolt"]\n'))


def test_a_name_in_the_policy_that_nobody_bears_is_found(tmp_path: Path) -> None:
    policy = (
        RISKY.format(1).replace('"Bolt"', '"Bolt", "Bold"')
        + "[late_interest.clients.Acme]\nyearly_rate = 0.1\n[late_interest.clients.Acne]\nyearly_rate = 0.1\n"
        + "[late_interest.documents.A]\nyearly_rate = 0.1\n[late_interest.documents.Z]\nyearly_rate = 0.1\n"
    )
    books = books_of(tmp_path, "2025-06-30", policy=policy, documents=TWO_CLIENTS, allocations=PAID)
    found = [row["subject"] for row in findings(books) if row["check"] == "unknown_policy_names"]
    assert found == ["client Acne", "client Bold", "document Z"]


def grouped(risky: tuple[str, ...]) -> Policy:
    """The shipped policy with a short trend, a low bar for history, and one risk group."""
    policy = policy_of()
    own = policy.provision.model_copy(update={"history_minimum_count": 1, "risk_groups": {"risky": risky}})
    return policy.model_copy(update={"provision": own})


@settings(max_examples=12, deadline=None)
@given(random_books(), days)
def test_the_groups_hold_all_that_is_open_and_all_that_was_lost(books: RandomBooks, as_of: date) -> None:
    asked = kept(books).as_of(as_of.replace(year=as_of.year + 1), policy=grouped(("Acme", "Bolt & Sons")))
    whole = {(row["currency"], row["bucket"]): row["gross_amount"] for row in asked.show("provision")}
    parts: dict[tuple[str, str], Decimal] = {}
    for row in asked.show("provision_by_group"):
        key = (row["currency"], row["bucket"])
        parts[key] = parts.get(key, Decimal(0)) + row["gross_amount"]
    assert parts == whole


@settings(max_examples=12, deadline=None)
@given(random_books(), days)
def test_one_group_of_all_is_the_provision(books: RandomBooks, as_of: date) -> None:
    asked = kept(books).as_of(as_of.replace(year=as_of.year + 1), policy=grouped(()))
    columns = ("currency", "bucket", "gross_amount", "loss_rate", "allowance_amount", "debt_count")
    whole, parts = asked.show("provision"), asked.show("provision_by_group")
    assert [[row[name] for name in columns] for row in parts] == [[row[name] for name in columns] for row in whole]
