"""The worklist as a workbook: every debt to decide on, one sheet a list, ready to sort and to tick off."""

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from agingreport.page import Page

CREATED = datetime(2000, 1, 1, tzinfo=UTC)  # a workbook holds its time of making: a fixed one keeps the bytes the same
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
SHEETS = (
    ("Chase", "chase"),
    ("Agency or court", "agency or court"),
    ("Write off", "write off"),
    ("Left alone", "none"),
)
COLUMNS = (
    ("Client", "client", 28),
    ("Invoice", "number", 14),
    ("Due", "due_date", 12),
    ("Days late", "days_past_due", 10),
    ("Currency", "currency", 9),
    ("Open", "open_amount", 13),
    ("Credit to use", "credit_to_apply_amount", 13),
    ("Debt", "debt_amount", 13),
    ("Do", "step", 36),
    ("Why", "reason", 60),
    ("Otherwise", "runner_up", 44),
    ("Expected net", "expected_net_amount", 13),
    ("Phone", "phone", 18),
    ("E-mail", "email", 28),
    ("Done on", "done_on", 12),
)

Row = Mapping[str, Any]


def worklist_xlsx(page: Page) -> bytes:
    """Give the workbook's bytes: a text is written as text, whatever it begins with, and no cell is a formula."""
    import xlsxwriter

    rows = [_with_client(page, row) for row in page.books.show("decisions").dicts()]
    stream = io.BytesIO()
    with xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        book.set_properties({"title": f"Worklist as of {page.day.isoformat()}", "created": CREATED})
        formats = _formats(book)
        for title, kind in SHEETS:
            own = sorted((row for row in rows if row["list"] == kind), key=_order)
            _write_sheet(book.add_worksheet(title), own, formats)
    return stream.getvalue()


def _with_client(page: Page, row: Row) -> Row:
    client = page.client(row["client"])
    number = row["number"] or row["document_id"]
    return {
        **row,
        "client": client.name,
        "number": number,
        "phone": client.phone,
        "email": client.email,
        "done_on": None,
    }


def _order(row: Row) -> tuple[str, Decimal, str]:
    return (row["currency"], -row["debt_amount"], row["document_id"])


def _formats(book: Any) -> dict[str, Any]:
    return {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"}),
        "text": book.add_format({"valign": "top", "text_wrap": True}),
        "quoted": book.add_format({"valign": "top", "text_wrap": True, "quote_prefix": True}),
        "money": book.add_format({"valign": "top", "num_format": "#,##0.00"}),
        "count": book.add_format({"valign": "top", "num_format": "0"}),
        "day": book.add_format({"valign": "top", "num_format": "yyyy-mm-dd", "align": "left"}),
    }


def _write_sheet(sheet: Any, rows: Sequence[Row], formats: Mapping[str, Any]) -> None:
    for place, (label, _, width) in enumerate(COLUMNS):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, label, formats["head"])
    for line, row in enumerate(rows, start=1):
        for place, (_, name, _) in enumerate(COLUMNS):
            write_value(sheet, line, place, row[name], formats)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(1, len(rows)), len(COLUMNS) - 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def write_value(sheet: Any, line: int, place: int, value: Any, formats: Mapping[str, Any]) -> None:
    """Write one cell by the kind of its value; nothing for null."""
    if value is None:
        return
    if isinstance(value, Decimal):
        sheet.write_number(line, place, value, formats["money"])
    elif isinstance(value, int | float):
        sheet.write_number(line, place, value, formats["count"])
    elif isinstance(value, date):
        sheet.write_datetime(line, place, datetime.combine(value, time()), formats["day"])
    else:
        text = str(value)
        sheet.write_string(line, place, text, formats["quoted" if text.startswith(FORMULA_STARTS) else "text"])
