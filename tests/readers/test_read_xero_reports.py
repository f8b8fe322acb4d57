"""Xero's reports: workbooks whose titles stand above the header and whose totals are formulas without a value."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from loaded import day, load, money, refusal, table, write

from agingreport import open_ledger

AGED = [
    "Invoice Date", "Due Date", "Invoice Number", "Invoice Reference", "Current", "< 1 Month", "1 Month", "Older",
    "Total",
]  # fmt: skip
DETAIL = [
    "Invoice Number", "Invoice Date", "Source", "Contact", "Description", "Gross (AUD)", "Invoice Total (AUD)",
    "Balance (AUD)", "Status", "Due Date",
]  # fmt: skip
TITLES: list[list[str]] = [
    ["Aged Receivables Detail"], ["Invented Pty Ltd"], ["As at 31 March 2026"], ["Ageing by due date"], [],
]  # fmt: skip


def workbook(path: Path, *rows: Any, value: Any = 0) -> Path:
    """Write rows; text that begins with = is a formula that Excel has yet to work out."""
    with xlsxwriter.Workbook(path) as book:
        sheet, dates = book.add_worksheet(), book.add_format({"num_format": "dd mmm yyyy"})
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(number, place, cell, dates)
                elif isinstance(cell, str) and cell.startswith("="):
                    sheet.write_formula(number, place, cell, value=value)
                else:
                    sheet.write(number, place, cell)
    return path


def aged(*rows: Any) -> tuple[Any, ...]:
    return (*TITLES, AGED, [], *rows, ["Total", *[""] * 7, "=SUM(I9:I12)"], [], ["Percentage of total", *[""] * 7, 1])


def number_and_rest(folder: Path) -> list[tuple[Any, ...]]:
    with open_ledger(folder / "ledger.duckdb") as ledger:
        found = "select number, b.open_amount from ledger.open_balances as b join ledger.documents using (document_id)"
        return ledger.connection.execute(f"{found} where b.replaced_by is null and stated_on = '2026-03-31'").fetchall()


INVOICES = table(
    "ContactName,InvoiceNumber,InvoiceDate,DueDate,Total,InvoiceAmountDue,Currency,Type,Status",
    "Acme Ltd,INV-1,24/01/2026,23/02/2026,115.00,115.00,AUD,Sales invoice,Awaiting Payment",
    "Acme Ltd,INV-2,25/03/2026,24/04/2026,80.00,80.00,AUD,Sales invoice,Awaiting Payment",
    "Acme Ltd,CN-1,26/03/2026,26/03/2026,30.00,30.00,AUD,Sales credit note,Awaiting Payment",
    "Bolt,INV-3,24/01/2026,23/02/2026,50.00,50.00,AUD,Sales invoice,Awaiting Payment",
)


def test_aged_receivables_speak_of_known_invoices_and_their_totals_are_no_nought(tmp_path: Path) -> None:
    """Of INV-1 15.00 is paid, of the credit note 10.00 is used; INV-3 is settled: the list is whole without it."""
    rows = aged(
        ["Acme Ltd"],
        [date(2026, 1, 24), date(2026, 2, 23), "INV-1", "Jane", 0, 0, 100, 0, 100],
        [date(2026, 3, 25), date(2026, 4, 24), "INV-2", "", 80, 0, 0, 0, 80],
        [date(2026, 3, 26), date(2026, 3, 26), "", "", 0, -20, 0, 0, -20],
        ["Total Acme Ltd", *[""] * 7, "=SUM(I9:I11)"],
    )
    paths = [workbook(tmp_path / "aged.xlsx", *rows), write(tmp_path, INVOICES)]
    with open_ledger(tmp_path / "ledger.duckdb", writable=True) as ledger:
        loaded = ledger.load(paths, loaded_at=datetime(2026, 4, 1, tzinfo=UTC))
        still_open = {row["number"]: row["open_amount"] for row in ledger.as_of(date(2026, 3, 31)).show("open_items")}
    assert number_and_rest(tmp_path) == [("INV-1", money("100")), ("INV-2", money("80")), ("CN-1", money("20"))]
    assert "INV-3" not in still_open
    assert loaded[1].notes == ()
    assert (loaded[1].rows_read, loaded[1].rows_new, loaded[1].rows_skipped) == (9, 3, 6)


def test_aged_receivables_alone_are_refused_with_the_export_to_load_first(tmp_path: Path) -> None:
    path = workbook(tmp_path / "aged.xlsx", *aged(["Acme Ltd"]))
    assert "load the invoices first (Business > Invoices > Export)" in refusal(path)


def detail(number: str, *, total: Any = 115, rest: Any = 40, status: str = "Approved", gross: Any = 57.5) -> list[Any]:
    source = "Receivable Invoice" if not number.startswith("CN") else "Receivable Credit Note"
    return [number, date(2026, 1, 24), source, "Acme Ltd", "Work", gross, total, rest, status, date(2026, 2, 23)]


def invoices(*rows: Any) -> tuple[Any, ...]:
    return (
        ["Receivable Invoice Detail"],
        ["Invented Pty Ltd"],
        ["For the month ended 31 March 2026"],
        [],
        DETAIL,
        *rows,
    )


def test_the_lines_of_an_invoice_repeat_it_and_voided_ones_do_not_count(tmp_path: Path) -> None:
    rows = invoices(
        ["INV-1"], detail("INV-1"), detail("INV-1"), ["Total INV-1", *[""] * 4, "=SUM(F7:F8)"],
        ["INV-2"], detail("INV-2", status="Voided"), ["Total INV-2", *[""] * 4, "=SUM(F11)"],
        ["CN-1"], detail("CN-1", total=-30, rest=-10), ["Total CN-1", *[""] * 4, "=SUM(F14)"],
        ["Total", *[""] * 4, "=SUM(F7:F14)"],
    )  # fmt: skip
    loaded = load(workbook(tmp_path / "detail.xlsx", *rows))
    assert loaded.rows(
        "documents", "document_id", "kind", "amount", "currency", "status", "due_date", "source_rows"
    ) == [
        ("xero:invoice:inv-1:acme ltd", "invoice", money("115"), "AUD", "posted", day("2026-02-23"), 2),
        ("xero:invoice:inv-2:acme ltd", "invoice", money("115"), "AUD", "void", day("2026-02-23"), 1),
        ("xero:credit_note:cn-1:acme ltd", "credit_note", money("30"), "AUD", "posted", day("2026-02-23"), 1),
    ]
    assert loaded.rows("open_balances", "open_amount") == [(money("40"),), (money("10"),)]
    assert loaded.counts == (11, 7, 0)


@pytest.mark.parametrize("value", [0, ""])
def test_a_formula_without_a_value_is_never_nought(tmp_path: Path, value: Any) -> None:
    path = workbook(tmp_path / "detail.xlsx", *invoices(detail("INV-1", rest="=G6-10")), value=value)
    assert "row 6 has a formula without its value; open the file in Excel, choose Enable Editing" in refusal(path)


def test_a_formula_that_excel_has_worked_out_counts(tmp_path: Path) -> None:
    path = workbook(tmp_path / "detail.xlsx", *invoices(detail("INV-1", rest="=G6-10")), value=105)
    assert load(path).rows("open_balances", "open_amount") == [(money("105"),)]


def test_a_rest_that_differs_from_line_to_line_is_refused(tmp_path: Path) -> None:
    loaded = load(workbook(tmp_path / "detail.xlsx", *invoices(detail("INV-1"), detail("INV-1", rest=0))))
    assert [reject[:2] for reject in loaded.rejects] == [(7, "number")]


def test_a_detail_that_names_no_contact_is_refused(tmp_path: Path) -> None:
    without = [[cell for place, cell in enumerate(row) if place != 3] for row in (DETAIL, detail("INV-1"))]
    by_invoice = workbook(tmp_path / "a.xlsx", ["Receivable Invoice Detail"], without[0], ["INV-1"], without[1])
    assert "is grouped by invoice and names no client" in refusal(by_invoice)
    by_contact = workbook(tmp_path / "b.xlsx", ["Receivable Invoice Detail"], without[0], ["Acme Ltd"], without[1])
    assert load(by_contact).rows("documents", "client") == [("Acme Ltd",)]
    bare = [row[1:] for row in without]
    path = workbook(tmp_path / "c.xlsx", ["Receivable Invoice Detail"], bare[0], ["INV-1"], bare[1])
    assert "it names no contact; add the columns Contact and Invoice Number" in refusal(path)
