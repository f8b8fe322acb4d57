"""Double-entry exports: what is booked on a client's account, its kind told by the account on the other side."""

from pathlib import Path

import pytest
from loaded import SHARED, day, load, money, needs_shared, refusal, table, write

FEC = "JournalCode|JournalLib|EcritureNum|EcritureDate|CompteNum|CompteLib|CompAuxNum|CompAuxLib|PieceRef|PieceDate|"
FEC += "EcritureLib|Debit|Credit|EcritureLet|DateLet|ValidDate|Montantdevise|Idevise"
EXTF = '"EXTF";510;21;"Buchungsstapel";7;20150729093158705;;"SV";"Admin";"";55003;63021;{start};4;{start};20160331;'
EXTF += '"Kasse";"";1;0;0;"EUR"'
DATEV = "Umsatz (ohne Soll/Haben-Kz);Soll/Haben-Kennzeichen;WKZ Umsatz;Konto;Gegenkonto (ohne BU-Schlüssel);Belegdatum;"
DATEV += "Belegfeld 1;Belegfeld 2;Skonto"
FACTS = ("kind", "client", "number", "document_date", "amount")


def booking(
    journal: str, entry: int, dated: str, account: str, *, client: str = "", piece: str = "", debit: str = "",
    credit: str = "", letter: str = "",
) -> str:  # fmt: skip
    amounts = f"{debit or '0,00'}|{credit or '0,00'}|{letter}|{dated if letter else ''}"
    return f"{journal}|Journal|{entry}|{dated}|{account}|Compte|{client}|{client}|{piece}|{dated}|x|{amounts}|{dated}||"


@needs_shared
def test_the_datev_sample_is_read_by_value() -> None:
    loaded = load(SHARED / "exports" / "datev" / "EXTF_Buchungsstapel_excerpt_first14cols__retyped.csv")
    assert loaded.rows("documents", *FACTS, "due_date", "currency") == [
        ("invoice", "30200", "201202010", day("2016-02-09"), money("4979.65"), None, "EUR"),
        ("invoice", "40100", "201202023", day("2016-02-16"), money("13968.83"), None, "EUR"),
        ("credit_note", "21100", None, day("2016-02-27"), money("124"), None, "CHF"),
        ("invoice", "10100", "AR1234", day("2016-03-14"), money("1190"), None, "EUR"),
        ("invoice", "10100", "AR-78/13", day("2016-03-01"), money("2500"), day("2016-03-16"), "EUR"),
        ("payment", "10100", "AR-78/13", day("2016-03-01"), money("2500"), None, "EUR"),
        ("invoice", "10100", "AR-456/13", day("2016-03-01"), money("119"), None, "EUR"),
        ("payment", "10100", "AR-456/13", day("2016-03-01"), money("116.62"), None, "EUR"),
        ("journal_credit", "10100", None, day("2016-03-01"), money("2.38"), None, "EUR"),
        ("invoice", "10001", "AR-2013", day("2016-03-01"), money("35"), None, "EUR"),
        ("credit_note", "10001", "AR-2013", day("2016-03-01"), money("35"), None, "EUR"),
        ("invoice", "10100", "AR-2013", day("2016-03-01"), money("35"), None, "EUR"),
    ]
    assert sorted(loaded.rows("allocations", "debit_id", "amount")) == [
        ("datev:invoice:ar-2013:10001", money("35")),
        ("datev:invoice:ar-456/13:10100", money("2.38")),
        ("datev:invoice:ar-456/13:10100", money("116.62")),
        ("datev:invoice:ar-78/13:10100", money("2500")),
    ]
    assert loaded.counts == (11, 0, 0)


def test_a_day_without_a_year_falls_in_the_fiscal_year_of_the_first_line(tmp_path: Path) -> None:
    rows = ('10,00;"S";;10100;8400;3006;"A";;', '20,00;"S";;10100;8400;0107;"B";;')
    loaded = load(write(tmp_path, table(EXTF.format(start="20150701"), DATEV, *rows)))
    assert loaded.rows("documents", "document_date") == [(day("2016-06-30"),), (day("2015-07-01"),)]


def test_two_lines_of_one_datev_invoice_are_summed_once(tmp_path: Path) -> None:
    rows = ('119,00;"S";;10100;8400;0103;"A";;', '10,70;"H";;8300;10100;0103;"A";;', '5,00;"S";;1200;1800;0103;"A";;')
    loaded = load(write(tmp_path, table(EXTF.format(start="20160101"), DATEV, *rows)))
    assert loaded.rows("documents", "kind", "amount", "source_rows") == [("invoice", money("129.70"), 2)]
    assert loaded.counts == (3, 1, 0)


def test_what_is_brought_forward_or_moved_between_clients_is_refused(tmp_path: Path) -> None:
    rows = ('119,00;"S";;10100;9000;0101;"A";;', '10,70;"S";;10100;10200;0103;"B";;')
    loaded = load(write(tmp_path, table(EXTF.format(start="20160101"), DATEV, *rows)))
    assert [reject[0] for reject in loaded.rejects] == [3, 4]
    assert "brought forward" in loaded.rejects[0][2]
    assert "between two clients" in loaded.rejects[1][2]
    assert loaded.rejects[0][3] == rows[0]


@needs_shared
def test_the_fec_sample_holds_nothing_of_clients() -> None:
    loaded = load(SHARED / "exports" / "fec_france" / "accounting_package_fec__retyped.txt")
    assert (loaded.documents, loaded.counts) == ([], (2, 2, 0))


def fec_books() -> tuple[str, ...]:
    return (
        booking("VE", 1, "20240105", "411000", client="DUPONT", piece="F1", debit="120,00", letter="AA"),
        booking("VE", 1, "20240105", "706000", piece="F1", credit="100,00"),
        booking("VE", 1, "20240105", "445710", piece="F1", credit="20,00"),
        booking("VE", 2, "20240110", "411000", client="DUPONT", piece="F2", debit=" 000000000003000,00", letter="AA"),
        booking("VE", 2, "20240110", "706000", piece="F2", credit="3000,00"),
        booking("BQ", 1, "20240220", "512000", debit="3020,00"),
        booking("BQ", 1, "20240220", "411000", client="DUPONT", piece="VIR", credit="3020,00", letter="AA"),
        booking("OD", 1, "20240301", "654000", debit="100,00"),
        booking("OD", 1, "20240301", "411000", client="DUPONT", piece="F1", credit="100,00", letter="AA"),
    )


def test_the_other_accounts_of_an_entry_tell_the_kind(tmp_path: Path) -> None:
    for text in (table(FEC, *fec_books()), table(FEC, *fec_books()).replace("|", "\t")):
        loaded = load(write(tmp_path, text))
        assert loaded.rows("documents", *FACTS) == [
            ("invoice", "DUPONT", "F1", day("2024-01-05"), money("120")),
            ("invoice", "DUPONT", "F2", day("2024-01-10"), money("3000")),
            ("payment", "DUPONT", "VIR", day("2024-02-20"), money("3020")),
            ("write_off", "DUPONT", "F1", day("2024-03-01"), money("100")),
        ]
        assert loaded.counts == (9, 5, 0)


def test_documents_under_one_letter_settle_each_other_oldest_first(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, table(FEC, *fec_books())))
    found = sorted(loaded.rows("allocations", "debit_id", "credit_id", "amount"))
    assert [(debit, credit.split(":")[1], amount) for debit, credit, amount in found] == [
        ("fec:invoice:f1:dupont", "payment", money("120")),
        ("fec:invoice:f2:dupont", "payment", money("2900")),
        ("fec:invoice:f2:dupont", "write_off", money("100")),
    ]


def test_an_opening_balance_of_a_client_is_refused(tmp_path: Path) -> None:
    rows = (
        booking("AN", 1, "20240101", "411000", client="D", piece="F0", debit="5,00"),
        booking("AN", 1, "20240101", "512000", debit="7,00"),
    )
    loaded = load(write(tmp_path, table(FEC, *rows)))
    assert loaded.counts == (2, 1, 1)
    assert "load the file of that year" in loaded.rejects[0][2]


SENS = FEC.replace("Debit|Credit", "Montant|Sens")


@pytest.mark.parametrize(("debit", "credit"), [("D", "C"), ("+1", "-1"), ("d", "c")])
def test_the_amount_of_a_french_entry_may_have_its_side_beside_it(tmp_path: Path, debit: str, credit: str) -> None:
    rows = []
    for row in fec_books():
        cells = row.split("|")
        amount, side = (cells[11], debit) if any(digit in cells[11] for digit in "123456789") else (cells[12], credit)
        rows.append("|".join([*cells[:11], amount, side, *cells[13:]]))
    loaded = load(write(tmp_path, table(SENS, *rows)))
    usual = load(write(tmp_path, table(FEC, *fec_books())))
    assert loaded.rows("documents") == usual.rows("documents")
    assert loaded.rows("allocations") == usual.rows("allocations")
    assert loaded.counts == usual.counts


def test_a_french_entry_taken_back_with_a_minus_changes_its_side(tmp_path: Path) -> None:
    rows = (
        booking("VE", 3, "20240105", "411000", client="DUPONT", piece="F1").replace("0,00|0,00", "-120,00|D"),
        booking("VE", 3, "20240105", "706000", piece="F1").replace("0,00|0,00", "-120,00|C"),
    )
    loaded = load(write(tmp_path, table(SENS, *rows)))
    assert loaded.rows("documents", *FACTS) == [("credit_note", "DUPONT", "F1", day("2024-01-05"), money("120"))]


def test_a_french_entry_without_any_amount_column_is_refused(tmp_path: Path) -> None:
    message = refusal(write(tmp_path, table(FEC.replace("|Debit|Credit", ""), "x")))
    assert "missing Debit or Montant, Credit or Sens" in message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("mark", ["|", "\t"])
def test_the_clients_of_a_french_file_keep_their_accents(tmp_path: Path, encoding: str, mark: str) -> None:
    rows = [row.replace("DUPONT", "Société Générale d'Été") for row in fec_books()]
    path = write(tmp_path, table(FEC, *rows).replace("|", mark).encode(encoding), "123456789FEC20241231.txt")
    loaded = load(path)
    assert {client for (client,) in loaded.rows("documents", "client")} == {"Société Générale d'Été"}
    assert "due_dates" not in loaded.reading.can


def test_a_datev_due_date_has_its_own_column_or_the_second_field(tmp_path: Path) -> None:
    header = f"{DATEV};Fälligkeit;Generalumkehr (GU)"
    rows = (
        '10,00;"S";;10100;8400;0103;"A";"160316";;;',
        '20,00;"S";;10100;8400;0103;"B";"160316";;31032016;',
        '30,00;"S";;10100;8400;0103;"C";"Auftrag 7";;;',
    )
    loaded = load(write(tmp_path, table(EXTF.format(start="20160101"), header, *rows)))
    assert loaded.rows("documents", "number", "due_date") == [
        ("A", day("2016-03-16")),
        ("B", day("2016-03-31")),
        ("C", None),
    ]


def test_skonto_and_a_payment_taken_back_across_the_turn_of_a_fiscal_year(tmp_path: Path) -> None:
    rows = (
        '119,00;"S";;10100;8400;2012;"A";"190116";;',
        '116,62;"S";;1200;10100;0501;"A";;2,38;',
        '50,00;"S";;10100;8400;2112;"B";"200116";;',
        '50,00;"S";;1200;10100;0601;"B";;;',
        '50,00;"H";;1200;10100;0801;"B";;;',
    )
    loaded = load(write(tmp_path, table(EXTF.format(start="20150701"), DATEV, *rows)))
    assert sorted(loaded.rows("documents", "document_date", "kind", "amount")) == [
        (day("2015-12-20"), "invoice", money("119")),
        (day("2015-12-21"), "invoice", money("50")),
        (day("2016-01-05"), "journal_credit", money("2.38")),
        (day("2016-01-05"), "payment", money("116.62")),
        (day("2016-01-06"), "payment", money("50")),
        (day("2016-01-08"), "refund", money("50")),
    ]
    assert sorted(loaded.rows("allocations", "debit_id", "amount", "allocated_on")) == [
        ("datev:invoice:a:10100", money("2.38"), day("2016-01-05")),
        ("datev:invoice:a:10100", money("116.62"), None),
        ("datev:invoice:b:10100", money("50"), None),
        ("datev:refund::10100:2016-01-08:50.0000:1", money("50"), day("2016-01-08")),
    ]


@needs_shared
def test_the_wave_sample_is_read_by_value() -> None:
    loaded = load(SHARED / "exports" / "wave" / "wave_invoices.csv", currency="USD")
    assert loaded.rows("documents", *FACTS) == [
        ("invoice", "Mark Walberg", "2", day("2021-01-28"), money("4974")),
        ("invoice", "Lucas Cage", "3", day("2021-01-28"), money("590.50")),
        ("payment", "Lucas Cage", "3", day("2021-01-28"), money("590.50")),
        ("invoice", "Jessica Jones", "4", day("2021-01-28"), money("3500.41")),
    ]
    assert loaded.rows("allocations", "debit_id", "amount") == [("wave:invoice:3:lucas cage", money("590.5"))]
    assert loaded.counts == (15, 11, 0)


DETAIL = ',"Type","Date","Num","Name","Memo","Account","Class","Debit","Credit","Amount","Account Type"'


def test_the_receivable_rows_of_a_desktop_detail_are_what_clients_owe(tmp_path: Path) -> None:
    rows = (
        '"Jul 1 - Sep 30, 25",,,,,,,,,,,',
        ',"Invoice","08/13/25","7","Acme","Work","1200 - AR","",110.00,"",110.00,"Accounts Receivable"',
        ',"Invoice","08/13/25","7","Acme","Work","400 - Income","","",110.00,-110.00,"Income"',
        ',"Payment","09/01/25","","Acme","","1200 - AR","","",60.00,-60.00,"Accounts Receivable"',
        "TOTAL,,,,,,,,,,50.00,",
    )
    loaded = load(write(tmp_path, table(DETAIL, *rows)))
    assert loaded.rows("documents", *FACTS) == [
        ("invoice", "Acme", "7", day("2025-08-13"), money("110")),
        ("payment", "Acme", None, day("2025-09-01"), money("60")),
    ]
    assert loaded.counts == (5, 3, 0)


@needs_shared
def test_a_desktop_detail_without_receivables_is_refused() -> None:
    message = refusal(SHARED / "exports" / "quickbooks_desktop" / "transaction_detail_csv__retyped.csv")
    assert "no row is on accounts receivable" in message


@needs_shared
def test_the_iif_sample_is_read_by_value() -> None:
    loaded = load(SHARED / "exports" / "quickbooks_desktop" / "invoice__retyped.iif", date_order="month-first")
    assert loaded.rows("documents", *FACTS, "due_date") == [
        ("invoice", "Customer", "1", day("1998-07-16"), money("20"), day("1998-07-16"))
    ]
    assert loaded.counts == (5, 4, 0)
