"""Workbooks as programs and people save them: dates in three guises, merged titles, hidden sheets, formulas."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from loaded import day, load, money, refusal

from agingreport.readers.formulas import without_value

HEADER = ("", "Date", "Transaction type", "Num", "Customer full name", "Due date", "Amount", "Open balance")


def aging(path: Path, *rows: tuple[Any, ...], first_column: int = 0, hidden: bool = False) -> Path:
    """An A/R Aging Detail with merged titles; where a sheet is `hidden`, an older one of the same kind."""
    with xlsxwriter.Workbook(path) as book:
        sheets = [book.add_worksheet("Old"), book.add_worksheet("Notes"), book.add_worksheet("Aging")]
        sheets[1].write(0, 0, "Read me first")
        if hidden:
            sheets[0].hide()
            sheets[1].activate()
            fill(book, sheets[0], [("", "01/31/2020", "Invoice", "OLD", "Acme", "02/28/2020", 1, 1)], first_column)
        fill(book, sheets[2], rows, first_column)
    return path


def fill(book: Any, sheet: Any, rows: Any, first_column: int) -> None:
    dates = book.add_format({"num_format": "mm/dd/yyyy"})
    for number, title in enumerate(("Invented Ltd", "A/R Aging Detail", "As of Jun 12, 2026")):
        sheet.merge_range(number, first_column, number, first_column + 7, title)
    for number, row in enumerate([HEADER, ("CURRENT",), *rows], start=4):
        for place, cell in enumerate(row, start=first_column):
            if isinstance(cell, date):
                sheet.write_datetime(number, place, cell, dates)
            else:
                sheet.write(number, place, cell)


def test_dates_as_text_as_dates_and_as_serials_stand_in_one_column(tmp_path: Path) -> None:
    """Day 46157 of Excel is 15 May 2026, day 46188 is 15 June."""
    path = aging(
        tmp_path / "aging.xlsx",
        ("", "05/15/2026", "Invoice", "1", "Acme", "06/14/2026", "1,000.50", 1000.5),
        ("", date(2026, 5, 15), "Invoice", 2, "Acme", date(2026, 6, 14), 0.1 + 0.2, 0.3),
        ("", 46157, "Invoice", "00085001", "Acme", 46188, -5, -5),
    )
    loaded = load(path)
    assert loaded.rows("documents", "kind", "number", "document_date", "due_date", "amount") == [
        ("invoice", "1", day("2026-05-15"), day("2026-06-14"), money("1000.50")),
        ("invoice", "2", day("2026-05-15"), day("2026-06-14"), money("0.30")),
        ("credit_note", "00085001", day("2026-05-15"), day("2026-06-15"), money("5")),
    ]
    assert loaded.reading.statement_date == day("2026-06-12")


def test_a_hidden_sheet_is_not_read(tmp_path: Path) -> None:
    path = aging(tmp_path / "a.xlsx", ("", "05/15/2026", "Invoice", "1", "Acme", "06/14/2026", 5, 5), hidden=True)
    assert load(path).rows("documents", "number") == [("1",)]


def test_a_table_may_begin_in_any_column(tmp_path: Path) -> None:
    rows = ("", "05/15/2026", "Invoice", "1", "Acme", "06/14/2026", 5, 5)
    assert load(aging(tmp_path / "a.xlsx", rows, first_column=2)).rows("documents", "number", "source_row") == [
        ("1", 7)
    ]


def test_two_sheets_that_both_hold_a_table_are_not_chosen_between(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "two.xlsx") as book:
        for name in ("January", "February"):
            row = ("", "05/15/2026", "Invoice", name, "Acme", "06/14/2026", 5, 5)
            fill(book, book.add_worksheet(name), [row], 0)
    message = refusal(tmp_path / "two.xlsx")
    assert "the sheets January and February both hold QuickBooks Online A/R Aging Detail; save each" in message


def test_amounts_whose_side_is_only_in_the_format_of_the_cells_are_refused(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "bills.xlsx") as book:
        sheet = book.add_worksheet()
        fill(book, sheet, [("", "05/15/2026", "Invoice", "1", "Acme", "06/14/2026", 5, 5)], 0)
        sheet.write(6, 7, 5, book.add_format({"num_format": '0.00" Cr"'}))
    assert "Dr and Cr in the format of the cells" in refusal(tmp_path / "bills.xlsx")


def test_a_format_that_writes_cr_for_what_is_negative_is_no_trouble(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "bills.xlsx") as book:
        sheet = book.add_worksheet()
        fill(book, sheet, [("", "05/15/2026", "Invoice", "1", "Acme", "06/14/2026", 5, 5)], 0)
        sheet.write(6, 7, 5, book.add_format({"num_format": '0.00" Dr";0.00" Cr"'}))
    assert load(tmp_path / "bills.xlsx").rows("open_balances", "open_amount") == [(money("5"),)]


@pytest.mark.parametrize(("values", "expected"), [(("", 0), 2), ((0, 0), 2), (("", 7), 1), ((0, 7), 0)])
def test_formulas_that_all_come_to_nought_have_not_been_worked_out(
    tmp_path: Path, values: tuple[Any, Any], expected: int
) -> None:
    with xlsxwriter.Workbook(tmp_path / "f.xlsx") as book:
        sheet = book.add_worksheet("Sums")
        sheet.write(0, 0, 5)
        for place, value in enumerate(values):
            sheet.write_formula(1, 26 + place, "=A1", value=value)
    found = without_value(tmp_path / "f.xlsx", "Sums")
    assert len(found) == expected
    assert found <= {(2, 26), (2, 27)}


SWAPPED = [
    ("", date(2026, 5, day_), "Invoice", str(day_), "Acme", date(2026, 4, day_ + 1), 5, 5) for day_ in range(1, 8)
]


def test_dates_that_excel_has_turned_about_are_refused(tmp_path: Path) -> None:
    """Dated 1 May and due 2 April, and so on: as 5 January and 4 February each would be due after its date."""
    message = refusal(aging(tmp_path / "a.xlsx", *SWAPPED))
    assert "day and month of its dates seem to be swapped, as Excel does: 7 of 7 documents are due before" in message
    path = aging(tmp_path / "b.xlsx", *SWAPPED[:2])
    assert load(path).rows("documents", "document_date", "due_date")[0] == (day("2026-05-01"), day("2026-04-02"))
