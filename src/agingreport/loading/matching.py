"""Which credit settled which debit where an export cannot say: one client's account in one currency, day by day.

A credit is matched on the day it arrives, with what was there by then: by exact amount, then by a combination, then
oldest due first. What an export says is still open on a day bounds it: no match may contradict a statement of that
day or later, and what a statement shows as settled is explained before anything else. What no known credit explains
becomes a derived payment, and what a credit has settled and no known debit explains, a derived charge.

An export that names no day speaks of one between its latest document and its load: what came in between may be what it
shows as settled, so only then is the rest of it derived.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import combinations

NOTHING = Decimal(0)
LARGEST_COMBINATION = 4
MOST_CANDIDATES = 25  # 25 choose 4 is 12,650 sums: a millisecond; twice as many candidates take twenty


@dataclass(frozen=True)
class Statement:
    """What an export says is open on a document at the close of a day: `stated_on`, or later, up to `latest_on`."""

    stated_on: date
    open_amount: Decimal
    last_paid_on: date | None
    source_id: int
    latest_on: date | None = None  # none: the export names its day

    @property
    def until(self) -> date:
        """The last day it can speak of."""
        return self.latest_on or self.stated_on


@dataclass
class Entry:
    """A debit or a credit of the account, and what of it has been matched so far."""

    document_id: str
    document_date: date
    due_date: date
    amount: Decimal
    source_id: int
    is_debit: bool
    is_matchable: bool = True  # a credit whose export says what it settles is not matched
    statements: Sequence[Statement] = ()
    uses: list[tuple[date, Decimal]] = field(default_factory=list)
    _left: Decimal = field(init=False, repr=False)  # kept up: summing the uses anew each time is most of all work

    def __post_init__(self) -> None:
        self._left = self.amount - sum((used for _, used in self.uses), NOTHING)

    def left(self) -> Decimal:
        """What is not matched at all."""
        return self._left

    def use(self, day: date, amount: Decimal) -> None:
        """Match so much of it on that day."""
        self.uses.append((day, amount))
        self._left -= amount

    def used_by(self, day: date) -> Decimal:
        """What is matched up to the close of that day."""
        return sum((used for used_on, used in self.uses if used_on <= day), NOTHING)

    def room(self, day: date, *, may_speak: bool = False) -> Decimal:
        """What can still be matched on that day without contradicting a statement that speaks of it, or only may."""
        room = self._left
        for statement in self.statements:
            if room <= 0:
                return NOTHING
            if (statement.until if may_speak else statement.stated_on) >= day:
                room = min(room, self.unexplained(statement))
        return max(NOTHING, room)

    def unexplained(self, statement: Statement) -> Decimal:
        """What a statement shows as settled beyond all matches that it can know of."""
        return self.amount - statement.open_amount - self.used_by(statement.until)

    def needed_by(self, day: date) -> date:
        """The first statement from that day on that shows more settled than is matched; the end of time if none."""
        needs = (
            statement.stated_on
            for statement in self.statements
            if statement.stated_on >= day and self.unexplained(statement) > 0
        )
        return min(needs, default=date.max)

    def shown_before(self, day: date) -> tuple[date, Decimal] | None:
        """What the last statement that may still speak of that day shows as settled, unexplained; with its own day."""
        found = [one for one in self.statements if one.stated_on < day <= one.until and self.unexplained(one) > 0]
        return (found[-1].stated_on, min(self.unexplained(found[-1]), self._left)) if found else None


@dataclass(frozen=True)
class Match:
    """A derived allocation."""

    debit_id: str
    credit_id: str
    allocated_on: date
    amount: Decimal
    source_id: int


@dataclass(frozen=True)
class DerivedPayment:
    """A payment that no export holds, but that a statement shows; its debit and what its date rests on."""

    document_id: str
    debit_id: str
    document_date: date
    amount: Decimal
    date_basis: str
    source_id: int


@dataclass(frozen=True)
class DerivedCharge:
    """A debit that no export holds, but that a statement of its credit shows, and what its date rests on."""

    document_id: str
    credit_id: str
    document_date: date
    amount: Decimal
    date_basis: str
    source_id: int


Derived = Match | DerivedPayment | DerivedCharge


def match_account(entries: Iterable[Entry]) -> Iterator[Derived]:
    """The derived matches, payments and charges of one client in one currency, in order of date."""
    open_debits: dict[str, Entry] = {}
    waiting: dict[str, Entry] = {}
    for day, arrivals, stated in by_day(entries):
        for entry in arrivals:
            if entry.is_debit:
                open_debits[entry.document_id] = entry
            elif entry.is_matchable:
                waiting[entry.document_id] = entry
        touched = [entry.document_id for entry in arrivals]
        # On a day of which an export may only speak, it tells of what it shows; nothing new has come.
        is_new = bool(arrivals) or any(statement.stated_on >= day for _, statement in stated)
        for match in apply_credits(waiting, open_debits, day, is_new=is_new):
            touched += (match.debit_id, match.credit_id)
            yield match
        for entry, statement in stated:
            yield from explain(entry, statement) if entry.is_debit else explain_credit(entry, statement)
            touched.append(entry.document_id)
        forget_used(waiting, touched)
        forget_used(open_debits, touched)


def by_day(entries: Iterable[Entry]) -> Iterator[tuple[date, list[Entry], list[tuple[Entry, Statement]]]]:
    """Each day on which something arrives or is stated, with both, each in an order that no file decides."""
    ordered = sorted(entries, key=lambda entry: (entry.document_date, entry.document_id))
    arrivals: dict[date, list[Entry]] = {}
    stated: dict[date, list[tuple[Entry, Statement]]] = {}
    for entry in ordered:
        arrivals.setdefault(entry.document_date, []).append(entry)
        for statement in entry.statements:
            stated.setdefault(max(statement.until, entry.document_date), []).append((entry, statement))
    for day in sorted(arrivals.keys() | stated.keys()):
        yield day, arrivals.get(day, []), stated.get(day, [])


def apply_credits(
    waiting: dict[str, Entry], open_debits: dict[str, Entry], day: date, *, is_new: bool
) -> Iterator[Match]:
    """Match every waiting credit with what is open on that day; where it brings nothing new, with what is shown."""
    for credit in list(waiting.values()):
        for offer in (shown_settled, by_need) if is_new else (shown_settled,):
            left = credit.room(day, may_speak=offer is shown_settled)
            for candidates in offer(open_debits.values(), day) if left > 0 else ():
                for debit, amount in choose(candidates, left):
                    debit.use(day, amount)
                    credit.use(day, amount)
                    left -= amount
                    yield Match(debit.document_id, credit.document_id, day, amount, credit.source_id)


def shown_settled(debits: Iterable[Entry], day: date) -> list[list[tuple[Entry, Decimal]]]:
    """What exports that name no day, and may be later than this one, show as settled: the latest export first."""
    groups: dict[date, list[tuple[Entry, Decimal]]] = {}
    for debit in sorted(debits, key=lambda debit: (debit.due_date, debit.document_id)):
        if shown := debit.shown_before(day):
            groups.setdefault(shown[0], []).append((debit, shown[1]))
    return [groups[stated_on] for stated_on in sorted(groups, reverse=True)]


def by_need(debits: Iterable[Entry], day: date) -> list[list[tuple[Entry, Decimal]]]:
    """What can be settled on that day, oldest due first, in groups: first what the earliest statement shows as settled.

    Otherwise a payment taken for one debt could be derived once more for another, and a split payment for neither.
    """
    groups: dict[date, list[tuple[Entry, Decimal]]] = {}
    for debit in sorted(debits, key=lambda debit: (debit.due_date, debit.document_id)):
        if (room := debit.room(day)) > 0:
            groups.setdefault(debit.needed_by(day), []).append((debit, room))
    return [groups[needed_by] for needed_by in sorted(groups)]


def choose(candidates: Sequence[tuple[Entry, Decimal]], amount: Decimal) -> Sequence[tuple[Entry, Decimal]]:
    """What the amount settles: one debit exactly, else a few exactly, else the oldest due as far as it goes."""
    if amount <= 0:
        return ()
    nearest = [candidate for candidate in candidates if candidate[1] <= amount][:MOST_CANDIDATES]
    for size in range(1, LARGEST_COMBINATION + 1):
        for chosen in combinations(nearest, size):
            if sum((room for _, room in chosen), NOTHING) == amount:
                return chosen
    return oldest_first(candidates, amount)


def oldest_first(candidates: Sequence[tuple[Entry, Decimal]], amount: Decimal) -> list[tuple[Entry, Decimal]]:
    """The amount spread over the candidates in their order."""
    spread = []
    for debit, room in candidates:
        part = min(room, amount)
        if part > 0:
            spread.append((debit, part))
            amount -= part
    return spread


def explain(debit: Entry, statement: Statement) -> Iterator[DerivedPayment]:
    """The payment that a statement shows and nothing known explains, if there is one."""
    unexplained = min(debit.unexplained(statement), debit.left())
    if unexplained <= 0:
        return
    paid_on, basis = date_of(debit, statement)
    debit.use(paid_on, unexplained)
    yield DerivedPayment(
        document_id=f"derived payment of {debit.document_id} by {statement.stated_on}",
        debit_id=debit.document_id,
        document_date=paid_on,
        amount=unexplained,
        date_basis=basis,
        source_id=statement.source_id,
    )


def explain_credit(credit: Entry, statement: Statement) -> Iterator[DerivedCharge]:
    """What a credit has settled by a statement that is in no export: an invoice of before, or money paid back."""
    unexplained = min(credit.unexplained(statement), credit.left())
    if unexplained <= 0:
        return
    earlier = any(one.stated_on < statement.stated_on for one in credit.statements)
    day = max(statement.stated_on, credit.document_date) if earlier else credit.document_date
    credit.use(day, unexplained)
    yield DerivedCharge(
        document_id=f"derived use of {credit.document_id} by {statement.stated_on}",
        credit_id=credit.document_id,
        document_date=day,
        amount=unexplained,
        date_basis="between exports" if earlier else "assumed",
        source_id=statement.source_id,
    )


def date_of(debit: Entry, statement: Statement) -> tuple[date, str]:
    """The best evidence of when it was paid: the export's own date, the first export that shows it, else the due date.

    The last is an assumption: a single export says of an old invoice only that it was paid some time. Lateness leaves
    such payments out, and the report counts them.
    """
    stated_on = max(statement.stated_on, debit.document_date)
    open_until = max(
        (earlier.stated_on for earlier in debit.statements if earlier.stated_on < statement.stated_on), default=date.min
    )
    paid_on = statement.last_paid_on
    if paid_on and debit.document_date <= paid_on <= stated_on and paid_on > open_until:
        return paid_on, "stated"
    if open_until > date.min:
        return stated_on, "between exports"
    return (debit.due_date if debit.document_date <= debit.due_date <= stated_on else stated_on), "assumed"


def forget_used(entries: dict[str, Entry], touched: Iterable[str]) -> None:
    """Drop those of the touched that are matched in full, so that a long account stays short."""
    for document_id in touched:
        if document_id in entries and entries[document_id].left() <= 0:
            del entries[document_id]
