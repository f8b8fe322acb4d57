"""From bills and their plans to documents and allocations, one client and program at a time, in order of time."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from sample.bills import Bill, Loose, Step
from sample.books import Allocation, Books, Document
from sample.calendar_days import LAST_DAY, days_after
from sample.ids import credit_id, debit_id
from sample.lines import one_line

FIRST_NUMBERS = {"quickbooks": 2101, "xero": 1, "workshop": 101}
STYLES = {"quickbooks": "{}", "xero": "INV-{:04}", "workshop": "W-{:04}"}
PREFIXES = {
    ("quickbooks", "credit_note"): "CM-",
    ("workshop", "credit_note"): "WC-",
    ("xero", "credit_note"): "CN-",
    ("quickbooks", "write_off"): "WO-",
}


@dataclass
class Event:
    """One step of one bill, on the day on which it will really be taken."""

    on: date
    step: Step
    debit: Document


@dataclass
class Account:
    """A client's account in one program while its events are played."""

    debits: list[Document]
    left: dict[str, Decimal]
    credits: list[Document] = field(default_factory=list)
    allocations: list[Allocation] = field(default_factory=list)


def settle(bills: list[Bill], loose: list[Loose]) -> Books:
    """Number the bills, play every plan up to the last day, and return the books."""
    debits = _numbered(bills)
    accounts: dict[tuple[str, str], list[tuple[Bill, Document]]] = defaultdict(list)
    for bill, debit in debits:
        accounts[debit.book, debit.client].append((bill, debit))
    played = [_play(account) for _, account in sorted(accounts.items(), key=lambda item: item[0])]
    credits = [credit for account in played for credit in account.credits]
    credits += [_loose_document(credit) for credit in loose]
    identities, credits = _numbered_credits(credits)
    allocations = [
        Allocation(a.debit_id, identities[a.credit_id], a.amount, a.allocated_on)
        for account in played
        for a in account.allocations
    ]
    return Books((*(debit for _, debit in debits), *credits), tuple(allocations))


def _numbered(bills: list[Bill]) -> list[tuple[Bill, Document]]:
    next_number = dict(FIRST_NUMBERS)
    numbered = []
    for bill in sorted(bills, key=lambda bill: (bill.on, bill.client.book, bill.client.name, bill.amount)):
        book = bill.client.book
        number = STYLES[book].format(next_number[book])
        next_number[book] += 1
        numbered.append((bill, _debit(bill, number)))
    return numbered


def _debit(bill: Bill, number: str) -> Document:
    client = bill.client
    return Document(
        document_id=debit_id(client.book, bill.kind, number, client.name),
        book=client.book,
        kind=bill.kind,
        client=client.name,
        number=number,
        document_date=bill.on,
        due_date=bill.due,
        amount=bill.amount,
        currency=client.currency,
        memo=bill.memo,
        terms_days=client.terms_days,
        status=bill.status,
        is_disputed=bill.is_disputed,
        lines=bill.lines,
    )


def _play(bills: list[tuple[Bill, Document]]) -> Account:
    debits = [debit for _, debit in bills]
    account = Account(debits, {debit.document_id: debit.amount for debit in debits})
    events = [Event(step.on, step, debit) for bill, debit in bills for step in bill.steps]
    for on, day in _by_day(events):
        for event in (event for event in day if event.step.kind != "payment"):
            _take(account, on, [event])
        _take(account, on, [event for event in day if event.step.kind == "payment"])
    return account


def _by_day(events: list[Event]) -> list[tuple[date, list[Event]]]:
    """Return the events of each day up to the last one; what cannot share a cheque moves to the next working day."""
    days: dict[date, list[Event]] = defaultdict(list)
    for event in sorted(events, key=lambda event: (event.on, event.debit.number)):
        while not _fits(days[event.on], event):
            event.on = days_after(event.on, 1) if event.on.weekday() < 4 else days_after(event.on, 3)
        days[event.on].append(event)
    return [(on, day) for on, day in sorted(days.items()) if day and on <= LAST_DAY]


def _fits(day: list[Event], event: Event) -> bool:
    """Two bills in full go into one payment at most; a part payment comes alone."""
    if event.step.kind != "payment":
        return True
    payments = [each.step for each in day if each.step.kind == "payment"]
    in_full = all(step.amount is None for step in [*payments, event.step])
    return not payments or (in_full and len(payments) < 2)


def _take(account: Account, on: date, events: list[Event]) -> None:
    """Book one credit for the events of a day, unless nothing is left to settle."""
    wanted = [(event.debit, _amount(account, on, event)) for event in events]
    wanted = [(debit, amount) for debit, amount in wanted if amount > 0]
    if not wanted:
        return
    first, kind = wanted[0][0], events[0].step.kind
    key = f"{first.book}/{first.client}/{kind}/{len(account.credits)}"
    amount = sum((amount for _, amount in wanted), Decimal("0.00"))
    account.credits.append(_credit(key, replace(events[0].step, on=on), amount, first))
    for debit, share in wanted:
        settled = min(share, account.left[debit.document_id])
        account.left[debit.document_id] -= settled
        allocated_on = max(on, debit.document_date)
        account.allocations.append(Allocation(debit.document_id, key, settled, allocated_on))


def _amount(account: Account, on: date, event: Event) -> Decimal:
    """Return what the event pays. A part payment in QuickBooks goes to the oldest debt or is not made."""
    left = account.left[event.debit.document_id]
    if event.step.amount is None:
        return left
    if event.step.kind == "credit_note" and event.step.amount > left:
        return Decimal("0.00")
    if event.step.kind == "payment" and event.debit.book == "quickbooks" and event.debit != _oldest(account, on):
        return Decimal("0.00")
    return event.step.amount


def _oldest(account: Account, on: date) -> Document | None:
    due = [debit for debit in account.debits if debit.document_date <= on and account.left[debit.document_id] > 0]
    return min(due, key=lambda debit: (debit.due_date or debit.document_date, debit.number), default=None)


def _credit(key: str, step: Step, amount: Decimal, debit: Document) -> Document:
    return Document(
        document_id=key,
        book=debit.book,
        kind=step.kind,
        client=debit.client,
        number="",
        document_date=step.on,
        due_date=None,
        amount=amount,
        currency=debit.currency,
        memo=step.memo,
    )


def _loose_document(loose: Loose) -> Document:
    client = loose.client
    return Document(
        document_id=f"{client.book}/{client.name}/{loose.kind}/loose",
        book=client.book,
        kind=loose.kind,
        client=client.name,
        number="",
        document_date=loose.on,
        due_date=None,
        amount=loose.amount,
        currency=client.currency,
        memo=loose.memo,
        lines=one_line(loose.memo, loose.amount) if client.book == "xero" else (),
    )


def _numbered_credits(credits: list[Document]) -> tuple[dict[str, str], list[Document]]:
    """Return the final id of each credit under its provisional one, and the credits with numbers and final ids."""
    identities: dict[str, str] = {}
    numbered: list[Document] = []
    counts: dict[str, int] = defaultdict(int)
    for credit in sorted(credits, key=lambda c: (c.document_date, c.book, c.client, c.kind, c.amount)):
        prefix = PREFIXES.get((credit.book, credit.kind), "")
        counts[prefix or credit.book] += 1
        number = f"{prefix}{counts[prefix]:04}" if prefix else ""
        identities[credit.document_id] = credit_id(credit, number, counts[prefix or credit.book])
        numbered.append(replace(credit, number=number, document_id=identities[credit.document_id]))
    return identities, numbered
