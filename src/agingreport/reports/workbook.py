"""Tables as an XLSX workbook: text is always text, the same rows give the same bytes, a page takes its whole width."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

CREATED = datetime(2000, 1, 1, tzinfo=UTC)  # a workbook holds its time of making: a fixed one keeps the bytes the same
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
A4 = 9
LONGEST_TITLE = 31

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Column:
    """What its header says, the value it takes from a row, and how wide it is, in characters."""

    label: str
    name: str
    width: int


@dataclass(frozen=True)
class Sheet:
    """One table of the workbook."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Row]


def workbook(title: str, sheets: Sequence[Sheet]) -> bytes:
    """The workbook's bytes; no cell of it is a formula or a link, whatever its text begins with."""
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"title": title, "created": CREATED})
        formats = make_formats(book)
        for sheet in sheets:
            write_sheet(book.add_worksheet(sheet.title[:LONGEST_TITLE]), sheet, formats)
    return stream.getvalue()


def make_formats(book: Any) -> dict[str, Any]:
    """How each kind of cell looks."""
    return {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"}),
        "text": book.add_format({"valign": "top", "text_wrap": True}),
        "quoted": book.add_format({"valign": "top", "text_wrap": True, "quote_prefix": True}),
        "money": book.add_format({"valign": "top", "num_format": "#,##0.00"}),
        "count": book.add_format({"valign": "top", "num_format": "0"}),
        "ratio": book.add_format({"valign": "top", "num_format": "0.0000"}),
        "day": book.add_format({"valign": "top", "num_format": "yyyy-mm-dd", "align": "left"}),
    }


def write_sheet(sheet: Any, content: Sheet, formats: Mapping[str, Any]) -> None:
    """Write one table: header frozen and repeated in print, filters on."""
    for place, column in enumerate(content.columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, column.label, formats["head"])
    for line, row in enumerate(content.rows, start=1):
        for place, column in enumerate(content.columns):
            write_value(sheet, line, place, row[column.name], formats)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(1, len(content.rows)), max(0, len(content.columns) - 1))
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)


def write_value(sheet: Any, line: int, place: int, value: Any, formats: Mapping[str, Any]) -> None:
    """Write one cell by the kind of its value; nothing for null."""
    match value:
        case None:
            return
        case bool():
            sheet.write_boolean(line, place, value, formats["text"])
        case Decimal():
            sheet.write_number(line, place, value, formats["money"])
        case int():
            sheet.write_number(line, place, value, formats["count"])
        case float():
            sheet.write_number(line, place, value, formats["ratio"])
        case datetime():
            sheet.write_string(line, place, value.isoformat(" "), formats["text"])
        case date():
            sheet.write_datetime(line, place, datetime.combine(value, time()), formats["day"])
        case _:
            text = str(value)
            sheet.write_string(line, place, text, formats["quoted" if text.startswith(FORMULA_STARTS) else "text"])
