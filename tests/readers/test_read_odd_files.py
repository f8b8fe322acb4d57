"""Exports as people have them: other words for totals, shifted headings, unknown accounts, options for other files."""

from pathlib import Path

import pytest
from loaded import Loaded, day, load, money, refusal, table, write
from xlsxwriter import Workbook

FACTS = ("kind", "client", "number", "document_date", "due_date", "amount")


def read(folder: Path, *lines: str, **options: str) -> Loaded:
    return load(write(folder, table(*lines)), **options)


AGING = {
    "German": (
        "Debitorenalterung - Detail",
        "Stand 30. Juni 2026",
        ",Datum,Transaktionstyp,Nr.,Vollständiger Name des Kunden,Fälligkeitsdatum,Betrag,Offener Saldo",
        "Rechnung",
        "Summe für Aktuell",
        "GESAMT",
    ),
    "French": (
        "Détails du classement chronologique des comptes clients",
        "À compter du 30 juin 2026",
        ",Date,Type d'opération,Nº,Nom complet du client,Date d'échéance,Montant,Solde ouvert",
        "Facture",
        "Total pour Aktuell",
        "TOTAL",
    ),
    "Spanish": (
        "Detalle de antigüedad de las cuentas por cobrar",
        "Al 30 de junio de 2026",
        ",Fecha,Tipo de transacción,N.º,Nombre completo del cliente,Fecha de vencimiento,Importe,Saldo pendiente",
        "Factura",
        "Total de Aktuell",
        "TOTAL",
    ),
}


@pytest.mark.parametrize("language", AGING)
def test_a_quickbooks_aging_in_another_language_has_its_totals_and_its_day(tmp_path: Path, language: str) -> None:
    title, as_of, header, invoice, subtotal, total = AGING[language]
    loaded = read(
        tmp_path,
        title,
        "Muster",
        as_of,
        "",
        header,
        "Aktuell,,,,,,,",
        f',15/06/2026,{invoice},1041,Côté & Groß,15/07/2026,"1.200,50","1.000,50"',
        f'{subtotal},,,,,,"1.200,50 €","1.000,50 €"',
        f'{total},,,,,,"1.200,50 €","1.000,50 €"',
        currency="EUR",
    )
    assert loaded.rows("documents", *FACTS) == [
        ("invoice", "Côté & Groß", "1041", day("2026-06-15"), day("2026-07-15"), money("1200.50")),
    ]
    assert loaded.counts == (4, 3, 0)
    assert loaded.reading.statement_date == day("2026-06-30")
    assert "all_open_items" in loaded.reading.can


def test_headings_of_quickbooks_desktop_may_stand_in_any_column_before_the_first_title(tmp_path: Path) -> None:
    loaded = read(
        tmp_path,
        ",,,Type,,Date,,Num,,Name,,Due Date,,Aging,,Amount,,Open Balance",
        ",Current,,,,,,,,,,,,,,,,",
        ",,,Invoice,,06/15/2026,,1041,,Ohm Ltd,,07/15/2026,,,,1200.00,,1000.00",
        ",Total Current,,,,,,,,,,,,,,1200.00,,1000.00",
        "TOTAL,,,,,,,,,,,,,,,1200.00,,1000.00",
    )
    assert loaded.rows("documents", *FACTS) == [
        ("invoice", "Ohm Ltd", "1041", day("2026-06-15"), day("2026-07-15"), money("1200")),
    ]
    assert loaded.counts == (4, 3, 0)


def test_an_account_type_that_quickbooks_desktop_does_not_have_is_refused(tmp_path: Path) -> None:
    """Income is another account; A/R may be what clients owe, or not."""
    loaded = read(
        tmp_path,
        ',"Type","Date","Num","Name","Debit","Credit","Amount","Account Type"',
        ',"Invoice","03/15/2026","11","Alpha",1000.00,,1000.00,"A/R"',
        ',"Invoice","03/15/2026","11","Alpha",,1000.00,-1000.00,"Income"',
        ',"Invoice","04/15/2026","12","Alpha",20.00,,20.00,"Accounts Receivable"',
    )
    assert [row[1:] for row in loaded.rows("documents", *FACTS)] == [
        ("Alpha", "12", day("2026-04-15"), None, money("20")),
    ]
    assert [row[2] for row in loaded.rejects] == ["on an account of unknown type, which may be what clients owe: A/R"]
    assert loaded.counts == (3, 1, 1)


def test_the_grand_total_of_tally_ends_its_list(tmp_path: Path) -> None:
    loaded = read(
        tmp_path,
        "Date,Ref. No.,Party's Name,Opening,Pending,Due on,Overdue",
        ",,,Amount,Amount,,by days",
        ",,Gupta,,,,",
        "9-May-26,T/003,,900.50,900.50,8-Jun-26,22",
        ",,,900.50,900.50,,",
        ",,Grand Total,900.50,900.50,,",
    )
    assert loaded.rows("documents", "client", "number", "amount") == [("Gupta", "T/003", money("900.50"))]
    assert loaded.counts == (4, 3, 0)
    assert "all_open_items" in loaded.reading.can


def test_a_xero_credit_note_below_zero_is_the_credit_it_says(tmp_path: Path) -> None:
    loaded = read(
        tmp_path,
        "ContactName,InvoiceNumber,InvoiceDate,DueDate,Total,InvoiceAmountDue,Currency,Type,Status",
        "A,CN-2,16/06/2026,,-30.00,-10.00,GBP,Sales credit note,Awaiting Payment",
        "A,INV-1,16/06/2026,,-30.00,-30.00,GBP,Sales invoice,Awaiting Payment",
    )
    assert loaded.rows("documents", "kind", "number", "amount") == [("credit_note", "CN-2", money("30"))]
    assert [row[2] for row in loaded.rejects] == ['a sign that its kind cannot have: "-30.00"']


def test_the_german_statement_of_paypal_has_a_description_and_no_status(tmp_path: Path) -> None:
    """The refund goes back to whom paid; the purchase names no invoice and concerns no client."""
    header = "Datum,Uhrzeit,Zeitzone,Beschreibung,Währung,Brutto,Entgelt,Netto,Guthaben,Transaktionscode,"
    header += "Absender E-Mail-Adresse,Name,Rechnungsnummer,Zugehöriger Transaktionscode"
    loaded = read(
        tmp_path,
        header,
        '13.06.2026,10:00:00,Europe/Berlin,Handyzahlung,EUR,"1.250,00","-36,55","1.213,45",0,T1,a@x.de,Müller,INV-77,',
        '15.06.2026,10:00:00,Europe/Berlin,Rückzahlung,EUR,"-50,00","0,00","-50,00",0,T2,me@x.de,Müller,INV-77,T1',
        '16.06.2026,10:00:00,Europe/Berlin,Zahlung im Einzugsverfahren,EUR,"-9,90","0,00","-9,90",0,T3,me@x.de,Shop,,',
    )
    assert loaded.rows("documents", "kind", "client", "number", "document_date", "amount") == [
        ("payment", "Müller", "T1", day("2026-06-13"), money("1250")),
        ("refund", "Müller", "T2", day("2026-06-15"), money("50")),
    ]
    assert loaded.counts == (3, 1, 0)


def test_money_that_sage_50_pays_back_is_a_refund(tmp_path: Path) -> None:
    loaded = read(
        tmp_path,
        "Type,Account Reference,Date,Reference,Net Amount,Tax Amount",
        "SP,ABC001,06/05/26,REF,20.00,0.00",
        "PR,SUP001,06/05/26,REF,20.00,0.00",
    )
    assert loaded.rows("documents", "kind", "client", "document_date", "amount") == [
        ("refund", "ABC001", day("2026-05-06"), money("20")),
    ]


def test_what_is_said_for_other_files_never_changes_a_mark_that_a_format_always_has(tmp_path: Path) -> None:
    loaded = read(
        tmp_path,
        "document_id,kind,client,document_date,amount",
        "1,invoice,A,2026-05-01,1.100",
        decimal_mark=",",
    )
    assert loaded.rows("documents", "amount") == [(money("1.1"),)]
    assert (
        "--decimal , is not used: the decimal mark of documents.csv of the plain format is always ."
        in loaded.reading.notes
    )


def test_what_is_said_for_other_files_never_changes_an_order_that_a_format_always_has(tmp_path: Path) -> None:
    header = "Type,Account Reference,Date,Reference,Net Amount,Tax Amount"
    loaded = read(tmp_path, header, "SI,ABC001,06/05/2026,1001,20.00,0.00", date_order="month-first")
    assert loaded.rows("documents", "document_date") == [(day("2026-05-06"),)]
    assert any(note.startswith("--dates month-first is not used") for note in loaded.reading.notes)


@pytest.mark.parametrize(
    "name", ["Acme  Ltd", "ACME Ltd", "Acme\u00a0Ltd", "Acme\u200b Ltd", "ＡＣＭＥ\u3000Ｌｔｄ", "Acme Ltd\u00ad"]
)
def test_a_document_has_one_id_however_the_blanks_case_and_width_of_its_client_are(tmp_path: Path, name: str) -> None:
    header = "ContactName,InvoiceNumber,InvoiceDate,DueDate,Total,InvoiceAmountDue,Currency,Type,Status"
    loaded = read(tmp_path, header, f"{name},INV-1,16/06/2026,,30.00,30.00,GBP,Sales invoice,Paid")
    assert loaded.rows("documents", "document_id", "client") == [("xero:invoice:inv-1:acme ltd", name)]


@pytest.mark.parametrize("name", ["Acme: North", "Acme : North", "Acme:North", "acme:  north"])
def test_blanks_beside_the_colon_of_a_sub_customer_make_no_other_document(tmp_path: Path, name: str) -> None:
    header = "ContactName,InvoiceNumber,InvoiceDate,DueDate,Total,InvoiceAmountDue,Currency,Type,Status"
    loaded = read(tmp_path, header, f"{name},INV-1,16/06/2026,,30.00,30.00,GBP,Sales invoice,Paid")
    assert loaded.rows("documents", "document_id") == [("xero:invoice:inv-1:acme:north",)]


def test_of_two_names_rows_that_say_yes_and_no_are_both_refused(tmp_path: Path) -> None:
    loaded = read(tmp_path, "client,other,same", "A,B,yes", "B,A,no", "A,C,no", "C,A,no")
    assert loaded.rows("same_clients", "client", "other", "is_same") == [("A", "C", False)]
    assert [(row[0], row[2]) for row in loaded.rejects] == [
        (2, 'another row of the file says the opposite of these two: "yes"'),
        (3, 'another row of the file says the opposite of these two: "no"'),
    ]


OPEN = ",Date,Transaction type,Num,Past due,Due date,Amount,Open balance"


@pytest.mark.parametrize(
    ("title", "is_whole"),
    [
        ("Open Invoices", True),
        ("Customer Balance Detail", True),
        ("Collections Report", False),
        ("Open Invoices - overdue", False),
    ],
)
def test_only_a_list_of_all_that_is_open_says_that_the_rest_is_settled(
    tmp_path: Path, title: str, is_whole: bool
) -> None:
    loaded = read(
        tmp_path,
        title,
        "Example LLC",
        '"As of June 30, 2026"',
        "",
        OPEN,
        "Gear,,,,,,,",
        ",03/15/2026,Invoice,301,77,04/14/2026,500.00,300.00",
        "Total for Gear,,,,,$500.00,$300.00",
        "TOTAL,,,,,$500.00,$300.00",
    )
    assert loaded.rows("documents", *FACTS) == [
        ("invoice", "Gear", "301", day("2026-03-15"), day("2026-04-14"), money("500")),
    ]
    assert ("all_open_items" in loaded.reading.can) is is_whole
    told = "its title is not that of a list of all that is open: what it does not list is not taken as settled"
    assert (told in loaded.reading.notes) is not is_whole


def test_an_aging_under_a_title_of_the_owner_says_nothing_of_what_it_leaves_out(tmp_path: Path) -> None:
    header = ",Date,Transaction type,Num,Customer full name,Memo,Due date,Amount,Open balance"
    rows = (",03/15/2026,Invoice,301,Gear,,04/14/2026,500.00,300.00", "TOTAL,,,,,,,$500.00,$300.00")
    path = write(tmp_path, table("Monday list", "Example LLC", '"As of June 30, 2026"', "", header, *rows))
    loaded = load(path, format="quickbooks-online-aging-detail")
    assert loaded.rows("documents", "number", "amount") == [("301", money("500"))]
    assert "all_open_items" not in loaded.reading.can


def test_a_workbook_with_exports_on_two_sheets_is_refused_for_one_would_be_lost(tmp_path: Path) -> None:
    path = tmp_path / "both.xlsx"
    with Workbook(path) as book:
        for name, header in (
            ("Invoices", "document_id,kind,client,document_date,amount"),
            ("Paid", "debit_id,credit_id,amount"),
        ):
            book.add_worksheet(name).write_row(0, 0, header.split(","))
    assert refusal(path) == (
        "both.xlsx: the sheets Invoices and Paid both hold exports (Paid: allocations.csv of the plain format); "
        "save each as a file of its own"
    )


def test_a_sheet_that_is_hidden_or_no_export_is_in_no_ones_way(tmp_path: Path) -> None:
    path = tmp_path / "one.xlsx"
    with Workbook(path) as book:
        book.add_worksheet("Notes").write(0, 0, "from Anna")
        sheet = book.add_worksheet("Invoices")
        for number, line in enumerate(("document_id,kind,client,document_date,amount", "1,invoice,A,2026-05-01,7")):
            sheet.write_row(number + 2, 1, line.split(","))
        hidden = book.add_worksheet("Old")
        hidden.write_row(0, 0, ["document_id", "kind", "client", "document_date", "amount"])
        hidden.hide()
    assert load(path).rows("documents", "document_id", "amount") == [("1", money("7"))]


@pytest.mark.parametrize("nought", [" $ -   ", "€ –", "— USD"])
def test_the_dash_of_a_spreadsheet_is_nought(tmp_path: Path, nought: str) -> None:
    header = "ContactName,InvoiceNumber,InvoiceDate,DueDate,Total,InvoiceAmountDue,Currency,Type,Status"
    loaded = read(tmp_path, header, f"A,INV-1,16/06/2026,,30.00,{nought},GBP,Sales invoice,Paid")
    assert loaded.rows("open_balances", "open_amount") == [(money("0"),)]


@pytest.mark.parametrize("word", ["-", "n/a", "x -", "- -", "()", "?"])
def test_no_other_sign_in_the_place_of_an_amount_is_nought(tmp_path: Path, word: str) -> None:
    header = "ContactName,InvoiceNumber,InvoiceDate,DueDate,Total,InvoiceAmountDue,Currency,Type,Status"
    loaded = read(tmp_path, header, f"A,INV-1,16/06/2026,,30.00,{word},GBP,Sales invoice,Paid")
    assert [row[1:3] for row in loaded.rejects] == [("open_amount", f'not an amount: "{word}"')]


AGED = "Posting Date,Party,Voucher Type,Voucher No,Due Date,Invoiced Amount,Outstanding Amount,Currency,Age (Days)"


@pytest.mark.parametrize(
    ("ages", "stated_on"),
    [
        ((26, 45), "2026-06-30"),  # from the due dates, 4 June and 16 May
        ((56, 46), "2026-06-30"),  # from the posting dates, 5 and 15 May
        ((-4, 15), "2026-05-31"),
        ((26, 44), None),
    ],
)
def test_the_ages_of_an_erpnext_report_tell_its_day(
    tmp_path: Path, ages: tuple[int, int], stated_on: str | None
) -> None:
    loaded = read(
        tmp_path,
        AGED,
        f"2026-05-05,Acme,Sales Invoice,S1,2026-06-04,100.00,100.00,USD,{ages[0]}",
        f"2026-05-15,Acme,Sales Invoice,S2,2026-05-16,10.00,10.00,USD,{ages[1]}",
        "Total,,,,,110.00,110.00,,",
    )
    assert loaded.reading.statement_date == (day(stated_on) if stated_on else None)
    assert ("all_open_items" in loaded.reading.can) is (stated_on is not None)


def test_ages_that_fit_two_days_tell_none(tmp_path: Path) -> None:
    """All on thirty days: 30 June counted from the due dates, 31 May from the posting dates."""
    rows = (
        "2026-05-05,Acme,Sales Invoice,S1,2026-06-04,100.00,100.00,USD,26",
        "2026-05-06,Acme,Sales Invoice,S2,2026-06-05,10.00,10.00,USD,25",
    )
    loaded = read(tmp_path, AGED, *rows, "Total,,,,,110.00,110.00,,")
    assert loaded.reading.statement_date is None
    told = "it does not say of which day it is: what it does not list is not taken as settled"
    assert told in loaded.reading.notes


@pytest.mark.parametrize("title", ["Invoice Currency", "Rechnungswährung", "Currency Symbol"])
def test_amounts_are_not_taken_in_a_currency_that_a_column_may_contradict(tmp_path: Path, title: str) -> None:
    header = "ContactName,InvoiceNumber,InvoiceDate,DueDate,Total,InvoiceAmountDue,Type,Status"
    path = write(tmp_path, table(f"{header},{title}", "A,INV-1,16/06/2026,,30.00,30.00,Sales invoice,Paid,SEK"))
    told = f"its column {title} may name the currency, and is not read; say --currency"
    assert refusal(path, currency=None, fallback_currency="USD") == f"export.csv: {told}"
    assert load(path, currency="SEK").rows("documents", "currency") == [("SEK",)]
