"""Xero's sales invoice export: lines that repeat their invoice, credit notes, drafts, bills."""

from pathlib import Path

from loaded import SHARED, day, load, money, needs_shared, refusal, table, write

HEADER = (
    "ContactName,EmailAddress,POCountry,InvoiceNumber,InvoiceDate,DueDate,Total,TaxTotal,InvoiceAmountDue,Description,"
    "LineAmount,Currency,Type,Status"
)


def line(
    number: str = "INV-1",
    *,
    client: str = "Acme",
    dated: str = "24/03/2026",
    due: str = "23/04/2026",
    total: str = "115.0000",
    left: str = "115.0000",
    kind: str = "Sales invoice",
    status: str = "Awaiting Payment",
) -> str:
    return f"{client},,,{number},{dated},{due},{total},15.0000,{left},Work,100,NZD,{kind},{status}"


@needs_shared
def test_the_sample_is_read_by_value() -> None:
    loaded = load(SHARED / "exports" / "xero" / "sales_invoices_export__retyped.csv")
    columns = (
        "kind",
        "client",
        "number",
        "document_date",
        "due_date",
        "amount",
        "currency",
        "tax_amount",
        "source_rows",
    )
    cafe, trader = "Harbour Cafe", "Example Trader (Pty) Ltd"
    assert loaded.rows("documents", *columns) == [
        ("invoice", cafe, "INV-1012", day("2026-02-04"), day("2026-03-06"), money("2070"), "NZD", money("270"), 1),
        ("invoice", cafe, "INV-1014", day("2026-03-24"), day("2026-04-23"), money("1495"), "NZD", money("195"), 1),
        (
            "invoice",
            trader,
            "INV-3440",
            day("2026-06-11"),
            day("2026-06-11"),
            money("1580.94"),
            "ZAR",
            money("206.22"),
            2,
        ),
        ("credit_note", cafe, "CN-0091", day("2026-03-28"), day("2026-03-28"), money("115"), "NZD", None, 1),
        ("payment", cafe, None, day("2026-03-30"), None, money("50"), "NZD", None, 1),
    ]
    assert loaded.rows("open_balances", "open_amount") == [
        (money(text),) for text in ("0", "1495", "1580.94", "115", "50")
    ]
    assert loaded.rows("clients", "client", "country") == [(cafe, "NZ")]
    assert (loaded.reading.statement_date, loaded.counts) == (None, (6, 0, 0))


@needs_shared
def test_the_import_template_is_not_taken_for_the_export() -> None:
    message = refusal(SHARED / "exports" / "xero" / "SalesInvoiceTemplate_import_template_filled.csv")
    assert "this is Xero import template: it does not say whether its prices hold tax" in message


def test_the_lines_of_an_invoice_are_one_document(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, table(HEADER, line(), line("INV-2"), line())))
    assert loaded.rows("documents", "number", "amount", "source_row", "source_rows") == [
        ("INV-1", money("115"), 2, 2),
        ("INV-2", money("115"), 3, 1),
    ]
    assert loaded.counts == (3, 0, 0)


def test_a_line_with_another_total_than_its_invoice_is_refused(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, table(HEADER, line(), line(total="120", left="115"))))
    assert [reject[:2] for reject in loaded.rejects] == [(3, "number")]


def test_drafts_and_voids_are_kept_as_such_and_have_no_open_balance(tmp_path: Path) -> None:
    words = ("Draft", "Awaiting Approval", "Paid", "Voided", "Deleted")
    rows = [line(f"INV-{place}", status=word) for place, word in enumerate(words)]
    loaded = load(write(tmp_path, table(HEADER, *rows)))
    assert [status for (status,) in loaded.rows("documents", "status")] == ["draft", "draft", "posted", "void", "void"]
    assert loaded.rows("open_balances", "document_id") == [("xero:invoice:inv-2:acme",)]


def test_bills_are_skipped_and_an_unknown_status_is_refused(tmp_path: Path) -> None:
    rows = (line(kind="Bill"), line(kind="Bill overpayment"), line(status="Approved"))
    loaded = load(write(tmp_path, table(HEADER, *rows)))
    assert loaded.counts == (3, 2, 1)
    assert loaded.rejects[0][1:3] == ("status", 'not a status: "Approved"')


def test_an_overpayment_without_a_number_is_money_of_the_client(tmp_path: Path) -> None:
    row = line("", kind="Sales overpayment", due="", total="50", left="20")
    loaded = load(write(tmp_path, table(HEADER, row)))
    assert loaded.documents == [
        ("xero:payment::acme:2026-03-24:50.0000:1", "payment", "Acme", day("2026-03-24"), None, money("50"), "NZD")
    ]
    assert loaded.rows("open_balances", "open_amount") == [(money("20"),)]


def test_an_email_makes_a_client(tmp_path: Path) -> None:
    row = line().replace("Acme,,", "Acme,a@example.com,")
    assert load(write(tmp_path, table(HEADER, row))).rows("clients", "client", "email") == [("Acme", "a@example.com")]


def test_addresses_over_several_lines_stay_one_row(tmp_path: Path) -> None:
    row = line().replace("Work", '"Work,\nday and ""night""\n\nat home"')
    loaded = load(write(tmp_path, table(HEADER, row, line("INV-2"))))
    assert loaded.rows("documents", "number", "source_row") == [("INV-1", 2), ("INV-2", 3)]
    assert loaded.counts == (2, 0, 0)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    text = table(HEADER, line()).replace(",DueDate", "")
    assert refusal(write(tmp_path, text)) == (
        "export.csv: not recognised: it has 7 of the 8 columns of Xero sales invoice export; missing DueDate; "
        "export it so, or map its columns with --profile"
    )
