"""The figures that two programs must agree on to the cent, in one shape for all of them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from pathlib import Path

BUCKETS = ("current", "1-30", "31-60", "61-90", "91+")
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Figures:
    """Amounts as text with two places; each list in the order of its words below."""

    aging: Mapping[str, list[str]] = field(default_factory=dict)  # by client: the five buckets
    trend: Mapping[str, list[str]] = field(default_factory=dict)  # by month end: buckets, unapplied, billed in 90 days
    paid: Mapping[str, list[int]] = field(default_factory=dict)  # by client: invoices settled in full, sum of days late

    def write(self, path: Path) -> None:
        """Keep them as JSON."""
        path.write_text(json.dumps(asdict(self)), encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> "Figures":
        """Those that were kept."""
        return cls(**json.loads(path.read_text(encoding="utf-8")))


def cents(amounts: Iterable[Decimal | None]) -> list[str]:
    """Amounts with two places; null is nothing."""
    return [str((amount or Decimal(0)).quantize(CENT)) for amount in amounts]


def differences(ours: Figures, theirs: Figures) -> list[str]:
    """Where the two disagree, in a line each: what, for whom, ours, theirs."""
    return [
        f"{part} {key}: {mine.get(key)} here, {others.get(key)} there"
        for part in ("aging", "trend", "paid")
        for mine, others in [(getattr(ours, part), getattr(theirs, part))]
        for key in sorted(mine.keys() | others.keys())
        if mine.get(key) != others.get(key)
    ]
