"""Turns a row with one column a currency into one fact a cell: the name of its column becomes a cell beside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from agingreport.readers.dates import parse_date
from agingreport.readers.staging import TABLES
from agingreport.readers.values import Header

CODE = re.compile(r"[A-Z]{3}")
RATE = re.compile(r"[0-9]+(\.[0-9]+)?")
NOTHING = {"", "n/a", "-"}
LEAST_COLUMNS = 2

Take = Callable[[int, Sequence[str]], None]


def code_places(cells: Sequence[str], used: set[int]) -> Mapping[str, int]:
    """The columns of a header that are named by a currency code, less those already used."""
    return {
        cell.strip(): place
        for place, cell in enumerate(cells)
        if place not in used and CODE.fullmatch(cell.strip()) is not None
    }


@dataclass
class Across:
    """Takes the rows of a file as it has them and hands on one fact a currency; a row is taken whole or refused."""

    header: Header
    columns: Sequence[str]
    take: Take
    skipped: int = 0
    refused: list[tuple[int, str, str | None]] = field(default_factory=list)

    @property
    def shaped_columns(self) -> list[str]:
        """The cells of one fact, in order."""
        names = self.header.format.across
        own = [column for column in self.columns if CODE.fullmatch(column) is None]
        return [*own, *(["currency"] if self.header.format.currency else []), names["names"], names["values"]]

    def add(self, number: int, cells: Sequence[str]) -> None:
        """Take the next row. What is not there (blank, N/A) is no fact; a row without any is left out.

        Neither is what the file's own currency is worth in itself.
        """
        named = dict(zip(self.columns, cells, strict=True))
        own = [cell for column, cell in named.items() if CODE.fullmatch(column) is None]
        told = {code: cell for code, cell in named.items() if CODE.fullmatch(code) and cell.lower() not in NOTHING}
        problem = self._problem(named, told)
        told.pop(self.header.format.currency or "", None)
        if problem:
            self.refused.append((number, problem, None))
        elif not told:
            self.skipped += 1
        for code, cell in told.items() if not problem else ():
            constant = [self.header.format.currency] if self.header.format.currency else []
            self.take(number, [*own, *constant, code, cell])

    def break_off(self) -> None:
        """No row goes on with another here."""

    def finish(self) -> None:
        """Nothing waits here."""

    def _problem(self, named: Mapping[str, str], told: Mapping[str, str]) -> str | None:
        """Why the row cannot be taken; None if it can."""
        for column in TABLES[self.header.format.table].dates:
            if parse_date(named[column], self.header.format.date_order) is None:
                return f'{column}: not a date: "{named[column]}"'
        for code, cell in told.items():
            if RATE.fullmatch(cell) is None or Decimal(cell) == 0:
                return f'{code}: not a rate above zero: "{cell}"'
            if code == self.header.format.currency and Decimal(cell) != 1:
                return f'{code}: the rates are in {code}, so its own must be 1: "{cell}"'
        return None
