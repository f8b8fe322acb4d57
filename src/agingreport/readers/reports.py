"""Sorts the rows of a report: facts under headings, and the totals that close them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from agingreport.errors import AgingReportError
from agingreport.readers.counts import PrintedTotal, RowCount, Take, width
from agingreport.readers.dates import parse_date
from agingreport.readers.statements import is_cash_basis, is_footer
from agingreport.readers.values import Header, Record
from agingreport.readers.words import parse_currency

_COUNT = re.compile(r"\s*\(\d+\)$")
_LETTERS = re.compile(r"[^\W\d_]")


@dataclass
class _Heading:
    """A heading; one that a total of its name has closed held all the headings that were opened in between."""

    text: str
    row_number: int
    is_closed: bool = False


class Report:
    """Remembers the headings that a row stands under."""

    def __init__(self, header: Header, take: Take) -> None:
        """Begin below the header, under no heading."""
        self._header, self._take, self._count = header, take, RowCount()
        self._width, self._group = width(header), header.format.group
        # Blank cells at the end may be left out; what the books rest on never is, or the row was cut.
        needed = ("amount", "open_amount", "due_date", "status")
        self._least_width = 1 + max(header.positions.get(column, 0) for column in needed)
        self._has_lone_headings = header.format.headings == "alone"
        # Headings stand in the first columns, as many as have no title; a grand total may stand in the second.
        self._heading_columns = next((place for place, cell in enumerate(header.cells) if cell.strip()), 0)
        self._is_grouped = self._has_lone_headings or self._heading_columns > 0
        self._headings: list[_Heading] = []
        self._has_closed = False
        self._facts: list[tuple[int, list[str], tuple[_Heading, ...]]] = []
        self._buckets = header.bucket_places
        amounts = {
            column: header.positions[column] for column in ("amount", "open_amount") if column in header.positions
        }
        self._printed_places = {**amounts, **self._buckets}

    def sort(self, records: Iterable[Record]) -> RowCount:
        """Hand on the facts, each with its heading where that says something of it, and count the rest."""
        for record in records:
            self._count.read += 1
            self._sort_one(record)
        self._refuse_numbers_for_clients()
        self._refuse_outside_sections()
        names = {headings[-1].text for _, _, headings in self._facts if headings}
        has_counts = bool(names) and all(_COUNT.search(name) for name in names)
        for number, cells, headings in self._facts:
            if self._group and (unclosed := self._unclosed(headings)):
                told = f"its heading {headings[-1].text} stands under {unclosed}, which no total closes"
                self._count.refused.append((number, told, None))
            else:
                self._take(number, [*cells, self._name(headings, has_counts)] if self._group else cells)
        return self._count

    def _unclosed(self, headings: tuple[_Heading, ...]) -> str | None:
        """Give a heading that may or may not hold the last one: where others have totals, its own is missing."""
        return next((one.text for one in headings[:-1] if not one.is_closed), None) if self._has_closed else None

    def _refuse_outside_sections(self) -> None:
        """Refuse facts outside of a section that names their currency, where others stand in one."""
        if self._group == "currency" and any(headings for _, _, headings in self._facts):
            outside = [number for number, _, headings in self._facts if not headings]
            told = "stands under no heading that names its currency"
            self._count.refused += [(number, told, None) for number in outside]
            self._facts = [fact for fact in self._facts if fact[2]]

    def _name(self, headings: tuple[_Heading, ...], has_counts: bool) -> str:
        """Give what the headings over a fact name: the last of them, under those that hold it."""
        held = [heading for heading in headings[:-1] if heading.is_closed]
        texts = [_COUNT.sub("", one.text) if has_counts else one.text for one in (*held, *headings[-1:])]
        separator = self._header.format.parent_separator
        if not separator or not texts:
            return texts[-1] if texts else ""
        name = texts[0]
        for text in texts[1:]:
            name = text if text.startswith(name + separator) else name + separator + text
        return name

    def _sort_one(self, record: Record) -> None:
        cells = [cell.strip() for cell in record.cells]
        filled = [place for place, cell in enumerate(cells) if cell]
        if record.problem:
            self._refuse(record, record.problem)
        elif not filled:
            self._count.skipped += 1
        elif len(filled) == 1 and is_footer(cells[filled[0]]):
            self._take_footer(cells[filled[0]])
        elif self._is_stray_total(cells, labelled := self._label_first(filled)):
            told = f"row {record.number} is {cells[labelled[0]]}, but its heading is missing"
            raise AgingReportError(f"{told}; export it again")
        elif self._is_total(cells, labelled):
            self._close(record, cells, cells[labelled[0]])
        elif self._is_bare_total(cells, filled):
            self._close(record, cells, "")
        elif self._is_below_all(cells):
            self._count.skipped += 1
        elif self._is_heading(cells, filled):
            self._open(record, cells[filled[0]])
        elif self._is_fact(cells, filled):
            self._keep(record, cells)
        else:
            self._refuse(record, "neither a transaction nor a heading, total or footer")

    def _refuse(self, record: Record, reason: str) -> None:
        """Refuse a row that may have been a heading: what follows must not count as the one before."""
        self._count.refuse(record, reason)
        if self._has_lone_headings:
            self._headings.clear()

    def _keep(self, record: Record, cells: list[str]) -> None:
        if len(cells) < self._least_width or any(cells[self._width :]):
            self._count.refuse(record, f"has {len(cells)} fields where the header has {self._width}")
            return
        if self._group == "client" and not self._headings:
            self._count.refuse(record, "stands under no heading that names its client")
            return
        padded = cells + [""] * (self._width - len(cells))
        places = self._header.positions.values()
        self._facts.append((record.number, [padded[place] for place in places], tuple(self._headings)))
        self._count.buckets += [(record.number, title, padded[place]) for title, place in self._buckets.items()]

    def _take_footer(self, text: str) -> None:
        if is_cash_basis(text):
            raise AgingReportError("a report on the cash basis leaves out what is unpaid; export it on accrual basis")
        self._count.footers.append(text)
        self._count.skipped += 1

    def _open(self, record: Record, heading: str) -> None:
        if self._has_lone_headings:
            self._headings.clear()
        self._headings.append(_Heading(heading, record.number))
        self._count.skipped += 1

    def _close(self, record: Record, cells: list[str], label: str) -> None:
        """Take a total: that of a heading, by its name or, where it has none, of the last one; else that of all."""
        self._count.skipped += 1
        depth = self._closed_by(label)
        first_row = self._header.record_number if depth is None else self._headings[depth].row_number
        name = label or (f"of {self._headings[depth].text}" if depth is not None else "of all")
        is_last = not label or self._is_grand(label)
        if depth is not None or is_last:
            figures = {column: cells[place] for column, place in self._printed_places.items() if place < len(cells)}
            self._count.totals.append(PrintedTotal(record.number, name, first_row, figures))
        if depth is not None:
            self._headings[depth].is_closed = self._has_closed = True
            del self._headings[depth:]
        else:
            # A total without a figure may be the beginning of a name, where the file was cut.
            self._count.is_ended |= is_last and sum(map(bool, cells)) > 1

    def _closed_by(self, label: str) -> int | None:
        found = (depth for depth, heading in enumerate(self._headings) if self._closes(label, heading.text))
        is_nameless = not label or (self._group == "currency" and self._is_grand(label))
        return next(found, len(self._headings) - 1 if is_nameless and self._headings else None)

    def _label_first(self, filled: list[int]) -> list[int]:
        """Give the filled places with that of the label first, wherever the columns of amounts stand."""
        if not self._has_lone_headings:
            return filled
        return sorted(filled, key=lambda place: place in self._printed_places.values())

    def _is_total(self, cells: list[str], filled: list[int]) -> bool:
        label, others = cells[filled[0]], filled[1:]
        closed = self._closed_names(label)
        if not (closed or self._is_grand(label)) or self._is_transaction(cells, filled[0]):
            return False
        if self._is_grand(label) and (others or not self._has_lone_headings):
            return True
        if not others if self._has_lone_headings else filled[0] > max(1, self._heading_columns - 1):
            return False
        if any(self._closes(label, heading.text) for heading in self._headings):
            return True
        return any(" " in words for words in closed) and bool(others)

    def _is_grand(self, label: str) -> bool:
        return label.casefold() in self._header.format.totals

    def _closed_names(self, label: str) -> dict[str, str]:
        """Give what a label may be the total of, by the words before it: nothing where it is no total of a heading."""
        words = self._header.format.subtotals
        return {one: label[len(one) :].strip() for one in words if label.casefold().startswith(f"{one} ")}

    def _closes(self, label: str, heading: str) -> bool:
        """Say whether a label is the total of a heading: its name, perhaps without its count or with its parts."""
        name = _COUNT.sub("", heading)
        beginnings = (f"{heading} with sub-", f"{name} with sub-")
        return any(
            rest in {heading, name} or rest.startswith(beginnings) for rest in self._closed_names(label).values()
        )

    def _is_stray_total(self, cells: list[str], filled: list[int]) -> bool:
        """Say whether a row closes another client than the one that is open: whose the rows above are, nobody knows."""
        label, others = cells[filled[0]], filled[1:]
        if self._group != "client" or not self._headings or not self._closed_names(label):
            return False
        has_figures = bool(others) and set(others) <= set(self._printed_places.values())
        return has_figures and not self._is_transaction(cells, filled[0]) and self._closed_by(label) is None

    def _is_bare_total(self, cells: list[str], filled: list[int]) -> bool:
        """Say whether a row holds nothing but amounts, in columns of amounts."""
        return self._has_lone_headings and set(filled) <= set(self._printed_places.values())

    def _is_below_all(self, cells: list[str]) -> bool:
        """Say whether a row without a date stands below the grand total: percentages, rates, notes."""
        if not (self._has_lone_headings and self._count.is_ended):
            return False
        place = self._header.positions.get("document_date", 0)
        return place >= len(cells) or parse_date(cells[place], "day-first") is None

    def _is_heading(self, cells: list[str], filled: list[int]) -> bool:
        if not self._has_lone_headings:
            return len(filled) == 1 and filled[0] < self._heading_columns
        text = cells[filled[0]]
        if len(filled) > 1 or not _LETTERS.search(text) or parse_date(text, "day-first"):
            return False
        return self._group != "currency" or parse_currency(text) is not None

    def _is_transaction(self, cells: list[str], label_place: int | None = None) -> bool:
        """A kind is what totals and headings never have, whatever a client is called."""
        place = self._header.positions.get("kind", self._header.positions.get("document_date", 0))
        if place == label_place and self._has_lone_headings:
            return False
        return place < len(cells) and bool(cells[place])

    def _is_fact(self, cells: list[str], filled: list[int]) -> bool:
        if self._has_lone_headings and len(filled) == 1:
            return False
        is_beside = not self._has_lone_headings and any(cells[: self._heading_columns])
        return self._is_transaction(cells) or (len(filled) > 1 and not is_beside)

    def _refuse_numbers_for_clients(self) -> None:
        """Refuse a report whose headings are the numbers of its documents: it names no clients."""
        columns = list(self._header.positions)
        if self._group == "client" and "number" in columns and self._facts:
            place = columns.index("number")
            if all(cells[place] == headings[-1].text for _, cells, headings in self._facts):
                raise AgingReportError("is grouped by invoice and names no client; group it by client and export again")
