"""QuickBooks in other words: company settings, the modern and the classic view, sub-customers, columns added."""

from pathlib import Path

import pytest
from loaded import day, load, money, refusal, table, write

TITLES = ("A/R Aging Detail Report", "Example LLC", '"As of Jun 12, 2026"', "")
ROW = ",05/21/2026,Invoice,1,Acme,06/20/2026,5.00,5.00"


@pytest.mark.parametrize(
    "header",
    [
        ",Date,Transaction type,Num,Customer full name,Due date,Amount,Open balance",
        ",Date,Transaction Type,Num,Customer Full Name,Due Date,Amount,Open Balance",
        ",Date,Transaction type,No.,Client full name,Due date,Amount,Open balance",
        ",Date,Transaction type,Num,Donor full name,Due date,Amount,Open balance",
        ",Transaction date,Transaction type,Num,Donor,Due date,Amount,Open balance",
        ",DATE,TRANSACTION TYPE,NUM,NAME,DUE DATE,AMOUNT,OPEN BALANCE",
    ],
)
@pytest.mark.parametrize("title", ["A/R Aging Detail", "A/R Ageing Detail Report", "Accounts Receivable Aging Detail"])
def test_the_words_of_a_company_do_not_matter(tmp_path: Path, header: str, title: str) -> None:
    loaded = load(write(tmp_path, table(title, "Example LLC", '"As at 12 June, 2026"', "", header, ROW)))
    assert loaded.rows("documents", "document_id", "due_date") == [("qbo:invoice:1:acme", day("2026-06-20"))]
    assert loaded.reading.statement_date == day("2026-06-12")


def test_columns_that_were_added_are_passed_over(tmp_path: Path) -> None:
    header = ",Date,Transaction type,Num,Customer full name,Location full name,Sales Rep,Due date,Past due,Amount,"
    row = ",05/21/2026,Invoice,1,Acme,North:Leeds,Anna,06/20/2026,-8,5.00,5.00"
    loaded = load(write(tmp_path, table(*TITLES, header + "Open balance", row)))
    assert loaded.rows("documents", "client", "amount") == [("Acme", money("5"))]


def test_a_count_behind_an_age_group_is_no_part_of_its_name(tmp_path: Path) -> None:
    """The invoice is 11 days late on 12 June; its printed total is of another amount."""
    header = ",Date,Transaction type,Num,Customer full name,Due date,Amount,Open balance"
    rows = ("1 - 30 days past due (1),,,,,,,", ",05/21/2026,Invoice,1,Acme,06/01/2026,5.00,5.00")
    total = "Total for 1 - 30 days past due,,,,,,$5.00,$4.00"
    loaded = load(write(tmp_path, table(*TITLES, header, *rows, total, "TOTAL,,,,,,$5.00,$5.00")))
    assert [row[:3] for row in loaded.rows_of("total_differences")] == [
        (8, "Total for 1 - 30 days past due", "open_amount")
    ]
    assert loaded.counts == (4, 3, 0)


OPEN = ",Date,Transaction type,Num,Term,Due date,Amount,Open balance"


def open_invoices(*rows: str) -> str:
    return table("Open Invoices", "Example LLC", '"As of Jun 12, 2026"', "", OPEN, *rows)


def test_a_sub_customer_is_named_with_its_parent_as_it_is_elsewhere(tmp_path: Path) -> None:
    """The total of the parent comes after that of its site; the second client stands beside both."""
    text = open_invoices(
        "Parent,,,,,,,",
        ",05/21/2026,Invoice,1,,06/20/2026,5.00,5.00",
        "  Site A,,,,,,,",
        ",05/22/2026,Invoice,2,,06/21/2026,6.00,6.00",
        "  Total for Site A,,,,,,$6.00,$6.00",
        "  Parent:Site B,,,,,,,",
        ",05/23/2026,Invoice,3,,06/22/2026,7.00,7.00",
        "  Total for Parent:Site B,,,,,,$7.00,$7.00",
        "Total for Parent with sub-customers,,,,,,$18.00,$18.00",
        "Total Quality Logistics,,,,,,,",
        ",05/24/2026,Invoice,4,,06/23/2026,8.00,8.00",
        "Total for Total Quality Logistics,,,,,,$8.00,$8.00",
        ",TOTAL,,,,,$26.00,$26.00",
    )
    loaded = load(write(tmp_path, text))
    assert loaded.rows("documents", "number", "client") == [
        ("1", "Parent"), ("2", "Parent:Site A"), ("3", "Parent:Site B"), ("4", "Total Quality Logistics"),
    ]  # fmt: skip
    assert loaded.rows("clients", "client", "parent_client") == [
        ("Parent:Site A", "Parent"), ("Parent:Site B", "Parent"),
    ]  # fmt: skip
    assert loaded.rows_of("total_differences") == []
    assert (loaded.counts, "all_open_items" in loaded.reading.can) == ((13, 9, 0), True)


def test_headings_that_nothing_closes_hold_nothing(tmp_path: Path) -> None:
    text = open_invoices("Acme,,,,,,,", ROW.replace("Acme", ""), "Bolt,,,,,,,", ROW.replace("1,Acme", "2,"))
    assert load(write(tmp_path, text)).rows("documents", "client") == [("Acme",), ("Bolt",)]


def test_a_report_cut_off_within_a_parent_leaves_open_whose_the_last_rows_are(tmp_path: Path) -> None:
    rows = ("Acme,,,,,,,", ROW.replace("Acme", ""), "Total for Acme,,,,,,$5.00,$5.00", "Parent,,,,,,,", "Site,,,,,,,")
    loaded = load(write(tmp_path, open_invoices(*rows, ROW.replace("1,Acme", "2,"))))
    assert loaded.rows("documents", "client") == [("Acme",)]
    assert [reject[2] for reject in loaded.rejects] == ["its heading Site stands under Parent, which no total closes"]


def test_open_invoices_on_the_cash_basis_are_refused(tmp_path: Path) -> None:
    text = open_invoices("Acme,,,,,,,", ROW, '" Cash Basis Friday, June 12, 2026 02:45 AM GMTZ",,,,,,,')
    assert "cash basis" in refusal(write(tmp_path, text))


def test_rows_of_a_desktop_journal_share_what_only_the_first_of_them_says(tmp_path: Path) -> None:
    text = table(
        ',"Type","Date","Num","Name","Memo","Account","Class","Debit","Credit","Amount","Account Type"',
        '"Jul 1 - Sep 30, 25",,,,,,,,,,,',
        ',"General Journal","07/15/25","J1","","","Sales","","",70.00,-70.00,"Income"',
        ',"","","","Acme","","A/R","",50.00,"",50.00,"Accounts Receivable"',
        ',"","","","Bolt","","A/R","",20.00,"",20.00,"Accounts Receivable"',
    )
    assert load(write(tmp_path, text)).rows("documents", "kind", "client", "number", "document_date", "amount") == [
        ("journal_debit", "Acme", "J1", day("2025-07-15"), money("50")),
        ("journal_debit", "Bolt", "J1", day("2025-07-15"), money("20")),
    ]
