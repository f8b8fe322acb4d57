"""Says of each row below a header what it is: a fact, left out by rule (blank, heading, total, footer), or refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from agingreport.readers.counts import RowCount, Take, width
from agingreport.readers.reports import Report
from agingreport.readers.values import Header, Record


def sort_rows(
    records: Iterable[Record], header: Header, take: Take, *, lose: Callable[[], None] = lambda: None
) -> RowCount:
    """Hand each fact to `take` and count the rest; `lose` is told of each row of a list that is refused."""
    below = (record for record in records if record.number > header.record_number)
    if header.format.layout == "list":
        return _sort_list(below, header, take, lose)
    return Report(header, take).sort(below)


def _sort_list(records: Iterable[Record], header: Header, take: Take, lose: Callable[[], None]) -> RowCount:
    count, wide, places = RowCount(), width(header), list(header.positions.values())
    for record in records:
        count.read += 1
        if len(record.cells) == wide and not record.problem and not header.format.lone_rows:
            fact = [record.cells[place].strip() for place in places]
            if any(fact):
                take(record.number, fact)
                continue
        if record.is_blank or _is_lone(record, header):
            count.skipped += 1
            continue
        cells = _padded(record.cells, wide) if _may_end_early(record, header) else record.cells
        if problem := record.problem or _misfit(cells, wide):
            count.refuse(record, problem)
            lose()
        else:
            take(record.number, [cells[place].strip() for place in places])
    return count


def _is_lone(record: Record, header: Header) -> bool:
    """Say whether a row holds one text alone, and one that the format knows to say nothing."""
    texts = [cell.strip().casefold() for cell in record.cells if cell.strip()] if header.format.lone_rows else []
    return len(texts) == 1 and texts[0] in header.format.lone_rows


def _may_end_early(record: Record, header: Header) -> bool:
    """Say whether a row may lack its last cells: not one of the very kind that the header names (`!TRNS`, `TRNS`)."""
    kind = header.cells[0].strip().lstrip("!").casefold()
    return header.format.is_ragged and record.cells[:1] != () and record.cells[0].strip().casefold() != kind


def _padded(cells: tuple[str, ...], wide: int) -> tuple[str, ...]:
    return cells + ("",) * (wide - len(cells))


def _misfit(cells: Sequence[str], wide: int) -> str | None:
    if len(cells) < wide or any(cell.strip() for cell in cells[wide:]):
        return f"has {len(cells)} fields where the header has {wide}"
    return None
