"""What no derived match may ever do, on random accounts."""

from collections import defaultdict
from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from agingreport.loading.matching import Derived, DerivedCharge, Entry, Match, Statement, match_account

quick = settings(max_examples=100, deadline=None)
FIRST_DAY = date(2025, 1, 1)
days = st.integers(0, 40).map(lambda count: FIRST_DAY + timedelta(days=count))
amounts = st.sampled_from([10, 20, 30, 50, 60, 100]).map(Decimal)
NOTHING = Decimal(0)
LAST_DAY = FIRST_DAY + timedelta(days=45)


@st.composite
def statements(draw: st.DrawFn, amount: Decimal, begins: date) -> tuple[Statement, ...]:
    """What successive exports say is open: never more than before, on days from the document's own on.

    Some name no day: they speak of one up to that of their load, or of the next.
    """
    stated_days = sorted(draw(st.sets(days, max_size=3)))
    left, stated = amount, []
    for day, next_day in zip(stated_days, [*stated_days[1:], LAST_DAY], strict=False):
        left = draw(st.sampled_from([left, left, left / 2, NOTHING]))
        paid_on = draw(st.none() | days)
        latest_on = draw(st.sampled_from([None, None, day, next_day]))
        if day >= begins:
            stated.append(Statement(day, left, paid_on, 1, latest_on))
    return tuple(stated)


@st.composite
def accounts(draw: st.DrawFn, with_statements: bool = True, of_credits: bool = False) -> list[Entry]:
    """Up to thirteen debits and credits, some debits with statements, and some credits if asked."""
    entries = []
    for number in range(draw(st.integers(0, 13))):
        is_debit = draw(st.booleans())
        day, amount = draw(days), draw(amounts)
        entries.append(
            Entry(
                document_id=f"{'I' if is_debit else 'P'}{number}",
                document_date=day,
                due_date=day + timedelta(days=draw(st.integers(-3, 10))),
                amount=amount,
                source_id=1,
                is_debit=is_debit,
                statements=draw(statements(amount, day)) if with_statements and (is_debit or of_credits) else (),
            )
        )
    return entries


def matched(entries: list[Entry]) -> list[Derived]:
    """The matches; the entries given stay as they are."""
    return list(match_account(deepcopy(entries)))


def settled(found: list[Derived], day: date) -> dict[str, Decimal]:
    """What is matched of each debit and each credit by the close of a day."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for one in found:
        for document_id in sides(one):
            sums[document_id] += one.amount if day_of(one) <= day else NOTHING
    return sums


def sides(found: Derived) -> tuple[str, ...]:
    """The known documents that it matches: of what is derived, one."""
    match found:
        case Match():
            return found.debit_id, found.credit_id
        case DerivedCharge():
            return (found.credit_id,)
        case _:
            return (found.debit_id,)


def day_of(found: Derived) -> date:
    return found.allocated_on if isinstance(found, Match) else found.document_date


@quick
@given(entries=accounts(of_credits=True))
def test_it_never_takes_more_than_there_is_of_either_side(entries: list[Entry]) -> None:
    found = matched(entries)
    assert all(one.amount > 0 for one in found)
    used = settled(found, date.max)
    assert all(used[entry.document_id] <= entry.amount for entry in entries)


@quick
@given(entries=accounts(of_credits=True))
def test_it_never_precedes_either_document(entries: list[Entry]) -> None:
    dated = {entry.document_id: entry.document_date for entry in entries}
    for one in matched(entries):
        assert all(dated[document_id] <= day_of(one) for document_id in sides(one))


@quick
@given(entries=accounts(of_credits=True))
def test_it_never_contradicts_a_statement_and_leaves_none_unexplained(entries: list[Entry]) -> None:
    found = matched(entries)
    for entry in entries:
        for statement in entry.statements:
            shown = entry.amount - statement.open_amount
            assert settled(found, statement.stated_on)[entry.document_id] <= shown
            assert settled(found, statement.until)[entry.document_id] >= shown


@quick
@given(entries=accounts(of_credits=True), chance=st.randoms(use_true_random=False))
def test_it_does_not_depend_on_the_order_of_the_entries(entries: list[Entry], chance: Any) -> None:
    assert matched(chance.sample(entries, len(entries))) == matched(entries)


@quick
@given(entries=accounts(with_statements=False), day=days)
def test_a_later_entry_never_changes_an_earlier_match(entries: list[Entry], day: date) -> None:
    early = [entry for entry in entries if entry.document_date <= day]
    assert matched(early) == [one for one in matched(entries) if day_of(one) <= day]


@quick
@given(entries=accounts(), which=st.integers(0, 99), share=st.sampled_from(["0.5", "0.1", "0.3"]), day=days)
def test_a_payment_split_in_two_leaves_the_accounts_total_as_it_was(
    entries: list[Entry], which: int, share: str, day: date
) -> None:
    credits_ = [entry for entry in entries if not entry.is_debit]
    if not credits_:
        return
    whole = credits_[which % len(credits_)]
    part = whole.amount * Decimal(share)
    first = replace(whole, document_id=f"{whole.document_id}.a", amount=part, uses=[])
    second = replace(whole, document_id=f"{whole.document_id}.b", amount=whole.amount - part, uses=[])
    in_two = [entry for entry in entries if entry is not whole] + [first, second]
    assert debts_settled(in_two, day) == debts_settled(entries, day)


def debts_settled(entries: list[Entry], day: date) -> Decimal:
    """What is settled of all debits by the close of a day."""
    sums = settled(matched(entries), day)
    return sum((sums[entry.document_id] for entry in entries if entry.is_debit), NOTHING)
