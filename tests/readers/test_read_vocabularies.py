"""Header rows and words of other languages than English: the same reader, the same books."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from layouts import CLIENTS, FORMATS, Invoice, Lines, wanted
from loaded import Loaded, day, load, money, refusal, table, write

from agingreport.manual import list_formats
from agingreport.readers import formats
from agingreport.readers.formats import normalise
from agingreport.readers.vocabularies import FOLDER, Vocabulary, all_vocabularies
from agingreport.readers.words import plain_word

FACTS = ("kind", "client", "number", "document_date", "due_date", "amount", "status")


def read_as(loaded: Loaded, reader: str, language: str) -> None:
    assert loaded.reading.reader == reader
    assert f"its words are read as {language}" in loaded.reading.notes
    assert loaded.counts[2] == 0


def test_a_german_odoo_list_is_read_with_the_labels_of_its_translation(tmp_path: Path) -> None:
    header = "Nummer;Anzeigename des Rechnungspartners;Rechnungsdatum;Fälligkeitsdatum;Total Unterzeichnet;"
    header += "Rechnungsbetrag unterzeichnet;Status;Währung"
    rows = (
        "INV/1;Müller & Söhne;01.03.2026;31.03.2026;1.150,00;252,73;Gebucht;EUR",
        "RINV/1;Müller & Söhne;09.03.2026;09.03.2026;-115,00;0,00;Gebucht;EUR",
        "/;Müller & Söhne;;;5,00;5,00;Entwurf;EUR",
        "INV/2;Müller & Söhne;01.03.2026;31.03.2026;10,00;0,00;Storniert;EUR",
    )
    loaded = load(write(tmp_path, table(header, *rows)))
    read_as(loaded, "odoo-invoices", "German")
    assert loaded.rows("documents", *FACTS) == [
        ("invoice", "Müller & Söhne", "INV/1", day("2026-03-01"), day("2026-03-31"), money("1150"), "posted"),
        ("credit_note", "Müller & Söhne", "RINV/1", day("2026-03-09"), day("2026-03-09"), money("115"), "posted"),
        ("invoice", "Müller & Söhne", "INV/2", day("2026-03-01"), day("2026-03-31"), money("10"), "void"),
    ]
    assert loaded.counts == (4, 1, 0)


INVOICE_NINJA = {
    "German": ("Kunde,Rechnungsnummer,Datum,Fälligkeitsdatum,Betrag,Saldo,Status,Währung", "Teilweise,Entwurf"),
    "French": ("Client,Numéro de facture,Date,Date d'échéance,Montant,Solde,Statut,Devise", "Partiel,Brouillon"),
    "Spanish": ("Cliente,Número de Factura,Fecha,Fecha de Pago,Cantidad,Saldo,Estado,Divisa", "Parcial,Borrador"),
    "Chinese": ("用戶,發票號碼,日期,應付款日期,金額,差額,狀態,貨幣", "部分,草稿"),
}


@pytest.mark.parametrize("language", INVOICE_NINJA)
def test_invoice_ninja_5_is_read_by_the_titles_of_its_translations(tmp_path: Path, language: str) -> None:
    header, words = INVOICE_NINJA[language]
    partial, draft = words.split(",")
    rows = (
        f"王小明公司,0001,2026-01-05,2026-02-04,100.00,40.00,{partial},EUR",
        f"Łódź,0002,2026-01-06,2026-02-05,50.00,0.00,{draft},EUR",
    )
    loaded = load(write(tmp_path, table(header, *rows)))
    read_as(loaded, "invoice-ninja-v5-invoices", language)
    assert loaded.rows("documents", *FACTS) == [
        ("invoice", "王小明公司", "0001", day("2026-01-05"), day("2026-02-04"), money("100"), "posted"),
        ("invoice", "Łódź", "0002", day("2026-01-06"), day("2026-02-05"), money("50"), "draft"),
    ]


def test_the_same_program_in_four_languages_reads_the_same(tmp_path: Path) -> None:
    files = {
        "xero-sales-invoices": "Nombre del contacto,Número de factura,Fecha de factura,Fecha de vencimiento,Total,"
        "Importe pendiente,Tipo,Estado\nAcme,I1,05/01/2026,04/02/2026,100.00,40.00,Factura de venta,Pendiente de pago",
        "quickbooks-online-invoice-list": "Acme\nListe des factures par date\n\nDate,Type d'opération,N°,Nom,"
        "Note/Description,Date d'échéance,Montant,Solde ouvert\n05/01/2026,Facture,I1,Acme,,04/02/2026,100.00,40.00",
        "zoho-invoices": "客户名称,发票号码,发票日期,到期日,总计,余额,发票状态\n"
        "Acme,I1,2026-01-05,2026-02-04,100,40,部分付款",
        "stripe-invoices": "Nummer,Kunde,Status,Währung,Gesamtbetrag,Bezahlter Betrag,Datum (UTC),"
        "Fälligkeitsdatum (UTC)\nI1,Acme,Offen,eur,100.00,60.00,2026-01-05 10:00:00,2026-02-04 10:00:00",
        "freeagent-invoices": "Référence,Nom du contact,Datée du,Échéance le,Valeur totale,Valeur due,Statut\n"
        "I1,Acme,2026-01-05,2026-02-04,100.00,40.00,Envoyée",
        "erpnext-sales-invoices": "ID,Kunde,Buchungsdatum,Fälligkeitsdatum,Gesamtbetrag,Ausstehender Betrag,Status\n"
        "I1,Acme,2026-01-05,2026-02-04,100.00,40.00,Teilweise bezahlt",
    }
    for reader, text in files.items():
        loaded = load(write(tmp_path, text + "\n"), currency="EUR", date_order="day-first")
        assert loaded.reading.reader == reader
        assert loaded.rows("documents", *FACTS) == [
            ("invoice", "Acme", "I1", day("2026-01-05"), day("2026-02-04"), money("100"), "posted")
        ]
        assert loaded.rows("open_balances", "open_amount") == [(money("40"),)]


def test_our_own_format_may_be_written_in_german_with_german_dates_and_amounts(tmp_path: Path) -> None:
    header = "Belegnummer;Belegart;Kunde;Belegdatum;Faelligkeitsdatum;Betrag;Waehrung;Strittig"
    rows = ("R1;Rechnung;Acme;28.01.2026;27.02.2026;1.234,50;EUR;ja", "Z1;Zahlung;Acme;03.02.2026;;234,50;EUR;nein")
    loaded = load(write(tmp_path, table(header, *rows)))
    read_as(loaded, "plain-documents", "German")
    assert loaded.rows("documents", "document_id", "kind", "document_date", "amount", "is_disputed") == [
        ("R1", "invoice", day("2026-01-28"), money("1234.50"), True),
        ("Z1", "payment", day("2026-02-03"), money("234.50"), False),
    ]


def test_harvest_and_freshbooks_in_french_say_what_they_cannot(tmp_path: Path) -> None:
    header = "Nom du client,N° de facture,Date d'émission,Statut de la facture,Date de paiement,Total de la ligne"
    loaded = load(write(tmp_path, table(header, "Acme,1,2026-01-05,Payée,2026-02-01,70.00")))
    read_as(loaded, "freshbooks-invoices", "French")
    assert loaded.rows("documents", "kind", "amount") == [("invoice", money("70")), ("payment", money("70"))]
    header = "Date d'émission,Date du dernier paiement,ID,Client,Montant de la facture,Montant payé,Solde,Devise"
    loaded = load(write(tmp_path, table(header, '2026-01-05,,7,Acme,"1 234,50","0,0","1 234,50",Euro - EUR')))
    read_as(loaded, "harvest-invoices", "French")
    assert loaded.rows("open_balances", "open_amount") == [(money("1234.50"),)]


def test_an_unknown_foreign_status_is_refused(tmp_path: Path) -> None:
    header, _ = INVOICE_NINJA["German"]
    loaded = load(write(tmp_path, table(header, "Acme,0001,2026-01-05,2026-02-04,100.00,40.00,Unklar,EUR")))
    assert loaded.rejects[0][1:3] == ("status", 'not a status: "Unklar"')


def test_what_a_foreign_header_lacks_is_named(tmp_path: Path) -> None:
    header = "Kunde,Rechnungsnummer,Rechnungsdatum,Fälligkeitsdatum,Betrag,Status"
    message = refusal(write(tmp_path, table(header, "Acme,1,2026-01-05,2026-02-04,1,x")))
    assert "it has 6 of the 7 columns of Invoice Ninja v4 invoices; missing Paid" in message


def test_the_words_stand_for_words_that_some_format_has() -> None:
    """A misspelt English word would be a translation of nothing."""
    headers = {name for known in formats() for names in known.columns.values() for name in names}
    headers |= {title for known in formats() for title in known.titles}
    cells = {plain_word(word) for known in formats() for word in (*known.kinds, *known.statuses, *known.debtors)}
    cells |= {"invoice", "payment", "refund", "credit note", "write off", "posted", "draft", "void"}
    cells |= {
        plain_word(like) for known in formats() for rule in known.row_rules for like in (*rule.like, *rule.unlike)
    }
    cells |= {word for known in formats() for word in (*known.totals, *known.subtotals)}
    for vocabulary in all_vocabularies():
        for words in vocabulary.sets:
            assert set(words.headers) - headers == set()
            assert set(words.cells) - cells == set()


def test_every_language_is_listed_with_where_its_words_are_from() -> None:
    listed = list_formats()
    assert len(list(FOLDER.glob("*.toml"))) == len(all_vocabularies()) == 4
    assert (
        "French: Invoice Ninja from documents only; Odoo from documents only; PayPal from public tests and parsers; "
        "all others from memory only"
    ) in listed


def in_language(lines: Lines, vocabulary: Vocabulary, family: str) -> Lines:
    """The file with each header and each word of its cells that the language has in that language."""
    headers: dict[str, str] = {}
    cells: dict[str, str] = {}
    for words in reversed(vocabulary.of(family)):
        headers |= {name: foreign[0] for name, foreign in words.headers.items()}
        cells |= {word: foreign[0] for word, foreign in words.cells.items()}
    place = next(place for place, line in enumerate(lines) if len(line) > 2 and line[0] != "EXTF")
    header = [headers.get(normalise(cell), cell) for cell in lines[place]]
    below = [
        [cell if cell in CLIENTS else cells.get(plain_word(cell), cell) for cell in line] for line in lines[place + 1 :]
    ]
    return [*lines[:place], header, *below]


LISTS = ["plain", "list", "xero", "zoho", "freshbooks", "wave", "harvest", "odoo", "erpnext", "stripe"]


@pytest.mark.parametrize("vocabulary", all_vocabularies(), ids=lambda vocabulary: vocabulary.title)
@pytest.mark.parametrize("name", LISTS)
def test_books_come_back_from_every_list_in_every_language(tmp_path: Path, name: str, vocabulary: Vocabulary) -> None:
    lay_out: Callable[[list[Invoice]], Lines] = FORMATS[name]
    invoices = drawn(Random(f"{name} {vocabulary.title}"))
    english = text_of(lay_out(invoices))
    family = "qbo" if name == "list" else name
    foreign = text_of(in_language(lay_out(invoices), vocabulary, family))
    assert foreign != english
    loaded, usual = load(write(tmp_path, foreign)), load(write(tmp_path, english))
    found = set(loaded.rows("documents", "number", "client", "document_date", "due_date", "amount"))
    assert found == wanted(lay_out, invoices)
    all_facts = ("document_id", *FACTS, "currency", "is_disputed", "source_row", "source_rows")
    assert loaded.rows("documents", *all_facts) == usual.rows("documents", *all_facts)
    assert loaded.rows("open_balances") == usual.rows("open_balances")
    assert (loaded.reading.reader, loaded.counts) == (usual.reading.reader, usual.counts)


def drawn(random: Random) -> list[Invoice]:
    return [
        (
            f"{number:04}",
            random.choice(CLIENTS),
            day(f"2025-{random.randint(1, 12):02}-28"),
            day(f"2026-{random.randint(1, 12):02}-27"),
            money(f"{random.randint(1, 10**9) / 100:.2f}"),
        )
        for number in range(random.randint(1, 12))
    ]


def text_of(lines: Lines) -> str:
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows(lines)
    return file.getvalue()
