"""A bill and what is going to happen to it: the plan from which documents and allocations are made."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sample.books import Line
from sample.cast import Client


@dataclass(frozen=True)
class Step:
    """A credit that is going to settle a bill: so much of it, or all that is then left where amount is None."""

    kind: str  # payment | credit_note | write_off
    on: date
    amount: Decimal | None = None
    memo: str = ""


@dataclass(frozen=True)
class Bill:
    """A debit to come, with the steps that will settle it."""

    client: Client
    on: date
    due: date | None
    amount: Decimal
    memo: str
    steps: tuple[Step, ...] = ()
    kind: str = "invoice"
    status: str = "posted"
    is_disputed: bool = False
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Loose:
    """A credit that settles nothing yet: an advance, or a credit note that nobody has used."""

    client: Client
    kind: str
    on: date
    amount: Decimal
    memo: str
