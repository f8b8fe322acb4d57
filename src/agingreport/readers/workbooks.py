"""Opens a workbook (XLSX, XLS, ODS): its visible sheets, their rows as text."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agingreport.errors import AgingReportError
from agingreport.readers.values import Record

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

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

        if _is_zip(path) and not zipfile.is_zipfile(path):
            raise AgingReportError("the workbook is cut short; export it again")
        try:
            self._book = CalamineWorkbook.from_path(path)
        except (CalamineError, zipfile.BadZipFile, OSError, ValueError) as error:
            raise AgingReportError(f"cannot be opened as a workbook ({error}); export it again") from error
        self._opened: dict[str, CalamineSheet] = {}  # to open one is most of the work, and each is looked at twice
        self.sheets = tuple(
            sheet.name for sheet in self._book.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible
        )

    def records(self, sheet: str) -> Iterator[Record]:
        """Give the rows of a sheet, numbered as the spreadsheet numbers them."""
        from python_calamine import CalamineError

        try:
            if sheet not in self._opened:
                self._opened[sheet] = self._book.get_sheet_by_name(sheet)
            for number, row in enumerate(self._opened[sheet].iter_rows(), start=1):
                yield Record(number, tuple([cell if type(cell) is str else cell_text(cell) for cell in row]))
        except (CalamineError, OSError, ValueError) as error:
            raise AgingReportError(f"sheet {sheet} is damaged ({error}); export it again") from error


def cell_text(value: Any) -> str:
    """Give a cell as text: dates in ISO form, numbers without the noise of binary fractions."""
    match value:
        case float():
            return _number_text(value)
        case bool():
            return "yes" if value else "no"
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
        case date():
            return value.isoformat()
        case _:
            return str(value)


def _number_text(value: float) -> str:
    shortest = repr(value + 0.0)  # no minus before nought
    return format(Decimal(shortest), "f") if "e" in shortest else shortest.removesuffix(".0")
