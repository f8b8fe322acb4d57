"""Chance that is the same on every machine: a seeded stream used only through arithmetic that IEEE 754 fixes."""

import random
from collections.abc import Sequence
from decimal import Decimal
from typing import TypeVar

Choice = TypeVar("Choice")
CENT = Decimal("0.01")


class Chance:
    """A stream of its own for each subject, so that a change to one client leaves the others as they were."""

    def __init__(self, *subject: object) -> None:
        """Start the stream of this subject."""
        self._share = random.Random(":".join(str(part) for part in subject)).random

    def share(self) -> float:
        """Return a number from 0, inclusive, to 1, exclusive."""
        return self._share()

    def happens(self, probability: float) -> bool:
        """Return whether something of this probability comes about."""
        return self._share() < probability

    def whole(self, low: int, high: int) -> int:
        """Return a whole number from low to high, both inclusive, all equally likely."""
        return low + int(self._share() * (high - low + 1))

    def around(self, low: int, high: int) -> int:
        """Return a whole number from low to high, both inclusive, the middle the likeliest."""
        return low + int((self._share() + self._share()) / 2 * (high - low + 1))

    def pick(self, choices: Sequence[Choice]) -> Choice:
        """Return one of the choices, all equally likely."""
        return choices[int(self._share() * len(choices))]

    def money(self, typical: int) -> Decimal:
        """Return an amount in cents around a typical one: half to double as a rule, at times up to three times."""
        bulk, tail = self._share(), self._share()
        factor = 0.45 + 0.75 * bulk + 1.5 * tail * tail * tail * tail
        return Decimal(int(typical * 100 * factor)) * CENT
