"""Exports that overlap: the same month twice, two programs at a changeover, lines and invoices, capped files."""

from datetime import timedelta
from itertools import permutations
from pathlib import Path

import pytest

from agingreport.audit import findings
from agingreport.ledger import Ledger, open_ledger
from command import Run
from drawn import IN_MEMORY, LOADED_AT, assert_shows, load, on, shown

DAY = "2026-03-31"
INVOICE_LIST = """Invented Books LLC,,,,,,,
Invoice List by Date,,,,,,,
"January 1-March 31, 2026",,,,,,,

Date,Transaction type,Num,Name,Memo,Due date,Amount,Open balance
{rows}TOTAL,,,,,,$0.00,$0.00
"""
PAYMENTS = """Invented Books LLC,,,,
Invoices and Received Payments,,,,
"January 1-March 31, 2026",,,,

,Date,Transaction type,Transaction number,Amount,Memo/Description
Acme,,,,,
{rows}"""
LINES = """Invented Books LLC,,,,,,,,,
Sales by Product/Service Detail,,,,,,,,,
"January 1-March 31, 2026",,,,,,,,,

,Transaction date,Transaction type,Num,Customer full name,Memo/Description,Quantity,Sales price,Amount,Balance
{rows}TOTAL,,,,,,,,110.00,
"""
XERO = "ContactName,InvoiceNumber,InvoiceDate,DueDate,Total,InvoiceAmountDue,Type,Status\n"


def write(path: Path, text: str, rows: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.replace("{rows}", rows), encoding="utf-8")
    return path


def xero(path: Path, *rows: str) -> Path:
    return write(path, XERO + "".join(f"{row}\n" for row in rows))


def sales(client: str, number: str, amount: str, due: str = "0", day: str = "2026-01-15") -> str:
    return f"{client},{number},{day},2026-02-14,{amount},{due},Sales invoice,Awaiting Payment"


def told_twice(ledger: Ledger) -> list[str]:
    return [row["subject"] for row in findings(on(ledger, DAY)) if row["check"] == "probably_told_twice"]


@pytest.fixture
def ledger() -> Ledger:
    return open_ledger(IN_MEMORY, writable=True)


def test_the_same_month_exported_twice_is_there_once(ledger: Ledger, tmp_path: Path) -> None:
    january = "01/15/2026,Invoice,7001,Acme,,02/14/2026,500.00,500.00\n"
    both = january + "02/15/2026,Invoice,7002,Acme,,03/14/2026,50.00,50.00\n"
    load(ledger, [write(tmp_path / "january.csv", INVOICE_LIST, january)])
    [again] = load(ledger, [write(tmp_path / "february.csv", INVOICE_LIST, both)])
    assert (again.rows_new, again.rows_unchanged, again.rows_changed) == (1, 1, 0)
    assert_shows(on(ledger, DAY), "open_items", "number  open_amount\n 7001  500.00\n 7002  50.00")


CHANGEOVER = (
    "01/15/2026,Invoice,7001,Acme,,02/14/2026,500.00,500.00\n01/15/2026,Invoice,7002,Acme,,02/14/2026,40.00,40.00\n"
)


def test_an_invoice_in_two_programs_counts_once_in_whatever_order_they_come(tmp_path: Path) -> None:
    """7001 is in both, 7002 stayed behind, 7003 came after; Xero spells the client otherwise."""
    files = [
        write(tmp_path / "quickbooks.csv", INVOICE_LIST, CHANGEOVER),
        xero(tmp_path / "xero.csv", sales("ACME ", "7001", "500", "500"), sales("ACME ", "7003", "7", "7")),
    ]
    for order in permutations(files):
        ledger = open_ledger(IN_MEMORY, writable=True)
        for file in order:
            load(ledger, [file])
        assert_shows(on(ledger, DAY), "open_items", "number  open_amount\n 7001  500.00\n 7002  40.00\n 7003  7.00")
        assert_shows(on(ledger, DAY), "balances", "client  balance\n Acme  547.00")
        assert_shows(
            on(ledger, DAY), "twins", "document_id  counted_as\n xero:invoice:7001:acme  qbo:invoice:7001:acme"
        )
        assert told_twice(ledger) == []


def test_what_the_second_program_says_is_paid_settles_the_one_that_counts_once(ledger: Ledger, tmp_path: Path) -> None:
    """The one has the payment, the other shows only that nothing is open: no second payment is derived from it."""
    rows = ",01/15/2026,Invoice,7001,500.00,\n,02/20/2026,Payment,,500.00,\n"
    later = "03/10/2026,Invoice,7003,Acme,,04/09/2026,7.00,7.00\n"  # the day of the latest is what a list speaks of
    nothing_open = CHANGEOVER.replace("500.00,500.00", "500.00,0.00") + later
    load(ledger, [write(tmp_path / "quickbooks.csv", INVOICE_LIST, nothing_open)])
    load(ledger, [write(tmp_path / "payments.csv", PAYMENTS, rows)])
    load(
        ledger,
        [xero(tmp_path / "xero.csv", sales("Acme", "7001", "500"), sales("Acme", "7004", "3", "3", "2026-03-12"))],
    )
    books = on(ledger, DAY)
    assert_shows(books, "open_items", "number  open_amount\n 7002  40.00\n 7004  3.00\n 7003  7.00")
    assert shown(books, "documents", ["amount", "origin"], {"kind": "payment"}) == [["500.00", "export"]]
    assert_shows(books, "balances", "balance\n 50.00")


def test_a_second_program_that_was_loaded_later_is_unknown_before(ledger: Ledger, tmp_path: Path) -> None:
    load(ledger, [xero(tmp_path / "xero.csv", sales("Acme", "7001", "500", "500"))])
    later = LOADED_AT + timedelta(days=1)
    load(ledger, [write(tmp_path / "quickbooks.csv", INVOICE_LIST, CHANGEOVER)], loaded_at=later)
    columns = ["document_id", "open_amount"]
    assert shown(on(ledger, DAY, known_on="2026-01-01"), "open_items", columns) == [
        ["xero:invoice:7001:acme", "500.00"]
    ]
    assert shown(on(ledger, DAY), "open_items", columns) == [
        ["qbo:invoice:7001:acme", "500.00"],
        ["qbo:invoice:7002:acme", "40.00"],
    ]


@pytest.mark.parametrize(
    "row", [sales("Acme", "7001", "501", "501"), sales("Acme", "7001", "500", "500", day="2026-01-16")]
)
def test_what_is_not_quite_the_same_counts_twice_and_is_listed(ledger: Ledger, tmp_path: Path, row: str) -> None:
    load(ledger, [write(tmp_path / "quickbooks.csv", INVOICE_LIST, CHANGEOVER), xero(tmp_path / "xero.csv", row)])
    assert len(on(ledger, DAY).show("open_items")) == 3
    assert told_twice(ledger) == ["qbo:invoice:7001:acme and xero:invoice:7001:acme"]


def test_a_payment_in_two_programs_is_never_certain_and_is_listed(ledger: Ledger, tmp_path: Path) -> None:
    rows = ",01/15/2026,Invoice,7001,500.00,\n,02/20/2026,Payment,,200.00,\n"
    other = "Acme,,2026-02-20,,200,0,Sales overpayment,Paid"
    load(ledger, [write(tmp_path / "payments.csv", PAYMENTS, rows), xero(tmp_path / "xero.csv", other)])
    assert len(told_twice(ledger)) == 1
    assert_shows(on(ledger, DAY), "balances", "balance\n 100.00")


def test_a_number_that_one_program_gave_twice_is_certain_for_neither(ledger: Ledger, tmp_path: Path) -> None:
    header = "document_id,kind,client,number,document_date,due_date,amount,currency\n"
    rows = "".join(f"{place},invoice,Acme,7001,2026-01-15,2026-02-14,500,USD\n" for place in "AB")
    load(ledger, [write(tmp_path / "plain.csv", header + rows)])
    load(ledger, [xero(tmp_path / "xero.csv", sales("Acme", "7001", "500", "500"))])
    assert len(on(ledger, DAY).show("open_items")) == 3
    assert len(on(ledger, DAY).show("twins")) == 0
    assert len(told_twice(ledger)) == 2


def test_lines_without_tax_never_lower_the_invoice_whichever_file_comes_first(tmp_path: Path) -> None:
    """Two lines of 90 and 10; the invoice has 10 of tax on top. One that only the lines tell is as they say."""
    lines = (
        ",01/15/2026,Invoice,7001,Acme,Hosting,1,90.00,90.00,90.00\n"
        ",01/15/2026,Invoice,7001,Acme,Mail,1,10.00,10.00,100.00\n"
        ",01/16/2026,Invoice,7009,Acme,Mail,1,10.00,10.00,110.00\n"
    )
    files = [
        write(tmp_path / "lines.csv", LINES, lines),
        write(tmp_path / "list.csv", INVOICE_LIST, "01/15/2026,Invoice,7001,Acme,,02/14/2026,110.00,110.00\n"),
    ]
    for order in permutations(files):
        ledger = open_ledger(IN_MEMORY, writable=True)
        for file in order:
            load(ledger, [file])
        load(ledger, [write(tmp_path / "again.csv", LINES, lines + "\n")])
        assert_shows(on(ledger, DAY), "open_items", "number  open_amount\n 7009  10.00\n 7001  110.00")


def test_files_of_a_capped_export_overlap_in_any_order(tmp_path: Path) -> None:
    rows = [sales("Acme", str(number), str(number), str(number)) for number in range(1, 8)]
    files = [xero(tmp_path / f"{start}.csv", *rows[start : start + 3]) for start in (0, 2, 4)]
    for order in permutations(files):
        ledger = open_ledger(IN_MEMORY, writable=True)
        loaded = [load(ledger, [file])[0] for file in order]
        assert sum(file.rows_new for file in loaded) == 7
        assert sum(file.rows_unchanged for file in loaded) == 2
        assert_shows(on(ledger, DAY), "balances", "client  open_amount\n Acme  28.00")


def test_a_changed_row_is_told_with_before_and_after(run: Run, tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.duckdb"
    first = "Acme,7001,2026-01-15,2026-02-14,500,500,Sales invoice,Awaiting Payment"
    second = "Acme,7001,2026-01-15,2026-03-01,480.50,480.50,Sales invoice,Awaiting Payment"
    assert "changed:" not in run("load", xero(tmp_path / "one.csv", first), "--ledger", ledger).out
    said = run("load", xero(tmp_path / "two.csv", second), "--ledger", ledger).out
    assert "  changed: document 7001 of Acme: amount 500.00 → 480.50\n" in said
    assert "  changed: document 7001 of Acme: due_date 2026-02-14 → 2026-03-01\n" in said
    with open_ledger(ledger) as opened:
        assert_shows(
            on(opened, DAY),
            "changed_rows",
            """
            load_id  file_name  fact      subject                 column_name  before      after
            2        two.csv    document  xero:invoice:7001:acme  amount       500.0000    480.5000
            2        two.csv    document  xero:invoice:7001:acme  due_date     2026-02-14  2026-03-01
            """,
        )


def test_many_changes_are_counted_and_some_of_them_shown(run: Run, tmp_path: Path) -> None:
    for amount in ("10", "20"):
        rows = [sales("Acme", str(number), amount, amount) for number in range(8)]
        said = run("load", xero(tmp_path / f"{amount}.csv", *rows), "--ledger", tmp_path / "ledger.duckdb").out
    assert said.count("  changed: ") == 5
    assert "  and 3 more changes: agingreport show changed_rows\n" in said


def test_a_void_after_the_fact_is_a_change_and_what_was_known_then_stays(ledger: Ledger, tmp_path: Path) -> None:
    load(ledger, [xero(tmp_path / "one.csv", sales("Acme", "7001", "500", "500"))])
    voided = sales("Acme", "7001", "500", "0").replace("Awaiting Payment", "Voided")
    load(ledger, [xero(tmp_path / "two.csv", voided)], loaded_at=LOADED_AT + timedelta(days=1))
    assert shown(on(ledger, DAY), "open_items", ["number"]) == []
    assert shown(on(ledger, DAY, known_on="2026-01-01"), "open_items", ["number"]) == [["7001"]]
    assert_shows(on(ledger, DAY), "changed_rows", "column_name  before  after\n status  posted  void")
    assert len(on(ledger, DAY, known_on="2026-01-01").show("changed_rows")) == 0


def test_changes_of_clients_allocations_and_instalments_are_told_too(ledger: Ledger, tmp_path: Path) -> None:
    documents = "document_id,kind,client,document_date,amount,currency\nI,invoice,Acme,2026-01-01,10,USD\n"
    files = {
        "documents.csv": (documents + "P,payment,Acme,2026-01-02,5,USD\n", "5,", "5,"),
        "allocations.csv": ("debit_id,credit_id,amount\nI,P,4\n", "P,4", "P,5"),
        "instalments.csv": ("document_id,due_date,amount\nI,2026-02-01,6\n", "01,6", "01,7"),
        "clients.csv": ("client,email\nAcme,a@b.example\n", "a@", "c@"),
    }
    load(ledger, [write(tmp_path / "1" / name, text) for name, (text, _, _) in files.items()])
    load(ledger, [write(tmp_path / "2" / name, text.replace(old, new)) for name, (text, old, new) in files.items()])
    assert_shows(
        on(ledger, DAY),
        "changed_rows",
        """
        fact        subject           column_name  before       after
        allocation  I by P            amount       4.0000       5.0000
        instalment  I due 2026-02-01  amount       6.0000       7.0000
        client      Acme              email        a@b.example  c@b.example
        """,
    )
