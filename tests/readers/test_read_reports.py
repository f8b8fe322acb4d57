"""Reports whose headings stand alone in a row, whose header takes two, and which print totals without a name."""

from pathlib import Path

import xlsxwriter
from loaded import day, load, money, refusal, table, write

TALLY = ("Date,Ref. No.,Party's Name,Opening,Pending,Due on,Overdue", ",,,Amount,Amount,,by days")
BILLS = (
    "Acme Mills,,,,,,",
    '1-Apr-23,INV/001,,"1,20,000.00","1,00,000.00",1-May-23,335',
    '15-May-23,INV/014,,"50,000.00","50,000.00",14-Jun-23,291',
    ',,,"1,70,000.00","1,20,000.00",,',
    "3M,,,,,,",
    '20-Mar-24,INV/090,,"12,345.50","12,345.50",19-Apr-24,',
    '25-Mar-24,ADV/2,,"(-)5,000.00","5,000.00 Cr",25-Mar-24,6',
    ',,,"7,345.50","7,345.50",,',
    ',,,"1,77,345.50","1,27,345.50",,',
)


def tally(*bills: str) -> str:
    return table("Invented Traders,,,,,,", "Sundry Debtors,,,,,,", *TALLY, *bills)


def test_tally_names_its_parties_in_rows_of_their_own(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, tally(*BILLS)), currency="INR")
    columns = ("kind", "client", "number", "document_date", "due_date", "amount", "currency", "source_row")
    assert loaded.rows("documents", *columns) == [
        ("invoice", "Acme Mills", "INV/001", day("2023-04-01"), day("2023-05-01"), money("120000"), "INR", 6),
        ("invoice", "Acme Mills", "INV/014", day("2023-05-15"), day("2023-06-14"), money("50000"), "INR", 7),
        ("invoice", "3M", "INV/090", day("2024-03-20"), day("2024-04-19"), money("12345.50"), "INR", 10),
        ("journal_credit", "3M", "ADV/2", day("2024-03-25"), day("2024-03-25"), money("5000"), "INR", 11),
    ]
    assert loaded.rows("open_balances", "open_amount") == [
        (money(text),) for text in ("100000", "50000", "12345.50", "5000")
    ]
    assert (loaded.reading.reader, loaded.counts) == ("tally-bills", (9, 5, 0))


def test_the_day_of_a_tally_report_is_the_one_that_all_its_ages_give(tmp_path: Path) -> None:
    assert load(write(tmp_path, tally(*BILLS))).reading.statement_date == day("2024-03-31")
    odd = [row.replace(",335", ",334") for row in BILLS]
    assert load(write(tmp_path, tally(*odd))).reading.statement_date is None


def test_totals_of_tally_that_do_not_foot_are_told_and_not_used(tmp_path: Path) -> None:
    """Rows 6 and 7 come to 150,000.00 pending, and all four to 157,345.50."""
    loaded = load(write(tmp_path, tally(*BILLS)))
    assert loaded.rows_of("total_differences") == [
        (8, "of Acme Mills", "open_amount", "USD", money("120000"), money("150000"), False),
        (13, "of all", "open_amount", "USD", money("127345.50"), money("157345.50"), False),
    ]
    assert (
        "row 8 (of Acme Mills) prints Pending Amount 120,000.00 USD, the rows taken come to 150,000.00 USD; "
        "1 more differ: see agingreport check"
    ) in loaded.reading.notes


def test_a_tally_workbook_is_read_as_its_csv_is(tmp_path: Path) -> None:
    path = tmp_path / "GrpBills.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Sundry Debtors")
        sheet.merge_range("A1:G1", "Invented Traders")
        for number, row in enumerate([line.split(",") for line in TALLY], start=1):
            sheet.write_row(number, 0, row)
        sheet.write(3, 0, "Acme Mills")
        sheet.write_row(4, 0, ["1-Apr-23", "INV/001", "", 120000, 100000, "1-May-23", 335])
        sheet.write_row(5, 3, [120000, 100000])
        sheet.write_row(6, 3, [120000, 100000])
    loaded = load(path)
    assert loaded.rows("documents", "client", "document_date", "amount") == [
        ("Acme Mills", day("2023-04-01"), money("120000"))
    ]
    assert loaded.counts == (4, 3, 0)
    assert "all_open_items" in loaded.reading.can


def test_what_follows_a_row_that_may_have_been_a_heading_is_nobodys(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, tally("Acme Mills,,,,,,", "12345,,,,,,", BILLS[1])))
    assert [reject[:3] for reject in loaded.rejects] == [
        (6, None, "neither a transaction nor a heading, total or footer"),
        (7, None, "stands under no heading that names its client"),
    ]


HARVEST = "Status,Issue Date,Paid,ID,Client,Invoice Amount,Paid Amount,Balance"


def harvest(*rows: str) -> str:
    return table("Invoice report,,,,,,,", ",,,,,,,", HARVEST, *rows)


def test_the_harvest_report_reads_each_amount_as_it_is_written_in_the_currency_of_its_section(
    tmp_path: Path,
) -> None:
    text = harvest(
        "SEK,,,,,,,",
        'Paid,2026-01-10,12 days,101,Example Client,"12 500,00","12 500,00","0,00"',
        'Open,2026-02-10,,102,Example Client,"1 000,00","250,00","750,00"',
        ',,,Total,,"13 500,00","12 750,00","750,00"',
        "USD,,,,,,,",
        'Open,2026-03-10,,201,Total Quality Logistics,"1,234.50",0.00,"1,234.50"',
        'Draft,2026-03-11,,202,Total Quality Logistics,"1,234",0.00,"1,234"',
        ',,,Total,,"1,300.00",0.00,"1,234.50"',
    )
    loaded, one, two = load(write(tmp_path, text)), "Example Client", "Total Quality Logistics"
    assert loaded.documents == [
        (f"harvest:invoice:101:{one.lower()}", "invoice", one, day("2026-01-10"), None, money("12500"), "SEK"),
        (f"harvest:invoice:102:{one.lower()}", "invoice", one, day("2026-02-10"), None, money("1000"), "SEK"),
        (f"harvest:invoice:201:{two.lower()}", "invoice", two, day("2026-03-10"), None, money("1234.50"), "USD"),
    ]
    assert loaded.rows("open_balances", "open_amount") == [(money("0"),), (money("750"),), (money("1234.50"),)]
    assert [reject[:3] for reject in loaded.rejects] == [(10, "amount", 'not an amount: "1,234"')]
    assert loaded.rows_of("total_differences") == [
        (11, "Total", "amount", "USD", money("1300"), money("1234.50"), False)
    ]
    assert loaded.counts == (8, 4, 1)


def test_a_section_of_harvest_that_is_no_currency_is_refused(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, harvest("Everything,,,,,,,", "Open,2026-03-10,,201,Acme,1.50,0.00,1.50")))
    assert loaded.rejects[0][:3] == (4, None, "neither a transaction nor a heading, total or footer")


OPEN = ",Date,Transaction type,Num,Term,Due date,Amount,Open balance"
ACME = ("Acme,,,,,,,", ",01/15/2026,Invoice,1,,02/14/2026,9.00,9.00", "Total for Acme,,,,,,$9.00,$9.00")
BOLT = ("Bolt,,,,,,,", ",01/16/2026,Invoice,2,,02/15/2026,7.00,7.00", "Total for Bolt,,,,,,$7.00,$7.00")


def test_rows_whose_heading_is_missing_are_nobodys(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, table("Open Invoices", OPEN, *ACME, *BOLT[1:])))
    assert [document[2] for document in loaded.documents] == ["Acme"]
    assert [reject[:3] for reject in loaded.rejects] == [(6, None, "stands under no heading that names its client")]


def test_the_total_of_another_client_than_the_open_one_refuses_the_file(tmp_path: Path) -> None:
    """Bolt's row would else count as Acme's."""
    text = table("Open Invoices", OPEN, *ACME[:2], *BOLT[1:])
    assert "row 6 is Total for Bolt, but its heading is missing" in refusal(write(tmp_path, text))
