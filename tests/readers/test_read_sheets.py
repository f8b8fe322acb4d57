"""Law: a sheet that is read all at once gives what the same sheet gives row by row, good or damaged."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from io import BytesIO
from random import Random
from typing import Any
from unittest.mock import patch

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from loaded import day, load_text, money

from agingreport.errors import AgingReportError
from agingreport.loading.facts import DOCUMENTS
from agingreport.readers import loading
from agingreport.readers.workbooks import Workbook

Cell = str | float | bool | date | datetime | time | None
HEADER = ["document_id", "kind", "client", "number", "document_date", "due_date", "amount", "currency", "status"]
ZOHO = ["Invoice Date", "Invoice Number", "Invoice Status", "Customer Name", "Due Date", "Total", "Balance"]
CLIENTS = ("Acme", "Smith, Jones", 'The "Best"', "Müller & Söhne", " Blank ", "O'Neil", "3000 GmbH")
# What people leave in cells that should hold something else.
ODD: tuple[Cell, ...] = (
    None, "", " ", "?!", True, False, 0.0, -5.0, 45108.0, 1e17, 1e-7, 1 / 3, "1.234,56", "1,234.56", "'", '"', ",",
    date(2026, 2, 3), datetime.fromisoformat("2026-02-03 04:05:06"), time(4, 5), "2026-02-03", "3/2/2026", "\u00a0",
    "=#N/A", "Two\nLines", "A\tTab",
)  # fmt: skip


def workbook(rows: list[list[Cell]], *, first_row: int = 0, first_column: int = 0, is_1904: bool = False) -> bytes:
    """One sheet; a text that begins with = is a formula with the rest for its value."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"date_1904": is_1904}) as book:
        sheet = book.add_worksheet("documents")
        formats = {
            date: book.add_format({"num_format": "dd/mm/yyyy"}),
            datetime: book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"}),
            time: book.add_format({"num_format": "hh:mm"}),
            float: book.add_format({"num_format": "[$€-407] #,##0.00"}),
        }
        for row, cells in enumerate(rows, start=first_row):
            for place, cell in enumerate(cells, start=first_column):
                if isinstance(cell, str) and cell.startswith("="):
                    sheet.write_formula(row, place, "=1+1", value=cell[1:])
                elif isinstance(cell, date | time):
                    sheet.write_datetime(row, place, cell, formats[type(cell)])
                else:
                    sheet.write(row, place, cell, formats.get(type(cell)))
    return content.getvalue()


def plain(random: Random, number: int) -> list[Cell]:
    dated = date(2025, 1, 1) + timedelta(days=random.randrange(400))
    days = [dated, dated + timedelta(days=random.randrange(60))]
    cells: list[Cell] = [f"{one:%Y-%m-%d}" if random.random() < 0.2 else one for one in days]
    amount = random.randint(1, 10**9) / 100
    status = random.choice([None, "posted", "void"])
    return [f"D-{number}", "invoice", random.choice(CLIENTS), float(number), *cells, amount, "EUR", status]


def zoho(random: Random, number: int) -> list[Cell]:
    _, _, client, _, dated, due, amount, *_ = plain(random, number)
    return [dated, f"INV-{number}", "Overdue", client, due, amount, amount]


@st.composite
def sheets(draw: st.DrawFn) -> tuple[list[list[Cell]], dict[str, Any]]:
    """Rows of the plain format or of Zoho's, with odd cells, blank rows and cells beyond the header now and then."""
    random = Random(draw(st.integers(min_value=0, max_value=2**32)))
    header, row = random.choice([(HEADER, plain), (ZOHO, zoho)])
    rows = [row(random, number) for number in range(random.randint(0, 30))]
    for _ in range(random.choice([0, 0, 1, 3]) if rows else 0):
        cells = random.choice(rows)
        cells[random.randrange(len(cells))] = random.choice(ODD)
    if rows and random.random() < 0.2:
        rows[random.randrange(len(rows))] = [None] * len(header)
    if rows and random.random() < 0.1:
        random.choice(rows).append("beyond")
    if rows and random.random() < 0.1:
        rows.append(random.choice(rows))
    place = {"first_row": random.choice([0, 0, 0, 2]), "first_column": random.choice([0, 0, 0, 3])}
    return [[*header], *rows], {**place, "is_1904": random.random() < 0.2}


def told(content: bytes) -> Any:
    """All that a reading says and stages, or the words of its refusal; how it may be merged is no part of that."""
    try:
        loaded = load_text(content, "book.xlsx")
    except AgingReportError as error:
        return str(error)
    columns = (*DOCUMENTS.keys, *DOCUMENTS.values, "source_row", "source_rows")
    return replace(loaded.reading, is_single=False), loaded.rows("documents", *columns), loaded.rejects


@settings(max_examples=25, deadline=None)
@given(sheet=sheets())
def test_all_at_once_and_row_by_row_are_the_same(sheet: tuple[list[list[Cell]], dict[str, Any]]) -> None:
    rows, options = sheet
    content = workbook(rows, **options)
    at_once = told(content)
    with patch.object(Workbook, "lines", return_value=None):
        assert told(content) == at_once


@pytest.mark.parametrize(
    ("rows", "is_at_once"),
    [
        ([plain(Random(number), number) for number in range(5)], True),
        ([*(plain(Random(number), number) for number in range(5)), [None] * 9, plain(Random(5), 5)], False),
        ([[*plain(Random(1), 1), "beyond"]], False),
        ([["D-1", "invoice", "Two\nLines", 1.0, "2026-01-01", None, 5.0, "EUR"]], False),
        ([["D-1", "invoice", "\u00a0Acme", 1.0, "2026-01-01", None, 5.0, "EUR"]], False),
        ([["D-1", "invoice", 'The "Best", or', 1.0, "2026-01-01", None, 5.0, "EUR"]], True),
    ],
)
def test_only_a_regular_sheet_is_read_all_at_once(rows: list[list[Cell]], is_at_once: bool) -> None:
    with patch.object(loading, "load_rows", wraps=loading.load_rows) as load_rows:
        load_text(workbook([[*HEADER], *rows]), "book.xlsx")
    assert bool(load_rows.call_count) != is_at_once


def test_cells_of_a_regular_sheet_are_read_to_the_last_digit() -> None:
    """Day 45108 of Excel is 1 July 2023; 0.1 + 0.2 is kept to its four decimals, a quote stays in a name."""
    rows: list[list[Cell]] = [
        ["D-1", "invoice", 'The "Best"', 7.0, date(2023, 7, 1), datetime.fromisoformat("2023-07-31"), 0.1 + 0.2, "EUR"],
        ["D-2", "invoice", "Smith, Jones", "007", 45108.0, None, 1234567.89, "EUR"],
    ]
    loaded = load_text(workbook([[*HEADER[:-1]], *rows]), "book.xlsx")
    assert loaded.rows("documents", "client", "number", "document_date", "due_date", "amount", "source_row") == [
        ('The "Best"', "7", day("2023-07-01"), day("2023-07-31"), money("0.3"), 2),
        ("Smith, Jones", "007", day("2023-07-01"), None, money("1234567.89"), 3),
    ]


def test_a_formula_without_a_value_refuses_a_regular_sheet() -> None:
    with pytest.raises(AgingReportError, match="row 2 has a formula without its value"):
        load_text(workbook([[*HEADER[:-1]], ["D-1", "invoice", "A", "1", "2026-01-01", None, "=", "EUR"]]), "book.xlsx")
