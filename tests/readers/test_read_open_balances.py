"""Lists of what is open without what was billed: they speak of the documents that the ledger knows, and bring none."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from loaded import money, table, write

from agingreport import open_ledger
from agingreport.errors import AgingReportError
from agingreport.readers import ReadOptions

INVOICES = table(
    "Invented Ltd",
    "Invoice List by Date",
    "All Dates",
    "",
    "Date,Transaction type,Num,Name,Memo,Due date,Amount,Open balance",
    "01/15/2026,Invoice,1,Acme,,02/14/2026,100.00,100.00",
    "01/20/2026,Invoice,2,Acme,,02/19/2026,80.00,80.00",
    "02/01/2026,Invoice,3,Bolt,,03/03/2026,70.00,70.00",
    '" Monday, February 2, 2026 09:15 AM GMT-04:00"',
)
PAID = table(
    "Invented Ltd",
    "Invoices and Received Payments",
    "All Dates",
    "",
    ",Date,Transaction type,Memo/Description,Transaction number,Amount",
    "Bolt",
    ",02/20/2026,Payment,,,25.00",
)


def statement(*rows: str, titles: tuple[str, ...] = ("Open Invoices", "Ours", '"As of Feb 28, 2026"', "")) -> str:
    return table(*titles, ",Date,Transaction type,Num,Term,Due date,Open balance", *rows)


OPEN = statement(
    "Acme,,,,,,",
    ",01/15/2026,Invoice,1,Net 30,02/14/2026,60.00",
    "Total for Acme,,,,,,$60.00",
    "Bolt,,,,,,",
    ",02/20/2026,Payment,,,02/20/2026,-5.00",
    ",02/01/2026,Invoice,3,Net 30,03/03/2026,70.00",
    "Total for Bolt,,,,,,$65.00",
    ",TOTAL,,,,,$125.00",
)


def loaded(folder: Path, *texts: str, **options: Any) -> tuple[list[Any], dict[str, Any]]:
    """Load the texts at once; give what became of them, and what is open on each document on 28 February 2026."""
    paths = [write(folder, text, f"{place}.csv") for place, text in enumerate(texts)]
    with open_ledger(folder / "ledger.duckdb", writable=True) as ledger:
        files = ledger.load(
            paths, loaded_at=datetime(2026, 3, 1, tzinfo=UTC), options=ReadOptions(**{"currency": "USD", **options})
        )
        books = ledger.as_of(date(2026, 2, 28))
        rows = [(row["document_id"], row["open_amount"]) for row in books.show("open_items")]
        return files, dict(rows)


def rows_of(folder: Path, query: str) -> list[tuple[Any, ...]]:
    with open_ledger(folder / "ledger.duckdb") as ledger:
        return ledger.connection.execute(query).fetchall()


@pytest.mark.parametrize("texts", [(INVOICES, OPEN), (OPEN, INVOICES)])
def test_a_statement_shows_what_was_paid_of_known_invoices_whatever_the_order(
    tmp_path: Path, texts: tuple[str, ...]
) -> None:
    """Of invoice 1 40.00 is paid, and all 80.00 of invoice 2, which a complete list leaves out; of 3 nothing is."""
    files, still_open = loaded(tmp_path, *texts)
    assert still_open == {"qbo:invoice:1:acme": money("60"), "qbo:invoice:3:bolt": money("70")}
    (statement_file,) = [file for file in files if file.reader == "quickbooks-online-open-invoices-without-amount"]
    assert (statement_file.rows_read, statement_file.rows_new, statement_file.rows_skipped) == (8, 2, 5)
    assert statement_file.rows_refused == 1
    paid = "select client, amount, document_date from ledger.documents where origin = 'derived' order by amount"
    assert rows_of(tmp_path, paid) == [
        ("Acme", money("40"), date(2026, 2, 28)),
        ("Acme", money("80"), date(2026, 2, 28)),
    ]


def test_money_on_account_is_found_by_its_client_and_date(tmp_path: Path) -> None:
    """Of the payment of 25.00 the statement shows 5.00 unused: 20.00 went to invoice 3, of which 50.00 is open."""
    files, _ = loaded(tmp_path, INVOICES, PAID, OPEN.replace(",70.00", ",50.00"))
    assert files[-1].rows_refused == 0
    stated = "select open_amount from ledger.open_balances where document_id like 'qbo:payment%'"
    assert rows_of(tmp_path, stated) == [(money("5"),)]
    assert rows_of(tmp_path, "select amount from ledger.allocations where debit_id = 'qbo:invoice:3:bolt'") == [
        (money("20"),)
    ]


def test_a_statement_of_which_nothing_is_known_is_refused_whole(tmp_path: Path) -> None:
    with pytest.raises(AgingReportError) as refused:
        loaded(tmp_path, OPEN)
    assert str(refused.value) == (
        "0.csv: this is QuickBooks Online Open Invoices, without Amount: it has no column Amount, so what was billed "
        "is unknown; add it, or load the Invoice List by Date first"
    )
    assert not (tmp_path / "ledger.duckdb").exists()


def test_each_row_that_is_not_known_is_refused_with_the_reason_and_nothing_counts_as_settled(tmp_path: Path) -> None:
    rows = ("Acme,,,,,,", ",01/15/2026,Invoice,1,,02/14/2026,100.00", ",01/16/2026,Invoice,9,,02/14/2026,5.00")
    files, still_open = loaded(tmp_path, INVOICES, statement(*rows, ",TOTAL,,,,,$105.00"))
    assert still_open["qbo:invoice:2:acme"] == money("80")
    reason = "what was billed is not in this file, and the ledger does not know it"
    assert rows_of(tmp_path, "select row_number, column_name, reason from ledger.rejects") == [
        (8, "number", f'{reason}: "9"')
    ]
    assert files[-1].notes == (
        "1 rows are of documents that the ledger does not know, and say only what is open of them: load those, then "
        "this file again",
        "row 9 (TOTAL) prints Open balance 105.00 USD, the rows taken come to 100.00 USD",
        "rows were refused: what it does not list is not taken as settled",
    )


def test_a_statement_cut_off_before_its_total_settles_nothing(tmp_path: Path) -> None:
    files, still_open = loaded(tmp_path, INVOICES, OPEN[: OPEN.index("Bolt")])
    assert still_open == {
        "qbo:invoice:1:acme": money("60"), "qbo:invoice:2:acme": money("80"), "qbo:invoice:3:bolt": money("70")
    }  # fmt: skip
    assert (
        "it has no grand total, so rows may be missing: what it does not list is not taken as settled"
        in files[-1].notes
    )


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",01/15/2026,Invoice,1,,02/14/2026,100.01", 'more than was billed: "100.01"'),
        (",01/15/2026,Invoice,1,,02/14/2026,", "empty"),
        (",01/15/2026,Barter,1,,02/14/2026,5.00", 'not a kind of document: "Barter"'),
        (",01/15/2026,Credit Memo,1,,02/14/2026,-5.00", "the ledger does not know it"),
        (",02/01/2026,Invoice,3,,03/03/2026,5.00", "the ledger does not know it"),  # it is Bolt's
        (",01/20/2026,Payment,,,01/20/2026,-5.00", "no such document of its client and date is known"),
    ],
)
def test_a_row_that_contradicts_what_is_known_is_refused(tmp_path: Path, row: str, reason: str) -> None:
    loaded(tmp_path, INVOICES, statement("Acme,,,,,,", row, ",01/20/2026,Invoice,2,,02/19/2026,80.00"))
    (found,) = rows_of(tmp_path, "select reason from ledger.rejects")
    assert reason in found[0]


def test_two_rows_of_one_document_that_differ_are_both_refused(tmp_path: Path) -> None:
    rows = [f",01/15/2026,Invoice,1,,02/14/2026,{amount}" for amount in ("60.00", "70.00")]
    files, _ = loaded(tmp_path, INVOICES, statement("Acme,,,,,,", *rows, ",01/20/2026,Invoice,2,,02/19/2026,80.00"))
    assert files[-1].rows_refused == 2


def test_a_statement_with_refused_rows_is_read_again_once_more_is_known(tmp_path: Path) -> None:
    """Byte for byte the same file: what it is worth has changed."""
    first = INVOICES.replace("02/01/2026,Invoice,3,Bolt,,03/03/2026,70.00,70.00\n", "")
    loaded(tmp_path, first, OPEN)
    later, still_open = loaded(tmp_path, INVOICES, OPEN, PAID)
    assert still_open["qbo:invoice:3:bolt"] == money("70")
    assert sum(file.rows_refused for file in later) == 0


def test_a_desktop_aging_without_amounts_speaks_of_what_a_desktop_file_has_brought(tmp_path: Path) -> None:
    """Due on 14 February with an age of 14 days: the report is of the 28th. The other invoice is not due."""
    header = ",,,Type,,Date,,Num,,Name,,Due Date,,Aging,,Open Balance"
    known = table(
        ',"Type","Date","Num","Name","Memo","Account","Class","Debit","Credit","Amount","Account Type"',
        ',"Invoice","01/15/26","1","Acme","","A/R","",100.00,"",100.00,"Accounts Receivable"',
        ',"Invoice","01/20/26","2","Acme","","A/R","",80.00,"",80.00,"Accounts Receivable"',
    )
    aging = table(
        header,
        "Current,,,,,,,,,,,,,,,",
        ",,,Invoice,,01/20/2026,,2,,Acme,,03/19/2026,,,,80.00",
        "Total Current,,,,,,,,,,,,,,,80.00",
        "1 - 30,,,,,,,,,,,,,,,",
        ",,,Invoice,,01/15/2026,,1,,Acme,,02/14/2026,,14,,30.00",
        "Total 1 - 30,,,,,,,,,,,,,,,30.00",
        "TOTAL,,,,,,,,,,,,,,,110.00",
    )
    _, still_open = loaded(tmp_path, known, aging)
    assert still_open == {"qbd:invoice:1:acme": money("30"), "qbd:invoice:2:acme": money("80")}
    assert rows_of(tmp_path, "select distinct stated_on from ledger.open_balances") == [(date(2026, 2, 28),)]
