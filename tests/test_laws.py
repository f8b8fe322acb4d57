"""The laws that the owner's money hangs on, on random books; the numbers are those of the list of laws."""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from agingreport.table import Table
from random_books import DEBITS, METRICS, RandomBooks, Row, answers, days, kept, loaded, policy_of, random_books

few = settings(max_examples=15, deadline=None)
CONVENTIONS = {
    "default": policy_of(),
    "other": policy_of(allocation_effective="allocation", aging_basis="document_date"),
}
conventions = st.sampled_from(["default", "default", "other"])
Sums = dict[tuple[Any, ...], Decimal]


def total(table: Table, amount: str, *by: str) -> Sums:
    """Sums of an amount, where they are not zero."""
    sums: Sums = defaultdict(Decimal)
    for row in table:
        sums[tuple(row[name] for name in by)] += row[amount]
    return {key: value for key, value in sums.items() if value}


def posted(books: RandomBooks, as_of: date) -> Sums:
    """Debits less credits by currency, counted from the rows themselves."""
    sums: Sums = defaultdict(Decimal)
    for row in books.documents:
        if row["status"] in ("", "posted") and row["document_date"] <= as_of:
            sums[(row["currency"],)] += row["amount"] if row["kind"] in DEBITS else -row["amount"]
    return {key: value for key, value in sums.items() if value}


def tables(books: RandomBooks) -> tuple[tuple[Row, ...], ...]:
    """The rows of each file."""
    return books.documents, books.allocations, books.instalments, books.contacts


def where(table: Table, **values: object) -> Table:
    """The rows with these values."""
    kept = (row for row in table if all(row[name] == value for name, value in values.items()))
    return Table(table.columns, tuple(tuple(row.values()) for row in kept))


@few
@given(books=random_books(), as_of=days, policy=conventions)
def test_law_1_buckets_add_up_to_open_items_and_to_the_trend(books: RandomBooks, as_of: date, policy: str) -> None:
    found = answers(kept(books), as_of, CONVENTIONS[policy], ("aging", "open_items", "aging_trend"))
    keys = ("open_amount", "currency", "bucket")
    assert total(found["aging"], *keys) == total(found["open_items"], *keys)
    assert total(found["aging"], *keys) == total(where(found["aging_trend"], month_end=as_of), *keys)


@few
@given(books=random_books(), as_of=days, policy=conventions)
def test_law_1_open_less_unapplied_is_debits_less_credits(books: RandomBooks, as_of: date, policy: str) -> None:
    found = answers(kept(books), as_of, CONVENTIONS[policy], ("balances", "open_items", "unapplied", "tie_out"))
    client = ("client", "currency")
    assert total(found["balances"], "balance", "currency") == posted(books, as_of)
    assert total(found["balances"], "open_amount", *client) == total(found["open_items"], "open_amount", *client)
    assert total(found["balances"], "unapplied_amount", *client) == total(
        found["unapplied"], "unapplied_amount", *client
    )
    assert [row["difference"] for row in found["tie_out"] if row["difference"]] == []


@few
@given(books=random_books(), as_of=days)
def test_law_1_the_rollforward_chains_and_closes(books: RandomBooks, as_of: date) -> None:
    found = answers(kept(books), as_of, CONVENTIONS["default"], ("rollforward", "tie_out"))
    closing: dict[str, Decimal] = {}
    for row in found["rollforward"]:
        moved = row["invoiced_amount"] - row["collected_amount"] - row["credited_amount"]
        moved += row["refunded_amount"] - row["written_off_amount"]
        assert row["closing_balance"] == row["opening_balance"] + moved
        assert row["opening_balance"] == closing.get(row["currency"], row["opening_balance"])
        closing[row["currency"]] = row["closing_balance"]
    assert closing == {row["currency"]: row["balance"] for row in found["tie_out"]}


@few
@given(books=random_books(), as_of=days, policy=conventions)
def test_law_1_what_can_be_asked_for_is_a_part_of_what_is_overdue(books: RandomBooks, as_of: date, policy: str) -> None:
    found = answers(kept(books), as_of, CONVENTIONS[policy], ("balances", "open_items", "unapplied"))
    for row in found["balances"]:
        held = row["disputed_amount"] + row["promised_amount"]
        assert 0 <= row["chase_amount"] <= row["overdue_amount"] <= row["open_amount"]
        assert row["disputed_amount"] >= 0 <= row["promised_amount"]
        assert held <= row["overdue_amount"]
        assert row["chase_amount"] == max(row["overdue_amount"] - row["unapplied_amount"] - held, Decimal(0))
    assert all(0 < row["open_amount"] <= row["amount"] for row in found["open_items"])
    assert all(0 < row["unapplied_amount"] <= row["amount"] for row in found["unapplied"])


@settings(max_examples=8, deadline=None)
@given(books=random_books(), as_of=days, policy=conventions)
def test_law_2_each_month_end_of_the_trend_is_the_aging_asked_on_that_day(
    books: RandomBooks, as_of: date, policy: str
) -> None:
    ledger = kept(books)
    looking_back = answers(ledger, as_of, CONVENTIONS[policy], ("aging_trend", "rollforward", "dso"))
    keys = ("open_amount", "currency", "bucket")
    for month_end in sorted({row["month_end"] for row in looking_back["aging_trend"]}):
        then = answers(ledger, month_end, CONVENTIONS[policy], ("aging", "rollforward", "dso"))
        assert total(where(looking_back["aging_trend"], month_end=month_end), *keys) == total(then["aging"], *keys)
        for metric in ("rollforward", "dso"):
            currencies = {row["currency"] for row in then[metric]}
            seen = [row for row in where(looking_back[metric], month_end=month_end) if row["currency"] in currencies]
            assert seen == where(then[metric], month_end=month_end).dicts()


@few
@given(books=random_books(), as_of=days, policy=conventions)
def test_law_2_a_later_event_never_changes_an_earlier_answer(books: RandomBooks, as_of: date, policy: str) -> None:
    expected = answers(kept(books), as_of, CONVENTIONS[policy])
    assert answers(kept(books.until(as_of)), as_of, CONVENTIONS[policy]) == expected


@few
@given(books=random_books(), as_of=days)
def test_law_2_nor_does_a_later_match_where_the_day_of_matching_counts(books: RandomBooks, as_of: date) -> None:
    matched_by_then = tuple(row for row in books.allocations if (row["allocated_on"] or as_of) <= as_of)
    expected = answers(kept(books), as_of, CONVENTIONS["other"])
    assert answers(kept(replace(books, allocations=matched_by_then)), as_of, CONVENTIONS["other"]) == expected


@settings(max_examples=6, deadline=None)
@given(books=random_books(), as_of=days, chance=st.randoms(use_true_random=False))
def test_law_2_neither_the_order_of_rows_nor_the_number_of_files_matters(
    books: RandomBooks, as_of: date, chance: Any
) -> None:
    shuffled = RandomBooks(*(tuple(chance.sample(rows, len(rows))) for rows in tables(books)))
    cut = len(shuffled.documents) // 2
    pieces = (
        RandomBooks((), shuffled.allocations, shuffled.instalments),
        RandomBooks(shuffled.documents[cut:]),
        RandomBooks(shuffled.documents[:cut], contacts=shuffled.contacts),
    )
    expected = answers(loaded(books), as_of, CONVENTIONS["default"])
    assert answers(loaded(shuffled), as_of, CONVENTIONS["default"]) == expected
    assert answers(loaded(*pieces), as_of, CONVENTIONS["default"]) == expected
    assert answers(loaded(*pieces, books), as_of, CONVENTIONS["default"]) == expected


def effective_on(allocation: Row, dated: dict[str, date]) -> date:
    """The later of its two document dates; one of no document comes last."""
    return max(dated.get(allocation["debit_id"], date.max), dated.get(allocation["credit_id"], date.max))


def split(books: RandomBooks, credit_id: str, share: Decimal) -> RandomBooks:
    """The books with that credit come in two parts, the first with that share; what it settles is spread in order."""
    whole = next(row for row in books.documents if row["document_id"] == credit_id)
    first = (whole["amount"] * share).quantize(Decimal("0.0001"))
    parts = [whole | {"document_id": f"{credit_id}.a", "amount": first}]
    parts.append(whole | {"document_id": f"{credit_id}.b", "amount": whole["amount"] - first})
    dated = {row["document_id"]: row["document_date"] for row in books.documents}
    uses = [row for row in books.allocations if row["credit_id"] == credit_id]
    uses.sort(key=lambda use: (effective_on(use, dated), use["allocated_on"] or date.max, use["debit_id"]))
    spread, left = [], first
    for use in uses:
        early = min(left, use["amount"])
        left -= early
        spread += [use | {"credit_id": f"{credit_id}.a", "amount": early}] if early else []
        late = use["amount"] - early
        spread += [use | {"credit_id": f"{credit_id}.b", "amount": late}] if late else []
    return RandomBooks(
        tuple(row for row in books.documents if row is not whole) + tuple(part for part in parts if part["amount"]),
        tuple(row for row in books.allocations if row["credit_id"] != credit_id) + tuple(spread),
        books.instalments,
        books.contacts,
    )


@few
@given(books=random_books(), as_of=days, which=st.integers(0, 99), share=st.sampled_from(["0.5", "0.1", "0.9999"]))
def test_law_2_a_payment_split_in_two_changes_no_client_and_no_invoice(
    books: RandomBooks, as_of: date, which: int, share: str
) -> None:
    credit_ids = [row["document_id"] for row in books.documents if row["kind"] not in DEBITS]
    if not credit_ids:
        return
    in_two = split(books, credit_ids[which % len(credit_ids)], Decimal(share))
    metrics = [metric for metric in METRICS if metric != "unapplied"]
    assert answers(kept(in_two), as_of, CONVENTIONS["default"], metrics) == answers(
        kept(books), as_of, CONVENTIONS["default"], metrics
    )


@few
@given(books=random_books(), as_of=days, chance=st.randoms(use_true_random=False))
def test_law_5_the_same_ledger_day_and_policy_give_the_same_rows_in_whatever_order_they_are_asked(
    books: RandomBooks, as_of: date, chance: Any
) -> None:
    ledger = kept(books)
    first = answers(ledger, as_of, CONVENTIONS["default"])
    assert answers(ledger, as_of, CONVENTIONS["default"], chance.sample(METRICS, len(METRICS))) == first


@few
@given(books=random_books(), as_of=days)
def test_law_6_what_is_not_known_is_null_and_amounts_are_always_decimal(books: RandomBooks, as_of: date) -> None:
    found = answers(kept(books), as_of, CONVENTIONS["default"])
    assert all((row["dso_days"] is None) == (row["billed_amount"] == 0) for row in found["dso"])
    assert all((row["on_time_rate"] is None) == (row["due_count"] == 0) for row in found["lateness"])
    assert all(row["control_difference"] is None for row in found["tie_out"])
    for table in found.values():
        money = [column for column in table.columns if column.endswith(("_amount", "balance")) or column == "amount"]
        assert all(isinstance(row[column], Decimal | None) for row in table for column in money)
