"""Laws of migration, vintage, provision and late interest on random books, each against a count by hand."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agingreport.books import Books
from agingreport.ledger import open_ledger
from agingreport.markov import expected_exits
from agingreport.models import find
from agingreport.policy.sections import InterestContract, Policy, Provision
from agingreport.table import Table
from drawn import IN_MEMORY, on
from random_books import RandomBooks, answers, days, loaded, policy_of, random_books

few = settings(max_examples=10, deadline=None)
MODELS = (
    "exits",
    "moves",
    "month_moves",
    "migration",
    "transitions",
    "roll_rates",
    "vintage",
    "age_moves",
    "loss_history",
    "provision",
    "allowance",
    "interest_terms",
    "late_debts",
    "interest_periods",
    "late_interest",
)
WINDOW = 40


def short_policy(**conventions: str | int) -> Policy:
    """Buckets, a window and a contract that fit books of seven months; one debt is history enough."""
    policy = policy_of(**conventions)
    narrow = policy.conventions.model_copy(update={"bucket_edges": (0, 10, 20)})
    provision = Provision(method="own_history", loss_after_days=WINDOW, history_minimum_count=1)
    contract = InterestContract(yearly_rate=Decimal("0.1825"))
    late_interest = policy.late_interest.model_copy(update={"contract": contract})
    return policy.model_copy(update={"conventions": narrow, "provision": provision, "late_interest": late_interest})


POLICIES = {
    "default": short_policy(),
    "other": short_policy(allocation_effective="allocation", aging_basis="document_date"),
}
policies = st.sampled_from(["default", "default", "other"])


def shown(ledger_books: RandomBooks, as_of: date, policy: str) -> Books:
    return loaded(ledger_books).as_of(as_of, policy=POLICIES[policy])


def sums(table: Table, amount: str, *by: str) -> dict[tuple[Any, ...], Decimal]:
    """Sums of an amount, where they are not zero."""
    found: dict[tuple[Any, ...], Decimal] = defaultdict(Decimal)
    for row in table:
        found[tuple(row[name] for name in by)] += row[amount]
    return {key: value for key, value in found.items() if value}


@few
@given(books=random_books(), as_of=days, policy=policies)
def test_migration_adds_up_to_what_was_open_and_to_what_is(books: RandomBooks, as_of: date, policy: str) -> None:
    seen = shown(books, as_of, policy)
    migration = seen.show("migration")
    trend = sums(seen.show("aging_trend"), "open_amount", "month_end", "currency", "bucket")
    by_row = sums(migration, "moved_amount", "opened_on", "currency", "from_state")
    by_column = sums(migration, "moved_amount", "month_end", "currency", "to_state")
    first_day = min(month_end for month_end, *_ in [row[:1] for row in seen.show("aging_trend").rows] or [(as_of,)])
    exits = ("paid", "credited", "written off")
    assert {key: value for key, value in by_column.items() if key[2] not in exits} == trend
    assert {key: value for key, value in by_row.items() if key[2] != "new" and key[0] >= first_day} == {
        key: value for key, value in trend.items() if key[0] < as_of
    }
    assert all(row["moved_amount"] >= 0 for row in migration)
    assert all((row["moved_share"] is None) == (row["from_amount"] == 0) for row in migration)


@few
@given(books=random_books(), as_of=days, policy=policies)
def test_roll_rates_split_each_bucket_whole(books: RandomBooks, as_of: date, policy: str) -> None:
    for row in shown(books, as_of, policy).show("roll_rates"):
        assert row["from_amount"] == row["settled_amount"] + row["stayed_amount"] + row["rolled_amount"]
        assert row["chained_rate"] is None or 0 <= row["chained_rate"] <= 1 + 1e-12


@few
@given(books=random_books(), as_of=days, policy=policies)
def test_vintages_add_up_to_the_open_invoices(books: RandomBooks, as_of: date, policy: str) -> None:
    seen = shown(books, as_of, policy)
    vintage = seen.show("vintage")
    invoices = Table(
        seen.show("open_items").columns,
        tuple(tuple(row.values()) for row in seen.show("open_items") if row["kind"] == "invoice"),
    )
    last = Table(vintage.columns, tuple(tuple(row.values()) for row in vintage if row["counted_on"] == as_of))
    assert sums(last, "unpaid_amount", "currency") == sums(invoices, "open_amount", "currency")
    for row in vintage:
        settled = row["paid_amount"] + row["credited_amount"] + row["written_off_amount"]
        assert row["billed_amount"] == settled + row["unpaid_amount"]
        assert 0 <= row["unpaid_amount"] <= row["billed_amount"]


def lives(seen: Books) -> dict[tuple[int, int], list[dict[str, Any]]]:
    """The moves of each debt, its billing among them."""
    found: dict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
    for row in seen.show("moves"):
        found[row["document_key"], row["instalment_number"]].append(row)
    return found


def recovered_of(seen: Books, moves: list[dict[str, Any]], start: date, end: date) -> Decimal:
    """What was written off of a part after start and came back by end: the earliest write-off of the document first."""
    key = moves[0]["document_key"]
    [document] = [row["document_id"] for row in seen.show("documents") if row["document_key"] == key]
    back = sum(
        (
            r["recovered_amount"]
            for r in seen.show("recoveries")
            if r["document_id"] == document and r["recovered_on"] <= end
        ),
        Decimal(0),
    )
    written = [row for row in seen.show("moves") if row["document_key"] == key and row["exit"] == "written off"]
    found = Decimal(0)
    for row in sorted(written, key=lambda row: (row["moved_on"], row["instalment_number"])):
        taken = min(back, -row["move_amount"])
        back -= taken
        if row["instalment_number"] == moves[0]["instalment_number"] and row["moved_on"] > start:
            found += taken
    return found


def counted_losses(seen: Books, as_of: date) -> dict[tuple[str, int], tuple[int, Decimal, Decimal]]:
    """Number, reached and lost amount by currency and bucket, counted debt by debt."""
    found: dict[tuple[str, int], tuple[int, Decimal, Decimal]] = {}
    for moves in lives(seen).values():
        aged_from, first = moves[0]["aged_from"], moves[0]["document_date"]
        for number, (low, high) in enumerate([(None, 0), (1, 10), (11, 20), (21, None)]):
            if (as_of - aged_from).days < WINDOW or (high is not None and (first - aged_from).days > high):
                continue
            start = first if low is None else max(first, aged_from + timedelta(days=low))
            end = aged_from + timedelta(days=WINDOW)
            reached = sum((row["move_amount"] for row in moves if row["moved_on"] <= start), Decimal(0))
            kept = [row for row in moves if start < row["moved_on"] <= end and row["exit"] in ("paid", "credited")]
            lost = (
                reached + sum((row["move_amount"] for row in kept), Decimal(0)) - recovered_of(seen, moves, start, end)
            )
            if reached:
                count, before, gone = found.get((moves[0]["currency"], number), (0, Decimal(0), Decimal(0)))
                found[moves[0]["currency"], number] = (count + 1, before + reached, gone + lost)
    return found


@few
@given(books=random_books(), as_of=days, policy=policies)
def test_loss_history_is_what_a_count_debt_by_debt_gives(books: RandomBooks, as_of: date, policy: str) -> None:
    seen = shown(books, as_of, policy)
    history = seen.show("loss_history").dicts()
    assert {
        (row["currency"], row["bucket_number"]): (row["debt_count"], row["reached_amount"], row["lost_amount"])
        for row in history
        if row["reached_amount"]
    } == counted_losses(seen, as_of)
    for row in history:
        assert row["reached_amount"] == row["paid_amount"] + row["credited_amount"] + row["lost_amount"]
        assert min(row["paid_amount"], row["credited_amount"], row["lost_amount"]) >= 0


@few
@given(books=random_books(), as_of=days, policy=policies)
def test_the_provision_covers_all_that_is_open_and_no_more(books: RandomBooks, as_of: date, policy: str) -> None:
    seen = shown(books, as_of, policy)
    provision = seen.show("provision")
    aging = sums(seen.show("aging"), "open_amount", "currency", "bucket")
    assert sums(provision, "gross_amount", "currency", "bucket") == aging
    required = {row["currency"]: row["required_amount"] for row in seen.show("allowance")}
    for currency, amount in required.items():
        parts = [row["allowance_amount"] for row in provision if row["currency"] == currency]
        assert amount == (None if None in parts else sum(parts))
    for row in provision:
        unknown = row["historical_rate"] is None
        assert unknown == (row["loss_rate"] is None) == (row["adjustment_rate"] is None)
        assert unknown or 0 <= row["allowance_amount"] <= row["gross_amount"]
        assert not unknown or (row["allowance_amount"] is None) == (row["gross_amount"] > 0)


@few
@given(books=random_books(), as_of=days, policy=policies)
def test_the_markov_view_splits_what_is_open_whole(books: RandomBooks, as_of: date, policy: str) -> None:
    seen = shown(books, as_of, policy)
    expected = expected_exits(seen)
    assert sums(expected, "open_amount", "currency", "bucket") == sums(
        seen.show("aging"), "open_amount", "currency", "bucket"
    )
    for row in expected:
        parts = [row["paid_amount"], row["credited_amount"], row["written_off_amount"]]
        shares = [row["paid_share"], row["credited_share"], row["written_off_share"]]
        assert (None in parts) == (None in shares)
        if None not in parts:
            assert sum(parts) == row["open_amount"]
            assert sum(shares) == pytest.approx(1)


def interest_day_by_day(moves: list[dict[str, Any]], due: date, as_of: date) -> Decimal:
    """Five cents a day on each hundred open at the close of the day before; what is credited was never owed."""
    day, total = max(due, moves[0]["document_date"]), Decimal(0)
    while day < as_of:
        open_then = sum(
            (row["move_amount"] for row in moves if row["exit"] == "credited" or row["moved_on"] <= day), Decimal(0)
        )
        total += max(open_then, Decimal(0)) * Decimal("0.0005")
        day += timedelta(days=1)
    return total


@few
@given(books=random_books(), as_of=days, policy=policies)
def test_interest_is_what_a_count_day_by_day_gives(books: RandomBooks, as_of: date, policy: str) -> None:
    seen = shown(books, as_of, policy)
    late = {(row["document_id"], row["instalment_number"]): row for row in seen.show("late_interest")}
    due = {(row["document_key"], row["instalment_number"]): row for row in seen.show("dues")}
    for place, moves in lives(seen).items():
        if not moves[0]["is_invoice"]:
            continue
        exact = interest_day_by_day(moves, due[place]["due_date"], as_of)
        key = (due[place]["document_id"], due[place]["instalment_number"])
        assert abs(exact - (late[key]["interest_amount"] if key in late else 0)) <= Decimal("0.005")
    for row in late.values():
        assert row["claim_amount"] == row["interest_amount"] + row["fixed_amount"] - row["waived_amount"]


@few
@given(books=random_books(), as_of=days, policy=policies)
def test_a_later_event_never_changes_an_earlier_answer(books: RandomBooks, as_of: date, policy: str) -> None:
    events = [name for name in MODELS if name != "interest_terms"]  # a client is no event: it has no date
    then = answers(loaded(books.until(as_of)), as_of, POLICIES[policy], events)
    now = answers(loaded(books), as_of, POLICIES[policy], events)
    for numbered in ("moves", "late_debts"):
        assert without_numbers(now.pop(numbered)) == without_numbers(then.pop(numbered))
    assert now == then


def without_numbers(table: Table) -> list[str]:
    """The rows without the numbers of documents and accounts, which are of one load only, in an order of their own."""
    numbers = ("document_key", "account_key")
    return sorted(str([value for column, value in row.items() if column not in numbers]) for row in table)


@few
@given(books=random_books(), as_of=days, chance=st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(books: RandomBooks, as_of: date, chance: Any) -> None:
    documents, allocations, instalments, contacts = (
        tuple(chance.sample(rows, len(rows)))
        for rows in (books.documents, books.allocations, books.instalments, books.contacts)
    )
    shuffled = RandomBooks(documents, allocations, instalments, contacts)
    models = ("migration", "vintage", "roll_rates", "provision", "late_interest")
    expected = answers(loaded(books), as_of, POLICIES["default"], models)
    assert answers(loaded(shuffled), as_of, POLICIES["default"], models) == expected


@few
@given(books=random_books(), as_of=days, policy=policies)
def test_each_model_has_the_columns_and_the_grain_of_its_header(books: RandomBooks, as_of: date, policy: str) -> None:
    seen = shown(books, as_of, policy)
    for name in MODELS:
        table, model = seen.show(name), find(name)
        assert set(table.columns) == set(model.columns), name
        keys = [tuple(row[column] for column in model.grain) for row in table]
        assert len(keys) == len(set(keys)), name


def test_empty_books_have_the_columns_and_no_amounts() -> None:
    seen = on(open_ledger(IN_MEMORY, writable=True), "2024-06-30", policy=POLICIES["default"])
    for name in MODELS:
        table = seen.show(name)
        assert set(table.columns) == set(find(name).columns), name
        assert not table.rows or name == "exits", name
