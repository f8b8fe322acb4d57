"""What status words say on the day of the export: what never ages, what is disputed, what was given up, since when."""

from pathlib import Path

import pytest
from loaded import day, load, money, table, write

from agingreport.audit import findings
from agingreport.manual import how_sure, list_formats
from agingreport.readers import formats
from drawn import LOADED_AT, ledger_of, on

UNBORN = ("draft", "pending", "scheduled", "approval", "approved", "on hold")
DEAD = ("void", "cancel", "delete", "denied", "failed", "blocked", "reject")


def test_drafts_and_voids_never_age_whatever_the_program_calls_them() -> None:
    for known in formats():
        for word, status in known.statuses.items():
            plain = word.casefold()
            if known.name.startswith("xero") and plain in {"approved", "submitted"}:
                # Of Xero's invoices the one awaits payment, the other approval.
                assert status == {"approved": "posted", "submitted": "draft"}[plain]
            elif any(part in plain for part in UNBORN):
                assert status == "draft", f"{known.name}: {word}"
            elif any(part in plain for part in DEAD):
                assert status == "void", f"{known.name}: {word}"
            elif not (known.name.startswith("invoice-ninja-v5") and plain == "reversed"):
                assert status in {"posted", "disputed", "written_off"}, f"{known.name}: {word}"


FRESHBOOKS = "Client Name,Invoice #,Date Issued,Invoice Status,Date Paid,Line Total,Currency"


def test_a_disputed_freshbooks_invoice_is_disputed(tmp_path: Path) -> None:
    rows = ("Acme,1,2026-01-05,disputed,,70.00,EUR", "Acme,2,2026-01-05,sent,,30.00,EUR")
    loaded = load(write(tmp_path, table(FRESHBOOKS, *rows)))
    assert loaded.rows("documents", "number", "status", "is_disputed") == [
        ("1", "posted", True),
        ("2", "posted", False),
    ]


STRIPE = "Number,Customer,Status,Currency,Total,Amount Paid,Date (UTC),Due Date (UTC)"


def test_what_an_uncollectible_invoice_still_owed_is_written_off_even_without_a_day(tmp_path: Path) -> None:
    rows = (
        "A-1,cus_1,uncollectible,usd,100.00,40.00,2024-06-07 12:00,2024-07-07 12:00",
        "A-2,cus_1,void,usd,50.00,0.00,2024-06-07 12:00,2024-07-07 12:00",
        "A-3,cus_1,draft,usd,50.00,0.00,2024-06-07 12:00,2024-07-07 12:00",
        "A-4,cus_1,open,usd,50.00,20.00,2024-06-07 12:00,2024-07-07 12:00",
    )
    loaded = load(write(tmp_path, table(STRIPE, *rows)))
    assert loaded.rows("documents", "kind", "document_date", "amount", "status") == [
        ("invoice", day("2024-06-07"), money("100"), "posted"),
        ("write_off", day("2024-07-07"), money("60"), "posted"),
        ("invoice", day("2024-06-07"), money("50"), "void"),
        ("invoice", day("2024-06-07"), money("50"), "draft"),
        ("invoice", day("2024-06-07"), money("50"), "posted"),
    ]
    assert loaded.rows("open_balances", "open_amount") == [(money("0"),), (money("30"),)]
    assert "1 write-offs or refunds have no day of their own" in " ".join(loaded.reading.notes)


def test_a_written_off_freeagent_invoice_without_its_day_owes_nothing(tmp_path: Path) -> None:
    header = "Reference,Contact Name,Dated On,Due On,Total Value,Due Value,Paid Value,Currency,Status"
    row = "7,Acme,2026-01-05,2026-02-04,100.00,70.00,30.00,GBP,Written-off"
    loaded = load(write(tmp_path, table(header, row)))
    assert loaded.rows("documents", "kind", "amount") == [("invoice", money("100")), ("write_off", money("70"))]
    assert loaded.rows("open_balances", "open_amount") == [(money("0"),)]


HARVEST = "Issue Date,Last Payment Date,ID,Client,Invoice Amount,Paid Amount,Balance,Currency"


def test_the_assumed_day_of_a_harvest_write_off_is_marked_counted_and_can_be_mended(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path)
    export = write(tmp_path, table(HARVEST, "2026-01-11,,102,Acme,1000.0,0.0,0.0,Euro - EUR"), "harvest.csv")
    loaded = ledger.load([export], loaded_at=LOADED_AT)
    assert "1 write-offs or refunds have no day of their own" in " ".join(loaded[0].notes)
    books = on(ledger, "2026-06-30")
    written_off = [row for row in books.show("documents") if row["kind"] == "write_off"]
    assert [(row["document_date"], row["date_basis"]) for row in written_off] == [(day("2026-01-11"), "assumed")]
    found = [row for row in findings(books) if row["check"] == "assumed_days"]
    assert [(row["subject"], row["detail"]) for row in found] == [
        (
            "write_off without a day in EUR",
            "1 of 1000.00 EUR: taken as the day of the last payment, else the due date, else the document",
        )
    ]
    mended = table(
        "document_id,kind,client,document_date,amount,currency",
        "harvest:invoice:102:acme/write_off,write_off,Acme,2026-05-31,1000,EUR",
    )
    ledger.load([write(tmp_path, mended, "documents.csv")], loaded_at=LOADED_AT)
    written_off = [row for row in on(ledger, "2026-06-30").show("documents") if row["kind"] == "write_off"]
    assert [(row["document_date"], row["date_basis"]) for row in written_off] == [(day("2026-05-31"), None)]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("xero-sales-invoices", "measured by others on real files; some status words from memory only"),
        ("datev-extf", "seen in a real file; account ranges from memory only"),
        (
            "paypal-activity",
            "from public tests and parsers; some status words from memory only; some kinds from memory only",
        ),
        ("sage-50-uk", "from public tests and parsers"),
    ],
)
def test_parts_that_are_less_sure_than_their_entry_are_marked(name: str, said: str) -> None:
    known = next(known for known in formats() if known.name == name)
    assert how_sure(known) == said
    assert said in list_formats()
