"""Random lists of what is open, written in each format that leaves out what was billed, come back or are refused.

And books in the report formats written as workbooks, with dates that are dates and amounts that are numbers.
"""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from random import Random
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from layouts import Invoice, Lines, aging, by_client, desktop, erpnext, flat_list, open_invoices, wanted
from loaded import Loaded, load_text, offer
from test_read_accounting import (
    as_text,
    blank_lines,
    books,
    check_accounts,
    found,
    header_again,
    header_place,
    other_case,
    shuffled_columns,
    without_a_row,
)

from agingreport.errors import AgingReportError

Balance = tuple[str, str, Decimal]  # number, client, what is open
some = settings(max_examples=8, deadline=None)


def qbo(invoices: list[Invoice], rest: dict[str, Decimal]) -> Lines:
    lines: Lines = [["Open Invoices"], ["Ours"], ["As of Dec 31, 2027"]]
    lines.append(["", "Date", "Transaction type", "Num", "Term", "Due date", "Open balance"])
    for client, its in by_client(invoices).items():
        lines.append([client, *[""] * 6])
        for number, _, dated, due, _ in its:
            lines.append(["", f"{dated:%m/%d/%Y}", "Invoice", number, "", f"{due:%m/%d/%Y}", f"{rest[number]:,}"])
        lines.append([f"Total for {client}", *[""] * 5, f"${sum(rest[one[0]] for one in its):,}"])
    return [*lines, ["", "TOTAL", *[""] * 4, f"${sum(rest[one[0]] for one in invoices):,}"]]


def qbd(invoices: list[Invoice], rest: dict[str, Decimal]) -> Lines:
    """Between any two columns there is an empty one."""
    names = ("Type", "Date", "Num", "Name", "Due Date", "Aging", "Open Balance")
    lines: Lines = [["", "", *(cell for name in names for cell in ("", name))], ["> 90", *[""] * 15]]
    for number, client, dated, due, _ in invoices:
        days = str((date(2027, 12, 31) - due).days)
        texts = ("Invoice", f"{dated:%m/%d/%Y}", number, client, f"{due:%m/%d/%Y}", days, f"{rest[number]:,}")
        lines.append(["", "", *(cell for text in texts for cell in ("", text))])
    total = f"{sum(rest[one[0]] for one in invoices):,}"
    return [*lines, ["", "Total > 90", *[""] * 13, total], ["TOTAL", *[""] * 14, total]]


def xero(invoices: list[Invoice], rest: dict[str, Decimal]) -> Lines:
    lines: Lines = [["Aged Receivables Detail"], ["Ours"], ["As at 31 December 2027"], ["Ageing by due date"], []]
    lines += [["Invoice Number", "Invoice Date", "Due Date", "Current", "< 1 Month", "Older", "Total"], []]
    for client, its in by_client(invoices).items():
        lines.append([client, *[""] * 6])
        for number, _, dated, due, _ in its:
            amount = f"{rest[number]:,}"
            lines.append([number, f"{dated:%d %b %Y}", f"{due:%d %b %Y}", "0.00", "0.00", amount, amount])
        total = f"{sum(rest[one[0]] for one in its):,}"
        lines.append([f"Total {client}", "", "", "0.00", "0.00", total, total])
    return [*lines, ["Total", "", "", "0.00", "0.00", "0.00", "0.00"], ["Percentage of total", *[""] * 5, "100%"]]


FORMATS = {"qbo": qbo, "qbd": qbd, "xero": xero}
LayOut = Callable[[list[Invoice], dict[str, Decimal]], Lines]


def known(program: str, invoices: list[Invoice]) -> None:
    offer(
        (f"{program}:invoice:{number}:{client.lower()}", "invoice", client, number, dated, amount, "EUR", False)
        for number, client, dated, _, amount in invoices
    )


def rests(invoices: list[Invoice], random: Random) -> dict[str, Decimal]:
    """What is open of each: from a cent to all of it."""
    return {number: Decimal(random.randint(1, int(amount * 100))) / 100 for number, _, _, _, amount in invoices}


def balances(loaded: Loaded) -> set[tuple[str, Decimal]]:
    return {(key.split(":")[2], amount) for key, amount in loaded.rows("open_balances", "document_id", "open_amount")}


@pytest.mark.parametrize("program", FORMATS)
@some
@given(invoices=books(), seed=st.integers(min_value=0))
def test_what_is_open_comes_back_through_harmless_changes(program: str, invoices: list[Invoice], seed: int) -> None:
    random = Random(seed)
    rest = rests(invoices, random)
    lines = FORMATS[program](invoices, rest)
    changes = random.sample((shuffled_columns, other_case, blank_lines), random.randrange(3))
    for change in changes:
        lines = change(lines, random)
    known(program, invoices)
    loaded = load_text(as_text(lines))
    assert balances(loaded) == set(rest.items())
    assert loaded.rows("documents") == []
    assert loaded.reading.statement_date == date(2027, 12, 31)
    assert loaded.reading.rows_read == len(lines) - header_place(lines) - 1
    # The label of a total may have moved to where none is looked for: then the list does not count as whole.
    assert shuffled_columns in changes or (loaded.counts[2], "all_open_items" in loaded.reading.can) == (0, True)


@pytest.mark.parametrize("program", FORMATS)
@some
@given(invoices=books(), seed=st.integers(min_value=0), cut=st.floats(min_value=0, max_value=1))
def test_a_damaged_list_of_what_is_open_says_nothing_wrong_and_settles_nothing(
    program: str, invoices: list[Invoice], seed: int, cut: float
) -> None:
    """A row is missing, the header is there twice, or it is cut off: its last row may lack digits, and it says so."""
    random = Random(seed)
    rest = rests(invoices, random)
    damage = random.choice([without_a_row, header_again, None])
    lines = FORMATS[program](invoices, rest)
    text = as_text(damage(lines, random) if damage else lines)
    text = text if damage else text[: int(len(text) * cut)]
    known(program, invoices)
    try:
        loaded = load_text(text)
    except AgingReportError:
        return
    wrong = balances(loaded) - set(rest.items())
    assert len(wrong) <= (damage is None)
    assert not wrong or "the last line does not end" in " ".join(loaded.reading.notes)
    is_whole = balances(loaded) == set(rest.items())
    assert is_whole or damage is without_a_row or "all_open_items" not in loaded.reading.can


@pytest.mark.parametrize("program", FORMATS)
@some
@given(invoices=books(), seed=st.integers(min_value=0))
def test_rows_of_documents_that_are_not_known_are_refused(program: str, invoices: list[Invoice], seed: int) -> None:
    rest = rests(invoices, Random(seed))
    lines = FORMATS[program](invoices, rest)
    known(program, invoices[1:])
    try:
        loaded = load_text(as_text(lines))
    except AgingReportError as error:
        assert len(invoices) == 1
        assert "what was billed" in str(error)
        return
    assert balances(loaded) == set(list(rest.items())[1:])
    assert loaded.counts[2] == 1
    assert "all_open_items" not in loaded.reading.can


def as_workbook(lines: Lines, random: Random) -> bytes:
    """The table as a program would save it: dates as text, as dates or as serials, amounts as numbers."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet, dates = book.add_worksheet(), book.add_format({"num_format": "mm/dd/yyyy"})
        for row, line in enumerate(lines):
            for place, cell in enumerate(line):
                write_cell(sheet, row, place, cell, dates, random)
    return file.getvalue()


def write_cell(sheet: Any, row: int, place: int, cell: str, dates: Any, random: Random) -> None:
    for pattern in ("%m/%d/%Y", "%Y-%m-%d"):
        try:
            dated = datetime.strptime(cell, pattern)  # noqa: DTZ007
        except ValueError:
            continue
        guise = random.randrange(3)
        if guise == 0 and dated.day > 12:
            sheet.write_string(row, place, cell)
        elif guise < 2:
            sheet.write_datetime(row, place, dated, dates)
        else:
            sheet.write_number(row, place, (dated.date() - date(1899, 12, 30)).days)
        return
    bare = cell.replace(",", "")
    if bare.count(".") == 1 and bare.replace(".", "").isdigit():
        sheet.write_number(row, place, float(bare))
    elif cell:
        sheet.write_string(row, place, cell)


@pytest.mark.parametrize("lay_out", [aging, open_invoices, flat_list, desktop, erpnext], ids=lambda one: one.__name__)
@some
@given(invoices=books(), seed=st.integers(min_value=0))
def test_books_come_back_from_workbooks(
    lay_out: Callable[[list[Invoice]], Lines], invoices: list[Invoice], seed: int
) -> None:
    lines = lay_out(invoices)
    loaded = load_text(as_workbook(lines, Random(seed)), "book.xlsx")
    assert found(loaded) == wanted(lay_out, invoices)
    assert loaded.counts[2] == 0
    check_accounts(loaded, lines)
