"""What really happened: every document of the business and which credit settled which debit.

All exports, the control balances and expected.json are written from one `Books`, so they cannot contradict each other.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

NOTHING = Decimal("0.00")
DEBITS = frozenset({"invoice", "journal_debit", "refund"})


@dataclass(frozen=True)
class Line:
    """One line of a Xero invoice: amounts in the document's currency, the tax beside the net amount."""

    description: str
    quantity: int
    unit_amount: Decimal
    tax_amount: Decimal

    @property
    def net_amount(self) -> Decimal:
        """Quantity times unit amount, without tax."""
        return self.quantity * self.unit_amount


@dataclass(frozen=True)
class Document:
    """Anything dated that moves a client's account; its amount is positive, its kind gives the side."""

    document_id: str
    book: str  # quickbooks | xero | workshop: the program that holds it
    kind: str
    client: str
    number: str
    document_date: date
    due_date: date | None
    amount: Decimal
    currency: str
    memo: str = ""
    terms_days: int | None = None
    status: str = "posted"
    is_disputed: bool = False
    lines: tuple[Line, ...] = ()

    @property
    def is_debit(self) -> bool:
        """Whether the document adds to what the client owes."""
        return self.kind in DEBITS

    @property
    def signed_amount(self) -> Decimal:
        """The amount as it moves the balance; drafts and voids move nothing."""
        if self.status != "posted":
            return NOTHING
        return self.amount if self.is_debit else -self.amount


@dataclass(frozen=True)
class Allocation:
    """So much of a credit settled so much of a debit, on the day of the credit."""

    debit_id: str
    credit_id: str
    amount: Decimal
    allocated_on: date


@dataclass(frozen=True)
class Books:
    """The whole truth about the business, as of any day."""

    documents: tuple[Document, ...]
    allocations: tuple[Allocation, ...]

    @cached_property
    def by_id(self) -> dict[str, Document]:
        """Each document under its id."""
        return {document.document_id: document for document in self.documents}

    def of(self, book: str, *kinds: str) -> list[Document]:
        """Return the documents of one program and some kinds, by date, then by number."""
        found = [d for d in self.documents if d.book == book and d.kind in kinds]
        return sorted(found, key=lambda d: (d.document_date, d.number, d.client))

    def left_of(self, as_of: date) -> dict[str, Decimal]:
        """Return what is still open of each debit and still unapplied of each credit at the close of as_of, if > 0."""
        left = {d.document_id: d.amount for d in self.documents if d.document_date <= as_of and d.status == "posted"}
        for allocation in self.allocations:
            if allocation.allocated_on <= as_of:
                left[allocation.debit_id] -= allocation.amount
                left[allocation.credit_id] -= allocation.amount
        return {document_id: amount for document_id, amount in left.items() if amount}

    def balances(self, as_of: date) -> dict[tuple[str, str], Decimal]:
        """Return the balance of each client and currency at the close of as_of, zeros left out."""
        balance: dict[tuple[str, str], Decimal] = defaultdict(lambda: NOTHING)
        for document in self.documents:
            if document.document_date <= as_of:
                balance[document.client, document.currency] += document.signed_amount
        return {key: amount for key, amount in balance.items() if amount}

    def balance(self, as_of: date, currency: str) -> Decimal:
        """Return what all clients owe in one currency at the close of as_of, less what is theirs."""
        return total(amount for (_, key), amount in self.balances(as_of).items() if key == currency)


def total(amounts: Iterable[Decimal]) -> Decimal:
    """Return the sum, 0.00 of nothing."""
    return sum(amounts, NOTHING)
