"""Says of each row below a header what it is: a fact, left out by rule (blank, heading, total, footer), or refused."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from agingreport.readers.counts import RowCount, Take, width
from agingreport.readers.reports import Report
from agingreport.readers.values import Header, Record


def sort_rows(records: Iterable[Record], header: Header, take: Take) -> RowCount:
    """Hand each fact to `take` and count the rest."""
    below = (record for record in records if record.number > header.record_number)
    if header.format.layout == "list":
        return _sort_list(below, header, take)
    return Report(header, take).sort(below)


def _sort_list(records: Iterable[Record], header: Header, take: Take) -> RowCount:
    count, wide, places = RowCount(), width(header), list(header.positions.values())
    for record in records:
        count.read += 1
        if record.is_blank:
            count.skipped += 1
            continue
        cells = _padded(record.cells, wide) if header.format.is_ragged else record.cells
        if problem := record.problem or _misfit(cells, wide):
            count.refuse(record, problem)
        else:
            take(record.number, [cells[place].strip() for place in places])
    return count


def _padded(cells: tuple[str, ...], wide: int) -> tuple[str, ...]:
    return cells + ("",) * (wide - len(cells))


def _misfit(cells: Sequence[str], wide: int) -> str | None:
    if len(cells) < wide or any(cell.strip() for cell in cells[wide:]):
        return f"has {len(cells)} fields where the header has {wide}"
    return None
