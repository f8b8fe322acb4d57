"""QuickBooks Online: its reports with headings, totals and footers, and documents that are the same in all of them."""

from pathlib import Path

import pytest
from loaded import SHARED, day, load, money, needs_shared, refusal, table, write

SAMPLES = SHARED / "exports" / "quickbooks_online"
FOOTER = '" Friday, June 12, 2026 02:45 AM GMTZ",,,,,,,'


def aging(
    *rows: str, header: str = ",Date,Transaction type,Num,Customer full name,Due date,Amount,Open balance"
) -> str:
    titles = ("Invented Ltd,,,,,,,", "A/R Aging Detail,,,,,,,", '"As of Jun 12, 2026",,,,,,,', "")
    return table(*titles, header, *rows, ",,,,,,,", FOOTER)


def invoice_list(*rows: str, header: str = "Date,Transaction type,Num,Name,Memo,Due date,Amount,Open balance") -> str:
    titles = ("Invented Ltd,,,,,,,", "Invoice List by Date,,,,,,,", '"January 1-March 31, 2026",,,,,,,', "")
    return table(*titles, header, *rows)


def payments(*rows: str) -> str:
    titles = ("Invented Ltd,,,,,", "Invoices and Received Payments,,,,,", '"January, 2025-June, 2026",,,,,', "")
    return table(*titles, ",Date,Transaction type,Memo/Description,Transaction number,Amount", *rows)


@needs_shared
def test_the_sample_of_the_aging_detail_is_read_by_value() -> None:
    loaded = load(SAMPLES / "ar_aging_detail__retyped.csv")
    assert loaded.rows(
        "documents", "kind", "client", "number", "document_date", "due_date", "amount", "source_row"
    ) == [
        ("invoice", "Gamma", "G1", day("2026-01-05"), day("2026-02-04"), money("1500"), 7),
        ("invoice", "Parent Client:Site Phase 3", "3827", day("2022-06-16"), day("2022-07-16"), money("80397.05"), 8),
        ("invoice", "Echo", "E1", day("2026-03-05"), day("2026-04-04"), money("800"), 11),
        ("payment", "Foxtrot", None, day("2026-05-20"), day("2026-05-20"), money("400"), 14),
        ("credit_note", "Foxtrot", "CM-7", day("2026-05-01"), day("2026-05-01"), money("250"), 15),
        ("invoice", "Hotel", "00085001", day("2026-06-01"), day("2026-07-01"), money("600"), 18),
    ]
    balances = [amount for (amount,) in loaded.rows("open_balances", "open_amount")]
    assert balances == [money(text) for text in ("1500", "80397.05", "800", "400", "250", "600")]
    assert loaded.rows("clients", "client", "parent_client") == [("Parent Client:Site Phase 3", "Parent Client")]
    assert (loaded.reading.statement_date, loaded.counts) == (day("2026-06-12"), (17, 11, 0))
    assert loaded.reading.can == {"due_dates", "open_balances", "all_open_items"}


@needs_shared
def test_the_sample_of_the_aging_detail_as_a_workbook_mixes_text_and_dates() -> None:
    loaded = load(SAMPLES / "ar_aging_detail__retyped.xlsx")
    assert loaded.rows("documents", "kind", "number", "document_date", "due_date", "amount") == [
        ("invoice", "3827", day("2022-06-16"), day("2022-07-16"), money("80397.05")),
        ("invoice", "7201", day("2026-08-10"), day("2026-09-09"), money("5000")),
        ("payment", None, day("2026-08-11"), day("2026-08-11"), money("200")),
    ]
    assert (loaded.reading.statement_date, loaded.counts) == (day("2026-08-12"), (11, 8, 0))


@needs_shared
def test_the_sample_of_the_invoice_list_is_read_by_value() -> None:
    loaded = load(SAMPLES / "invoice_list_by_date__retyped.csv")
    assert loaded.rows("documents", "document_id", "number", "document_date", "due_date", "amount") == [
        ("qbo:invoice:7001:brightwater fabrication", "7001", day("2026-01-05"), day("2026-02-04"), money("12500")),
        ("qbo:invoice:7002:ironvale supply", "7002", day("2026-02-10"), day("2026-03-12"), money("0.29")),
        ("qbo:invoice:7003:brightwater fabrication", "7003", day("2026-03-31"), day("2026-04-30"), money("1571990.42")),
    ]
    assert loaded.rows("open_balances", "open_amount") == [(money("12500"),), (money("0"),), (money("135327.08"),)]
    assert (loaded.reading.statement_date, loaded.counts) == (day("2026-03-31"), (8, 5, 0))


@needs_shared
def test_the_sample_of_invoices_and_payments_is_read_by_value() -> None:
    loaded = load(SAMPLES / "invoices_and_received_payments__retyped.csv")
    assert loaded.rows("documents", "kind", "client", "number", "document_date", "amount") == [
        ("payment", "Alpha", None, day("2025-01-31"), money("1000")),
        ("invoice", "Alpha", "A1", day("2025-01-01"), money("1000")),
        ("payment", "Beta", None, day("2025-03-01"), money("1000")),
        ("invoice", "Beta", "B1", day("2025-02-01"), money("600")),
        ("invoice", "Beta", "B2", day("2025-02-05"), money("400")),
    ]
    assert (loaded.reading.statement_date, loaded.counts) == (day("2026-06-12"), (9, 4, 0))
    assert loaded.reading.can == {"payments", "payment_dates"}


@needs_shared
def test_open_invoices_is_refused_because_it_lacks_what_was_billed() -> None:
    assert "has no column Amount" in refusal(SAMPLES / "open_invoices__retyped.csv")


def test_both_vocabularies_flat_and_grouped_give_the_same_documents(tmp_path: Path) -> None:
    flat = invoice_list('01/15/2026,Invoice,7,Acme,Work,02/14/2026,"1,000.00",250.00', "TOTAL,,,,,,$1000.00,$250.00")
    grouped = invoice_list(
        "Anna Agent,,,,,,,,",
        ',01/15/2026,Invoice,7,Acme,Work,02/14/2026,"1,000.00",250.00',
        "Total for Anna Agent,,,,,,$1000.00,$250.00,",
        "TOTAL,,,,,,$1000.00,$250.00,",
        header=",Date,Transaction Type,Num,Name,Memo/Description,Due Date,Amount,Open Balance",
    )
    first, second = load(write(tmp_path, flat)), load(write(tmp_path, grouped))
    assert first.documents == second.documents != []
    assert (first.counts, second.counts) == ((2, 1, 0), (4, 3, 0))


def test_a_transaction_has_the_same_id_in_each_report(tmp_path: Path) -> None:
    in_aging = aging(
        ",05/20/2026,Payment,,Foxtrot,05/20/2026,-400.00,-150.00", ",05/01/2026,Invoice,77,Foxtrot,05/31/2026,9,9"
    )
    in_payments = payments("Foxtrot,,,,,", ",05/20/2026,Payment,,,400.00", ",05/01/2026,Invoice,Job,77,9.00")
    ids = {"qbo:payment::foxtrot:2026-05-20:400.0000:1", "qbo:invoice:77:foxtrot"}
    for text in (in_aging, in_payments):
        assert {document[0] for document in load(write(tmp_path, text)).documents} == ids


def test_a_payment_partly_used_is_open_with_the_rest(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, aging(",05/20/2026,Payment,,Foxtrot,05/20/2026,-400.00,-150.00")))
    assert loaded.rows("documents", "kind", "amount") == [("payment", money("400"))]
    assert loaded.rows("open_balances", "open_amount") == [(money("150"),)]


def test_equal_payments_without_a_number_are_counted_apart(tmp_path: Path) -> None:
    twice = [",05/20/2026,Payment,,,100.00"] * 2
    ids = [document[0] for document in load(write(tmp_path, payments("Acme,,,,,", *twice))).documents]
    assert ids == ["qbo:payment::acme:2026-05-20:100.0000:1", "qbo:payment::acme:2026-05-20:100.0000:2"]


def test_the_side_of_a_journal_entry_follows_from_its_sign(tmp_path: Path) -> None:
    rows = (",05/20/2026,Journal Entry,J1,A,05/20/2026,10,10", ",05/20/2026,Journal Entry,J2,A,05/20/2026,-20,-5")
    loaded = load(write(tmp_path, aging(*rows)))
    assert loaded.rows("documents", "kind", "amount") == [
        ("journal_debit", money("10")),
        ("journal_credit", money("20")),
    ]


def test_a_voided_invoice_is_skipped_and_named(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, invoice_list("01/15/2026,Invoice,8,Acme,Voided,02/14/2026,0.00,0.00")))
    assert (loaded.documents, loaded.counts) == ([], (1, 1, 0))
    assert loaded.rows("voids", "document_id", "source_row") == [("qbo:invoice:8:acme", 6)]


def test_two_invoices_of_one_number_are_not_taken_for_one(tmp_path: Path) -> None:
    rows = ("01/15/2026,Invoice,7,Acme,,02/14/2026,10,10", "01/16/2026,Invoice,7,Acme,,02/14/2026,20,20")
    loaded = load(write(tmp_path, invoice_list(*rows)))
    assert len(loaded.documents) == 1
    assert [reject[:3] for reject in loaded.rejects] == [
        (7, "number", 'row 6 has it too, with another date, amount, rest or currency: "7"')
    ]


def test_an_unknown_type_is_refused_by_row(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, invoice_list("01/15/2026,Barter,7,Acme,,02/14/2026,10,10")))
    assert [reject[1:3] for reject in loaded.rejects] == [("kind", 'not a kind of document: "Barter"')]


def test_an_open_balance_beyond_the_amount_is_refused(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, invoice_list("01/15/2026,Invoice,7,Acme,,02/14/2026,10,11")))
    assert [reject[1:3] for reject in loaded.rejects] == [("open_amount", 'not between nothing and the amount: "11"')]


def test_a_client_called_total_is_a_client(tmp_path: Path) -> None:
    rows = (
        "Total Quality Logistics,,,,,",
        ",05/21/2026,Invoice,,1,5.00",
        "Total for Kids,,,,,",
        ",05/22/2026,Invoice,,2,6.00",
    )
    loaded = load(write(tmp_path, payments(*rows)))
    assert [document[2] for document in loaded.documents] == ["Total Quality Logistics", "Total for Kids"]


def test_a_count_behind_every_heading_is_no_part_of_the_name(tmp_path: Path) -> None:
    rows = ("Acme (2),,,,,", ",05/21/2026,Invoice,,1,5.00", "Bolt (1),,,,,", ",05/22/2026,Invoice,,2,6.00")
    assert [document[2] for document in load(write(tmp_path, payments(*rows))).documents] == ["Acme", "Bolt"]
    rows = ("Acme (2),,,,,", ",05/21/2026,Invoice,,1,5.00", "Bolt,,,,,", ",05/22/2026,Invoice,,2,6.00")
    assert [document[2] for document in load(write(tmp_path, payments(*rows))).documents] == ["Acme (2)", "Bolt"]


def test_a_row_that_is_nothing_known_is_refused(tmp_path: Path) -> None:
    loaded = load(
        write(
            tmp_path, payments(",05/21/2026,Invoice,,1,5.00", "Acme,,,,,", "Acme,,,,,7.00", ",05/21/2026,Invoice,,2,5")
        )
    )
    assert [reject[:3] for reject in loaded.rejects] == [
        (6, None, "stands under no heading that names its client"),
        (8, None, "neither a transaction nor a heading, total or footer"),
    ]
    assert loaded.counts == (4, 1, 2)


def test_a_report_on_the_cash_basis_is_refused(tmp_path: Path) -> None:
    text = payments(
        "Acme,,,,,", ",05/21/2026,Invoice,,1,5.00", '"Cash Basis Tuesday, April 7, 2026 09:15 AM GMT-04:00",,,,,'
    )
    assert "cash basis" in refusal(write(tmp_path, text))


@pytest.mark.parametrize(
    ("title", "footer", "expected"),
    [
        ('"As of Jun 12, 2026"', "", "2026-06-12"),
        ("As at 31 March 2026", "", "2026-03-31"),
        ('"January 1-March 31, 2026"', "", "2026-03-31"),
        ('"January 1 - 31, 2026"', "", "2026-01-31"),
        ('"January, 2025-February, 2026"', "", "2026-02-28"),
        ("January - December 2025", "", "2025-12-31"),
        ("All Dates", FOOTER, "2026-06-12"),
        ('"January, 2026-December, 2026"', FOOTER, "2026-06-12"),
        ("All Dates", "", None),
    ],
)
def test_the_statement_date_comes_from_the_title_and_is_never_after_the_printing(
    tmp_path: Path, title: str, footer: str, expected: str | None
) -> None:
    header = "Date,Transaction type,Num,Name,Memo,Due date,Amount,Open balance"
    text = table(
        "Invented Ltd", "Invoice List by Date", title, "", header, "01/15/2026,Invoice,1,A,,02/14/2026,1,1", footer
    )
    assert load(write(tmp_path, text)).reading.statement_date == (day(expected) if expected else None)


def test_the_company_may_stand_above_or_below_the_title(tmp_path: Path) -> None:
    row = ",05/21/2026,Invoice,1,Acme,06/20/2026,5.00,5.00"
    header = ",Date,Transaction type,Num,Customer,Due date,Amount,Open balance"
    for titles in (("Ours", "A/R Ageing Detail Report"), ("A/R Ageing Detail Report", "Ours")):
        loaded = load(write(tmp_path, table(*titles, '"As of Jun 12, 2026"', header, row)))
        assert loaded.reading.reader == "quickbooks-online-aging-detail"


def test_without_a_title_two_reports_of_one_header_are_told_apart_by_the_user(tmp_path: Path) -> None:
    text = table(
        ",Date,Transaction type,Num,Customer,Due date,Amount,Open balance", ",05/21/2026,Invoice,1,A,06/20/2026,5,5"
    )
    path = write(tmp_path, text)
    assert "say which it is with --format" in refusal(path)
    assert load(path, format="quickbooks-online-aging-detail").counts == (1, 0, 0)


def report(title: str, *rows: str) -> str:
    return table("Invented Ltd", title, "All Dates", "", *rows)


LINES = ",Transaction date,Transaction type,Num,Customer full name,Description,Quantity,Sales price,Amount,Balance"


@needs_shared
def test_the_sample_of_sales_by_product_is_read_for_no_invoice_is_later_than_its_printing() -> None:
    """01/05/2026 cannot be in May where the report was printed on April 7."""
    loaded = load(SAMPLES / "sales_by_product_service_detail__retyped.csv")
    assert loaded.rows("documents", "document_id", "document_date", "amount") == [
        ("qbo:invoice:1001:acme corp", day("2026-01-05"), money("120"))
    ]
    assert "sales tax is not in it" in loaded.reading.notes[0]
    assert loaded.counts == (8, 7, 0)


def test_the_lines_of_an_invoice_under_several_products_are_one_document(tmp_path: Path) -> None:
    rows = (
        "Hosting,,,,,,,,,",
        ",01/15/2026,Invoice,7,Acme,Year,1,120.00,120.00,120.00",
        "Total for Hosting,,,,,,1,,$120.00,",
        "Work,,,,,,,,,",
        ",01/15/2026,Invoice,7,Acme,Day,1,80.00,80.00,80.00",
        ",01/15/2026,Invoice,7,Acme,Discount,1,-10.00,-10.00,70.00",
        "Total for Work,,,,,,2,,$70.00,",
        "TOTAL,,,,,,3,,$190.00,",
    )
    text = report("Sales by Product/Service Detail", LINES, *rows)
    loaded = load(write(tmp_path, text))
    assert loaded.rows("documents", "client", "amount", "source_rows") == [("Acme", money("190"), 3)]
    footer = '"Cash Basis Tuesday, April 7, 2026 09:15 AM GMT-04:00",,,,,,,,,\n'
    assert "cash basis" in refusal(write(tmp_path, text + footer))


def test_sales_by_customer_takes_the_client_from_the_heading(tmp_path: Path) -> None:
    header = ",Transaction date,Transaction type,Num,Product/Service full name,Memo/Description,Quantity,Sales price,"
    row = ",01/15/2026,Invoice,7,Hosting,Year,1,120.00,120.00,120.00"
    rows = ("Acme,,,,,,,,,", row, "Total for Acme,,,,,,1,,$120.00,")
    text = report("Sales by Customer Detail", header + "Amount,Balance", *rows, "TOTAL,,,,,,1,,$120.00,")
    assert load(write(tmp_path, text)).rows("documents", "document_id", "amount") == [
        ("qbo:invoice:7:acme", money("120"))
    ]
    cut = report("Sales by Customer Detail", header + "Amount,Balance", *rows)
    assert "it ends without a TOTAL, and amounts are sums of rows here" in refusal(write(tmp_path, cut))


TRANSACTIONS = (
    ",01/15/2026,Invoice,7,Yes,Work,Accounts Receivable (A/R),100.00",
    ",01/16/2026,Estimate,8,No,Offer,,500.00",
    ",02/20/2026,Payment,,Yes,,Undeposited Funds,100.00",
    ",02/21/2026,Journal Entry,J1,Yes,,Sales,5.00",
)


def test_what_does_not_post_is_left_out_of_a_transaction_list(tmp_path: Path) -> None:
    header = ",Date,Transaction Type,Num,Posting,Memo/Description,Account,Amount"
    text = report("Transaction List by Customer", header, "Acme,,,,,,,", *TRANSACTIONS, "Total for Acme,,,,,,,$705.00")
    loaded = load(write(tmp_path, text))
    assert loaded.rows("documents", "kind", "client", "document_date", "amount") == [
        ("invoice", "Acme", day("2026-01-15"), money("100")),
        ("payment", "Acme", day("2026-02-20"), money("100")),
    ]
    assert loaded.counts == (6, 3, 1)
    assert loaded.rejects[0][1:3] == ("kind", 'not a kind of document: "Journal Entry"')


def test_a_flat_transaction_list_has_the_same_ids(tmp_path: Path) -> None:
    header = "Date,Transaction type,Num,Posting (Y/N),Name,Memo,Account name,Split,Amount"
    rows = ("01/15/2026,Invoice,7,Y,Acme,Work,A/R,Sales,100.00", "02/20/2026,Payment,,Y,Acme,,Bank,A/R,100.00")
    loaded = load(write(tmp_path, report("Transaction list of payments", header, *rows)))
    assert [document[0] for document in loaded.documents] == [
        "qbo:invoice:7:acme", "qbo:payment::acme:2026-02-20:100.0000:1",
    ]  # fmt: skip


PRINTED = '" Friday, June 12, 2026 02:45 AM GMTZ",,,,,,'


def test_open_invoices_with_the_amount_added_are_read(tmp_path: Path) -> None:
    header = ",Date,Transaction type,Num,Term,Due date,Amount,Open balance"
    rows = ("Acme,,,,,,,", ",01/15/2026,Invoice,7,Net 30,02/14/2026,100.00,40.00", ",TOTAL,,,,,,$40.00", PRINTED)
    loaded = load(write(tmp_path, report("Open Invoices", header, *rows)))
    assert loaded.rows("documents", "document_id", "due_date", "amount", "terms") == [
        ("qbo:invoice:7:acme", day("2026-02-14"), money("100"), "Net 30")
    ]
    assert loaded.rows("open_balances", "open_amount") == [(money("40"),)]
    assert "all_open_items" in loaded.reading.can


def test_the_contact_list_tells_of_clients_and_their_parents(tmp_path: Path) -> None:
    header = "Customer full name,Phone numbers,Email,Full name,Bill address,Ship address"
    rows = ("Acme,555-1,a@example.com,,,", "Acme:Site,,,,,", '" Friday, June 12, 2026 02:45 AM GMTZ",,,,,')
    loaded = load(write(tmp_path, table("Ours", "Customer Contact List", "", header, *rows)))
    assert loaded.rows("clients", "client", "email", "parent_client") == [
        ("Acme", "a@example.com", None), ("Acme:Site", None, "Acme"),
    ]  # fmt: skip
    assert loaded.counts == (3, 1, 0)


def test_a_desktop_aging_without_amounts_says_how_to_add_them(tmp_path: Path) -> None:
    header = ",,,Type,,Date,,Num,,Name,,Due Date,,Aging,,Open Balance"
    row = ",,,Invoice,,08/13/2026,,7,,Acme,,09/12/2026,,,,5.00"
    assert "Customize Report > Display" in refusal(write(tmp_path, table(header, "Current,,,,,,,,,,,,,,,", row)))
