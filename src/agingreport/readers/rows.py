"""Says of each row below a header what it is: a fact, left out by rule (blank, heading, total, footer), or refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from agingreport.errors import AgingReportError
from agingreport.readers.statements import is_cash_basis, is_footer
from agingreport.readers.values import Header, Record

_COUNT = re.compile(r"\s*\(\d+\)$")

# Takes the number of a row and its cells, in the order of `fact_columns`.
Take = Callable[[int, Sequence[str]], None]


@dataclass
class RowCount:
    """What became of the rows below a header, facts aside: read, left out, refused; and what the footer said."""

    read: int = 0
    skipped: int = 0
    refused: list[tuple[int, str, str | None]] = field(default_factory=list)
    footers: list[str] = field(default_factory=list)

    def refuse(self, record: Record, reason: str) -> None:
        """Keep a row that is no fact, with the reason."""
        self.refused.append((record.number, reason, record.text))


def fact_columns(header: Header) -> list[str]:
    """Name the cells of a fact, in order; a heading's client comes last."""
    return [*header.positions, *([header.format.group] if header.format.group else [])]


def sort_rows(records: Iterable[Record], header: Header, take: Take) -> RowCount:
    """Hand each fact to `take` and count the rest."""
    below = (record for record in records if record.number > header.record_number)
    if header.format.layout == "list":
        return _sort_list(below, header, take)
    return _Report(header, take).sort(below)


def _sort_list(records: Iterable[Record], header: Header, take: Take) -> RowCount:
    count, width, places = RowCount(), _width(header), list(header.positions.values())
    for record in records:
        count.read += 1
        if len(record.cells) == width:
            fact = [record.cells[place].strip() for place in places]
            if any(fact):
                take(record.number, fact)
                continue
        if record.is_blank:
            count.skipped += 1
            continue
        cells = _padded(record.cells, width) if header.format.is_ragged else record.cells
        if problem := record.problem or _misfit(cells, width):
            count.refuse(record, problem)
        else:
            take(record.number, [cells[place].strip() for place in places])
    return count


def _padded(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    return cells + ("",) * (width - len(cells))


def _misfit(cells: Sequence[str], width: int) -> str | None:
    if len(cells) < width or any(cell.strip() for cell in cells[width:]):
        return f"has {len(cells)} fields where the header has {width}"
    return None


def _width(header: Header) -> int:
    return max(place for place, cell in enumerate(header.cells) if cell.strip()) + 1


class _Report:
    """Sorts the rows of a report, remembering the headings it is under."""

    def __init__(self, header: Header, take: Take) -> None:
        self._header, self._take, self._count = header, take, RowCount()
        self._width = _width(header)
        # Blank cells at the end may be left out; an amount never is, or the row was cut.
        self._least_width = 1 + max(header.positions.get(column, 0) for column in ("amount", "open_amount"))
        self._is_grouped = not header.cells[0].strip()
        self._places = tuple(header.positions.values())
        self._mark = header.positions.get("kind", header.positions.get("document_date", 0))
        self._plain_places = self._mark, header.positions.get("amount", header.positions.get("open_amount", 0))
        self._headings: list[str] = []
        self._facts: list[tuple[int, list[str], str]] = []
        self._names: set[str] = set()

    def sort(self, records: Iterable[Record]) -> RowCount:
        for record in records:
            self._count.read += 1
            if self._is_plain_fact(record.cells):
                self._keep(record, record.cells)
            else:
                self._sort_one(record)
        has_counts = bool(self._names) and all(_COUNT.search(name) for name in self._names)
        for number, cells, heading in self._facts:
            name = _COUNT.sub("", heading) if has_counts else heading
            self._take(number, [*cells, name] if self._header.format.group else cells)
        return self._count

    def _is_plain_fact(self, cells: Sequence[str]) -> bool:
        """Say whether a row is plainly a transaction, as nearly all are: it has its mark, and an amount beside it."""
        marked, amount = self._plain_places
        return marked < amount < len(cells) and bool(cells[marked].strip() and cells[amount].strip())

    def _sort_one(self, record: Record) -> None:
        cells = [cell.strip() for cell in record.cells]
        filled = [place for place, cell in enumerate(cells) if cell]
        if record.problem:
            self._count.refuse(record, record.problem)
        elif not filled:
            self._count.skipped += 1
        elif len(filled) == 1 and is_footer(cells[filled[0]]):
            self._take_footer(cells[filled[0]])
        elif self._is_total(cells, filled):
            self._close(cells[filled[0]])
        elif filled == [0] and self._is_grouped:
            self._open(cells[0])
        elif self._is_fact(cells, filled):
            self._keep(record, cells)
        else:
            self._count.refuse(record, "neither a transaction nor a heading, total or footer")

    def _keep(self, record: Record, cells: Sequence[str]) -> None:
        if len(cells) < self._least_width or any(cell.strip() for cell in cells[self._width :]):
            self._count.refuse(record, f"has {len(cells)} fields where the header has {self._width}")
            return
        if self._header.format.group and not self._headings:
            self._count.refuse(record, "stands under no heading that names its client")
            return
        padded = cells if len(cells) >= self._width else [*cells, *[""] * (self._width - len(cells))]
        heading = self._headings[-1] if self._headings else ""
        self._facts.append((record.number, [padded[place].strip() for place in self._places], heading))

    def _take_footer(self, text: str) -> None:
        if is_cash_basis(text):
            raise AgingReportError("a report on the cash basis leaves out what is unpaid; export it on accrual basis")
        self._count.footers.append(text)
        self._count.skipped += 1

    def _open(self, heading: str) -> None:
        self._headings.append(heading)
        self._names.add(heading)
        self._count.skipped += 1

    def _close(self, label: str) -> None:
        self._count.skipped += 1
        for depth, heading in enumerate(self._headings):
            if _closes(label, heading):
                del self._headings[depth:]
                return

    def _is_total(self, cells: list[str], filled: list[int]) -> bool:
        label, others = cells[filled[0]], filled[1:]
        if filled[0] > 1 or not label.casefold().startswith("total") or self._is_transaction(cells):
            return False
        if label.casefold() == "total" or any(_closes(label, heading) for heading in self._headings):
            return True
        return label.casefold().startswith("total for ") and bool(others)

    def _is_transaction(self, cells: list[str]) -> bool:
        """A kind is what totals and headings never have, whatever a client is called."""
        return self._mark < len(cells) and bool(cells[self._mark])

    def _is_fact(self, cells: list[str], filled: list[int]) -> bool:
        return self._is_transaction(cells) or (len(filled) > 1 and not (self._is_grouped and cells[0]))


def _closes(label: str, heading: str) -> bool:
    """Say whether a label is the total of a heading: its name, perhaps without its count or with its parts."""
    name = _COUNT.sub("", heading)
    rest = re.sub(r"^total (for )?", "", label, flags=re.IGNORECASE)
    return rest in {heading, name} or rest.startswith((f"{heading} with sub-", f"{name} with sub-"))
