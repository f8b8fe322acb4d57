"""Which format a file is in, and the one line it is refused with when it is in none or is broken."""

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from loaded import SHARED, load, needs_shared, refusal, table, write

from agingreport.readers import formats

FEW = "document_id,kind,client,document_date,amount"
ROW = "1,invoice,Müller & Söhne,2026-01-05,10"


def workbook(*rows: list[Any], sheets: int = 1) -> bytes:
    """A workbook whose last sheet holds the rows."""
    import xlsxwriter

    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        for place in range(sheets):
            sheet = book.add_worksheet()
            for number, row in enumerate(rows if place == sheets - 1 else [["Read me first"]]):
                sheet.write_row(number, 0, row)
    return file.getvalue()


def test_every_format_has_a_title_and_a_mark_of_its_evidence() -> None:
    names = [known.name for known in formats()]
    assert names == sorted(names)
    assert {"plain-documents", "quickbooks-online-invoice-list", "xero-sales-invoices"} <= set(names)
    assert all(known.evidence in {"FILE", "MEAS", "TEST", "DOC", "MEM"} and known.title for known in formats())


def test_no_format_hides_another(tmp_path: Path) -> None:
    """The header of each format, under its title, is recognised as that format, or refused as that format says."""
    for known in formats():
        cells = [*(known.names[column] for column in known.columns), *(["USD", "GBP"] if known.across else [])]
        path = write(tmp_path, table(*known.titles[:1], ",".join(["", *cells] if known.group else cells)))
        if known.refuse:
            assert known.refuse in refusal(path)
        else:
            assert load(path).reading.reader == known.name


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_in_the_header(tmp_path: Path, delimiter: str) -> None:
    text = table(FEW, ROW).replace(",", delimiter)
    assert load(write(tmp_path, text)).counts == (1, 0, 0)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_a_name_survives_every_encoding(tmp_path: Path, encoding: str) -> None:
    loaded = load(write(tmp_path, table(FEW, ROW).encode(encoding)))
    assert loaded.rows("documents", "client") == [("Müller & Söhne",)]
    told = "not UTF-8: read as Windows text (cp1252)" in loaded.reading.notes
    assert told is (encoding == "cp1252")


def test_two_encodings_in_one_file_are_refused(tmp_path: Path) -> None:
    text = table(FEW, ROW).encode() + "2,invoice,Müller,2026-01-05,10\n".encode("cp1252")
    assert "UTF-8 and another encoding in one file" in refusal(write(tmp_path, text))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_kind_of_line_end_does_not_matter(tmp_path: Path, end: str) -> None:
    loaded = load(write(tmp_path, table(FEW, ROW, ROW.replace("1", "2", 1), end=end)))
    assert loaded.rows("documents", "document_id", "source_row") == [("1", 2), ("2", 3)]


def test_mixed_line_ends_are_read(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, f"{FEW}\r\n{ROW}\n2{ROW[1:]}\r\n3{ROW[1:]}\r4{ROW[1:]}"))
    assert [number for (number,) in loaded.rows("documents", "source_row")] == [2, 3, 4, 5]


def test_a_quote_that_never_closes_costs_one_row(tmp_path: Path) -> None:
    rows = [f"{number}{ROW[1:]}" for number in range(1, 6)]
    rows[1] = '2,invoice,"Acme,2026-01-05,10'
    loaded = load(write(tmp_path, table(FEW, *rows)))
    assert [document[0] for document in loaded.documents] == ["1", "3", "4", "5"]
    assert [(reject[0], reject[3]) for reject in loaded.rejects] == [(3, rows[1])]
    assert loaded.counts == (5, 0, 1)


def test_a_workbook_is_read_with_its_dates_and_numbers(tmp_path: Path) -> None:
    content = workbook(
        FEW.split(","), ["007", "invoice", "Acme", "2026-01-05", 0.1 + 0.2], [8, "invoice", "A", 46027, 5]
    )
    loaded = load(write(tmp_path, content, "documents.xlsx"))
    assert [tuple(map(str, row)) for row in loaded.rows("documents", "document_id", "document_date", "amount")] == [
        ("007", "2026-01-05", "0.3000"),
        ("8", "2026-01-05", "5.0000"),
    ]


def test_the_sheet_with_the_table_is_found(tmp_path: Path) -> None:
    content = workbook(FEW.split(","), ROW.split(","), sheets=3)
    assert load(write(tmp_path, content, "documents.xlsx")).counts == (1, 0, 0)


def test_a_header_without_rows_reads_nothing(tmp_path: Path) -> None:
    for text in (FEW, FEW + "\n"):
        assert load(write(tmp_path, text)).counts == (0, 0, 0)


def test_blank_lines_above_the_header_do_not_matter(tmp_path: Path) -> None:
    assert load(write(tmp_path, "\n,,\n" + table(FEW, ROW))).rows("documents", "source_row") == [(4,)]


def test_a_file_that_is_no_table_is_refused_in_one_line(tmp_path: Path) -> None:
    half = workbook(FEW.split(","), ROW.split(","))
    zipped = BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("a.txt", "hello")
    broken: dict[bytes, str] = {
        b"": "the file is empty",
        b"\n\n": "there is nothing in it",
        b"\xef\xbb\xbf": "there is nothing in it",
        b"hello": "not recognised",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\x01" * 50: "binary data",
        bytes(range(256)) * 20: "binary data",
        half[: len(half) // 2]: "the workbook is cut short",
        half[:100]: "the workbook is cut short",
        zipped.getvalue(): "cannot be opened as a workbook",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600: "cannot be opened as a workbook",
        "a,b\n1,2\n".encode("utf-16")[:-1]: "",
    }
    for content, reason in broken.items():
        message = refusal(write(tmp_path, content))
        assert message.startswith("export.csv: ")
        assert reason in message


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    assert "a folder, not a file" in refusal(tmp_path)
    assert "there is no such file" in refusal(tmp_path / "none.csv")


def test_what_is_closest_is_told(tmp_path: Path) -> None:
    path = write(tmp_path, "document_id,kind,client,amount\n1,invoice,A,10\n")
    assert refusal(path) == (
        "export.csv: not recognised: it has 4 of the 5 columns of documents.csv of the plain format; missing "
        "document_date; export it so, or map its columns with --profile"
    )
    path = write(tmp_path, "date,currency,rate,bank\n")
    assert "it is like fx_rates.csv of the plain format, which has no column bank" in refusal(path)


def test_documents_without_a_kind_are_not_taken_for_instalments(tmp_path: Path) -> None:
    path = write(tmp_path, "document_id,client,document_date,due_date,amount\n1,A,2026-01-05,2026-02-05,10\n")
    assert "4 of the 5 columns of documents.csv" in refusal(path)


def test_a_format_can_be_asked_for_by_name(tmp_path: Path) -> None:
    path = write(tmp_path, table(FEW, ROW))
    assert load(path, format="plain-documents").counts == (1, 0, 0)
    assert "not recognised" in refusal(path, format="plain-clients")
    assert "no format is called 'plane'; there are datev-extf, " in refusal(path, format="plane")


@needs_shared
def test_no_shared_sample_ends_in_anything_but_a_reading_or_one_line() -> None:
    samples = sorted(path for path in (SHARED / "exports").rglob("*") if path.is_file() and path.suffix != ".md")
    readers = {}
    for path in samples:
        try:
            readers[path.name] = load(path).reading.reader
        except Exception as error:
            assert type(error).__name__ == "AgingReportError", path
            assert "\n" not in str(error), path
    assert set(readers.values()) == {
        "datev-extf", "erpnext-accounts-receivable", "fec", "freshbooks-clients", "freshbooks-invoices",
        "harvest-invoices", "harvest-payments", "invoice-ninja-v4-clients", "invoice-ninja-v4-invoices",
        "invoice-ninja-v4-payments", "odoo-invoices", "paypal-activity", "quickbooks-iif",
        "quickbooks-online-aging-detail", "quickbooks-online-invoice-list", "quickbooks-online-invoices-and-payments",
        "sage-50-uk", "stripe-payments", "wave-accounting", "wave-customers", "xero-sales-invoices", "zoho-contacts",
        "zoho-customer-payments", "zoho-invoices",
    }  # fmt: skip


def test_a_damaged_workbook_is_refused_in_one_line(tmp_path: Path) -> None:
    content = bytearray(workbook(FEW.split(","), *[ROW.split(",")] * 50))
    place = content.find(b"xl/worksheets/sheet1.xml") + 60
    content[place : place + 40] = b"\x55" * 40
    message = refusal(write(tmp_path, bytes(content), "documents.xlsx"))
    assert message.startswith("documents.xlsx: ")
    assert "export it again" in message


def test_a_file_cut_in_the_middle_of_a_letter_says_so(tmp_path: Path) -> None:
    content = (table(FEW, ROW) + "2,invoice,Mü").encode()[:-1]
    loaded = load(write(tmp_path, content))
    assert loaded.rows("documents", "client") == [("Müller & Söhne",)]
    assert loaded.counts == (2, 0, 1)
    assert "the file ends in the middle of a letter; it may be cut short" in loaded.reading.notes
