"""Opens a workbook (XLSX, XLS, ODS): its visible sheets, their rows as text."""

from __future__ import annotations

import contextlib
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any

from agingreport.errors import AgingReportError
from agingreport.readers.formulas import Place, has_sides_in_formats, without_value
from agingreport.readers.values import NO_VALUE, Record

# Stands between the cells of a line: no text of a sheet holds it, since XML cannot.
SEPARATOR = "\x1f"
_SIGNATURES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


def is_workbook(path: Path) -> bool:
    """Say whether a file begins as a workbook does, whatever its name."""
    with path.open("rb") as file:
        return file.read(8).startswith(_SIGNATURES)


def _is_zip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == b"PK"


class Workbook:
    """An open workbook."""

    def __init__(self, path: Path) -> None:
        """Open the file; refuse one that is cut short or is no workbook."""
        from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

        self._path, self._is_zip = path, _is_zip(path)
        if self._is_zip and not zipfile.is_zipfile(path):
            raise AgingReportError("the workbook is cut short; export it again")
        try:
            self._book = CalamineWorkbook.from_path(path)
        except (CalamineError, zipfile.BadZipFile, OSError, ValueError) as error:
            raise AgingReportError(f"cannot be opened as a workbook ({error}); export it again") from error
        if self._is_zip and has_sides_in_formats(path):
            raise AgingReportError(
                "its amounts have Dr and Cr in the format of the cells, which is no part of their value; save it as CSV"
            )
        self._formulas: dict[str, frozenset[Place]] = {}
        self.sheets = tuple(
            sheet.name for sheet in self._book.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible
        )
        # To open a sheet takes as long as to read it, and no Python: a thread does it while the formats are read.
        opener = ThreadPoolExecutor(1)
        self._opened = {sheet: opener.submit(self._book.get_sheet_by_name, sheet) for sheet in self.sheets}
        opener.shutdown(wait=False)

    def records(self, sheet: str) -> Iterator[Record]:
        """Give the rows of a sheet, numbered as the spreadsheet numbers them; formulas without a value as NO_VALUE."""
        with _damage_told(sheet):
            found, places = self._read(sheet)
            for number, row in enumerate(found.iter_rows(), start=1):
                record = Record(number, tuple([cell if type(cell) is str else cell_text(cell) for cell in row]))
                yield _without(record, places[number]) if number in places else record

    def lines(self, sheet: str) -> list[str] | None:
        """Give the same rows all at once, each as one text with SEPARATOR between its cells, five times as fast.

        None where a formula has no value.
        """
        with _damage_told(sheet):
            found, places = self._read(sheet)
            if places:
                return None
            rows = list(found.iter_rows())
        width = len(rows[0]) if rows else 0
        cells = list(chain.from_iterable(rows))
        columns = [[cell if type(cell) is str else cell_text(cell) for cell in cells[at::width]] for at in range(width)]
        return list(map(SEPARATOR.join, zip(*columns, strict=True)))

    def _read(self, sheet: str) -> tuple[Any, dict[int, set[int]]]:
        """Give a sheet, and the places of its formulas without a value, by row, from the first column in use."""
        if sheet not in self._formulas:  # found while the sheet is being opened
            self._formulas[sheet] = without_value(self._path, sheet) if self._is_zip else frozenset()
        found = self._opened[sheet].result()
        first_column = (found.start or (0, 0))[1]
        rows: dict[int, set[int]] = {}
        for row, place in self._formulas[sheet]:
            rows.setdefault(row, set()).add(place - first_column)
        return found, rows


@contextlib.contextmanager
def _damage_told(sheet: str) -> Iterator[None]:
    """Say of what calamine, the archive or its XML stumbles over that the sheet is damaged."""
    from python_calamine import CalamineError

    try:
        yield
    except (CalamineError, zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise AgingReportError(f"sheet {sheet} is damaged ({error}); export it again") from error


def _without(record: Record, places: set[int]) -> Record:
    """Give a row with NO_VALUE in these places, and as it is in its text."""
    cells = tuple(NO_VALUE if place in places else cell for place, cell in enumerate(record.cells))
    return Record(record.number, cells, record.text)


def cell_text(value: Any) -> str:
    """Give a cell as text: dates in ISO form, numbers without the noise of binary fractions."""
    return _TEXTS.get(type(value), str)(value)


def _number_text(value: float) -> str:
    shortest = repr(value + 0.0)  # no minus before nought
    return format(Decimal(shortest), "f") if "e" in shortest else shortest.removesuffix(".0")


def _moment_text(value: datetime) -> str:
    return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")


_TEXTS: Mapping[type, Callable[[Any], str]] = {
    float: _number_text,
    bool: lambda value: "yes" if value else "no",
    date: date.isoformat,
    datetime: _moment_text,
}
