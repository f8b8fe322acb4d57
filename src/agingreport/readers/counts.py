"""What becomes of the rows of a file that are no facts, and what the file prints of its own about the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from agingreport.readers.values import Header, Record

# Takes the number of a row and its cells, in the order of `fact_columns`.
Take = Callable[[int, Sequence[str]], None]


@dataclass(frozen=True)
class PrintedTotal:
    """A total row: what it prints, by our columns and by the titles of buckets, over the facts from `first_row` on."""

    row_number: int
    label: str
    first_row: int
    figures: Mapping[str, str]


@dataclass
class RowCount:
    """What became of the rows below a header, facts aside: read, left out, refused; and what they said of the facts.

    `buckets` are the cells of the facts that split their open amount: row, title and text. A report that `is_ended` has
    come to its grand total, so nothing was cut off.
    """

    read: int = 0
    skipped: int = 0
    refused: list[tuple[int, str, str | None]] = field(default_factory=list)
    footers: list[str] = field(default_factory=list)
    totals: list[PrintedTotal] = field(default_factory=list)
    buckets: list[tuple[int, str, str]] = field(default_factory=list)
    is_ended: bool = False

    def refuse(self, record: Record, reason: str) -> None:
        """Keep a row that is no fact, with the reason."""
        self.refused.append((record.number, reason, record.text))


def fact_columns(header: Header) -> list[str]:
    """Name the cells of a fact, in order; what its heading says comes last."""
    return [*header.positions, *([header.format.group] if header.format.group else [])]


def width(header: Header) -> int:
    """Count the cells of a row up to the last that has a title."""
    return max(place for place, cell in enumerate(header.cells) if cell.strip()) + 1
