"""A profile: a table that no program of ours wrote, mapped by its user."""

from pathlib import Path

from loaded import SHARED, day, load, money, needs_shared, refusal, table, total, write

import agingreport.readers

IBM = Path(agingreport.readers.__file__).parent / "profiles" / "ibm.toml"
IBM_FILE = SHARED / "datasets" / "ibm" / "WA_Fn-UseC_-Accounts-Receivable.csv"
IBM_HEADER = (
    "countryCode,customerID,PaperlessDate,invoiceNumber,InvoiceDate,DueDate,InvoiceAmount,Disputed,SettledDate,"
    "PaperlessBill,DaysToSettle,DaysLate"
)

GERMAN = """
title = "Unsere Rechnungen"
table = "documents"
kind = "invoice"
currency = "EUR"
date_order = "day-first"
decimal_mark = ","

[columns]
number = "Rechnungsnummer"
client = "Kunde"
document_date = "Rechnungsdatum"
due_date = "Faelligkeitsdatum"
amount = "Betrag"
"""


@needs_shared
def test_the_public_ibm_file_is_read_whole() -> None:
    loaded = load(IBM_FILE, profile=IBM)
    invoices = loaded.connection.execute("select count(*), sum(amount) from staged_documents where kind = 'invoice'")
    assert invoices.fetchall() == [(2466, money("147703.18"))]
    assert loaded.counts == (2466, 0, 0)
    assert total(loaded.rows("allocations", "amount")) == money("147703.18")
    first = loaded.rows("documents", "document_id", "kind", "document_date", "due_date", "amount")[:1]
    assert first == [("0000611365", "invoice", day("2013-01-02"), day("2013-02-01"), money("55.94"))]


def test_a_settle_date_makes_a_payment_and_its_allocation(tmp_path: Path) -> None:
    row = "391,0379-NEVHP,4/6/2013,0000611365,1/2/2013,2/1/2013,55.94,Yes,1/15/2013,Paper,13,0"
    loaded = load(write(tmp_path, table(IBM_HEADER, row)), profile=IBM)
    assert loaded.rows("documents", "document_id", "kind", "document_date", "amount", "is_disputed") == [
        ("0000611365", "invoice", day("2013-01-02"), money("55.94"), True),
        ("0000611365/payment", "payment", day("2013-01-15"), money("55.94"), False),
    ]
    assert loaded.rows("allocations") == [("0000611365", "0000611365/payment", money("55.94"), day("2013-01-15"), 2, 1)]
    assert loaded.counts == (1, 0, 0)


def test_an_invoice_that_is_not_settled_has_no_payment(tmp_path: Path) -> None:
    row = "391,0379-NEVHP,4/6/2013,0000611365,1/2/2013,2/1/2013,55.94,No,,Paper,,"
    assert len(load(write(tmp_path, table(IBM_HEADER, row)), profile=IBM).documents) == 1


def test_a_profile_gives_date_order_decimal_mark_and_currency(tmp_path: Path) -> None:
    profile = write(tmp_path, GERMAN, "unsere.toml")
    text = table(
        "Kunde;Rechnungsnummer;Rechnungsdatum;Betrag;Faelligkeitsdatum", "Müller;R-1;02.06.2026;1.154,61;02.07.2026"
    )
    loaded = load(write(tmp_path, text), profile=profile)
    assert loaded.documents == [
        (
            "unsere:invoice:r-1:müller",
            "invoice",
            "Müller",
            day("2026-06-02"),
            day("2026-07-02"),
            money("1154.61"),
            "EUR",
        )
    ]


def test_a_file_that_a_profile_does_not_fit_is_refused_with_what_is_missing(tmp_path: Path) -> None:
    profile = write(tmp_path, GERMAN, "unsere.toml")
    message = refusal(write(tmp_path, "Kunde;Rechnungsnummer;Rechnungsdatum;Betrag\n"), profile=profile)
    assert "it has 4 of the 5 columns of Unsere Rechnungen; missing Faelligkeitsdatum" in message


def test_a_misspelt_profile_is_refused_in_one_line(tmp_path: Path) -> None:
    path = write(tmp_path, table("a,b", "1,2"))
    wrong = {
        "dateorder = 'day-first'": "unknown key dateorder",
        "date_order = 'mdy'": "date_order = 'mdy' is not one of day-first, month-first, year-first",
        "can = ['fly']": "can: unknown fly",
        "columns = ": "not a TOML file",
    }
    for text, reason in wrong.items():
        profile = write(tmp_path, f"{text}\ntable = 'documents'\n[columns]\nclient = 'a'\n", "my.toml")
        assert refusal(path, profile=profile).startswith(f"my.toml: {reason}"), text
    profile = write(tmp_path, "table = 'documents'\n[columns]\ncustomer = 'a'\n", "my.toml")
    assert refusal(path, profile=profile).startswith("my.toml: unknown column customer; documents have document_id")
    assert "cannot be read" in refusal(path, profile=tmp_path / "none.toml")
