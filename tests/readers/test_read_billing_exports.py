"""Exports of billing programs: lines, payments with their invoices, what was withheld, written off or refunded."""

from pathlib import Path

import pytest
from loaded import SHARED, day, load, money, needs_shared, refusal, table, total, write

EXPORTS = SHARED / "exports"
FACTS = ("kind", "client", "number", "document_date", "due_date", "amount", "currency", "status", "source_rows")


@needs_shared
def test_the_zoho_sample_is_three_drafts_of_1339_75() -> None:
    loaded = load(EXPORTS / "zoho" / "zoho_invoices.csv")
    made = day("2021-01-28")
    assert loaded.rows("documents", *FACTS) == [
        ("invoice", "Highlander", "INV-000001", made, made, money("489.75"), "USD", "draft", 4),
        ("invoice", "Jessica Jones", "INV-000002", made, made, money("460"), "USD", "draft", 5),
        ("invoice", "Simpsons Baking Co", "INV-000003", made, day("2021-02-27"), money("390"), "USD", "draft", 4),
    ]
    assert total(loaded.rows("documents", "amount")) == money("1339.75")
    assert loaded.rows("open_balances") == []


ZOHO = "Payment Number,Customer Name,Currency Code,Date,Amount,Payment Type,Payment Type,Invoice Number,"
ZOHO += "Amount Applied to Invoice,Invoice Payment Applied Date,Withholding Tax Amount"


def test_a_payment_of_two_invoices_is_one_document_and_withholding_closes_an_invoice(tmp_path: Path) -> None:
    rows = (
        "9,Acme,INR,2026-01-20,40000.00,x,y,I-1,33487.00,2026-01-21,339.00",
        "9,Acme,INR,2026-01-20,40000.00,x,y,I-2,6513.00,2026-01-21,0.00",
        "9,Acme,INR,2026-01-20,40000.00,x,y,I-2,6513.00,2026-01-21,0.00",
    )
    loaded = load(write(tmp_path, table(ZOHO, *rows)))
    assert loaded.rows("documents", "document_id", "kind", "amount") == [
        ("zoho:payment:9:acme", "payment", money("40000")),
        ("zoho:payment:9:acme/credited/i-1", "journal_credit", money("339")),
    ]
    assert sorted(loaded.rows("allocations", "debit_id", "credit_id", "amount", "allocated_on")) == [
        ("zoho:invoice:i-1:acme", "zoho:payment:9:acme", money("33487"), day("2026-01-21")),
        ("zoho:invoice:i-1:acme", "zoho:payment:9:acme/credited/i-1", money("339"), day("2026-01-21")),
        ("zoho:invoice:i-2:acme", "zoho:payment:9:acme", money("6513"), day("2026-01-21")),
    ]
    assert loaded.counts == (3, 0, 0)


def test_more_settled_than_paid_is_refused(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, table(ZOHO, "9,Acme,INR,2026-01-20,10.00,x,y,I-1,11.00,,")))
    assert loaded.rejects[0][1:3] == ("settled_amount", 'more than its own amount: "11.00"')


def test_a_write_off_has_its_own_day(tmp_path: Path) -> None:
    header = "Customer Name,Invoice Number,Invoice Date,Due Date,Total,Balance,Invoice Status,WriteOff Date,"
    row = "Acme,I-1,2026-01-01,2026-01-31,100.00,0.00,Closed,2026-06-30,70.00"
    loaded = load(write(tmp_path, table(header + "WriteOff Amount", row)))
    assert loaded.rows("documents", "kind", "document_date", "amount") == [
        ("invoice", day("2026-01-01"), money("100")),
        ("write_off", day("2026-06-30"), money("70")),
    ]
    assert loaded.rows("allocations", "debit_id", "amount") == [("zoho:invoice:i-1:acme", money("70"))]


FRESHBOOKS = "Client Name,Invoice #,Date Issued,Invoice Status,Date Paid,Line Total,Currency"


@needs_shared
def test_the_freshbooks_sample_is_the_sum_of_its_lines() -> None:
    loaded = load(EXPORTS / "freshbooks" / "freshbooks_invoices.csv")
    assert loaded.rows("documents", *FACTS) == [
        ("invoice", "X-Men", "0000001", day("2021-01-28"), None, money("7890"), "USD", "posted", 3)
    ]


def test_lines_are_summed_with_their_signs_and_paid_as_a_whole(tmp_path: Path) -> None:
    rows = (
        "Acme,1,2026-01-05,paid,2026-02-01,100.00,EUR",
        "Acme,1,2026-01-05,paid,2026-02-01,-30.00,EUR",
        "Acme,2,2026-01-05,draft,,0.00,EUR",
        "Acme,1,2026-01-05,paid,2026-02-01,0.00,EUR",
    )
    loaded = load(write(tmp_path, table(FRESHBOOKS, *rows)))
    assert loaded.rows("documents", "kind", "document_date", "amount") == [
        ("invoice", day("2026-01-05"), money("70")),
        ("payment", day("2026-02-01"), money("70")),
    ]
    assert loaded.counts == (4, 1, 0)


def test_a_line_that_names_no_currency_has_that_of_its_invoice(tmp_path: Path) -> None:
    """A file cut just before the last currency is no invoice of 100.00 and a credit note of 30.00 in another one."""
    rows = ("Acme,1,2026-01-05,sent,,100.00,EUR", "Acme,1,2026-01-05,sent,,-30.00,", "Acme,2,2026-01-05,sent,,9.00,GBP")
    loaded = load(write(tmp_path, table(FRESHBOOKS, *rows)))
    assert loaded.rows("documents", "number", "amount", "currency") == [
        ("1", money("70"), "EUR"),
        ("2", money("9"), "GBP"),
    ]
    assert not [note for note in loaded.reading.notes if "currency" in note]


def test_one_bad_line_refuses_the_whole_invoice(tmp_path: Path) -> None:
    for bad in ("Acme,1,2026-01-05,sent,,much,EUR", "Acme,1,soon,sent,,5.00,EUR"):
        rows = ("Acme,1,2026-01-05,sent,,100.00,EUR", bad, "Acme,2,2026-01-05,sent,,9.00,EUR")
        loaded = load(write(tmp_path, table(FRESHBOOKS, *rows)))
        assert loaded.rows("documents", "number", "amount") == [("2", money("9"))]
        assert [reject[0] for reject in loaded.rejects] == [2, 3]


@needs_shared
def test_the_harvest_samples_are_read_by_value() -> None:
    loaded = load(EXPORTS / "harvest" / "invoice_report_swedish_locale__retyped.csv")
    assert loaded.rows("documents", "kind", "number", "document_date", "amount", "currency") == [
        ("invoice", "101", day("2026-01-10"), money("20160"), "SEK"),
        ("invoice", "102", day("2026-01-11"), money("1000"), "SEK"),
        ("write_off", None, day("2026-01-11"), money("1000"), "SEK"),
        ("invoice", "103", day("2026-01-12"), money("500"), "EUR"),
    ]
    assert loaded.rows("open_balances", "open_amount", "last_paid_on") == [
        (money("0"), day("2026-02-01")), (money("0"), None), (money("500"), None),
    ]  # fmt: skip
    loaded = load(EXPORTS / "harvest" / "payments_received__retyped.csv")
    payment, refund = loaded.rows("documents", "document_id", "kind", "document_date", "amount")
    assert payment[1:] == ("payment", day("2026-01-16"), money("240"))
    assert refund[1:] == ("refund", day("2026-01-17"), money("5"))
    assert loaded.rows("allocations", "debit_id", "credit_id", "amount") == [
        ("harvest:invoice:example-inv-001:example arts foundation", payment[0], money("240")),
        (refund[0], payment[0], money("5")),
    ]


@needs_shared
def test_the_invoice_ninja_samples_are_read_by_value() -> None:
    loaded = load(EXPORTS / "invoice_ninja" / "invoice.csv")
    assert total(loaded.rows("documents", "amount")) == money("11860.87")
    assert total(loaded.rows("open_balances", "open_amount")) == money("11860.87") - money("5686.21")
    assert loaded.rows("documents", "number", "document_date", "due_date", "amount", "source_rows")[:2] == [
        ("1", day("2019-11-25"), day("2019-10-20"), money("13.50"), 1),
        ("2", day("2020-02-19"), day("2020-02-29"), money("26.67"), 2),
    ]
    assert (len(loaded.documents), loaded.counts) == (400, (401, 0, 0))
    assert loaded.reading.statement_date == day("2020-12-19")
    loaded = load(EXPORTS / "invoice_ninja" / "payments.csv")
    kinds = dict(loaded.connection.sql("select kind, sum(amount) from staged_documents group by kind").fetchall())
    assert kinds == {"payment": money("11887.54"), "refund": money("800")}
    assert "2 rows without a number are like one before them" in " ".join(loaded.reading.notes)
    assert loaded.counts == (403, 0, 0)


def test_payments_need_their_title(tmp_path: Path) -> None:
    rows = ("Client,Invoice Number,Amount,Date", "Acme,7,5.00,2026-01-05")
    assert "not recognised" in refusal(write(tmp_path, table(*rows)))
    assert load(write(tmp_path, table("Payments", *rows))).counts == (1, 0, 0)


@needs_shared
def test_the_odoo_sample_is_read_by_value() -> None:
    loaded = load(EXPORTS / "odoo" / "account_move_list_export__retyped.csv")
    assert loaded.rows("documents", "kind", "number", "document_date", "due_date", "amount") == [
        ("invoice", "INV/2026/00057", day("2026-03-01"), day("2026-03-31"), money("1150")),
        ("invoice", "INV/2026/00058", day("2026-03-02"), day("2026-04-01"), money("575")),
        ("credit_note", "RINV/2026/00004", day("2026-03-09"), day("2026-03-09"), money("115")),
    ]
    assert loaded.rows("open_balances", "open_amount") == [(money("0"),), (money("252.73"),), (money("0"),)]


def test_rows_that_go_on_with_the_one_above_are_part_of_it(tmp_path: Path) -> None:
    header = "Number,Partner,Invoice Date,Due Date,Total Signed,Amount Due Signed,Status,Invoice lines/Label"
    rows = (
        "INV/1,Acme,2026-03-01,2026-03-31,10.00,10.00,Posted,one",
        ",,,,,,,two",
        "/,Acme,,,5.00,5.00,Draft,x",
        "BILL/1,Supplier,2026-03-01,2026-03-31,-10.00,-10.00,Posted,one",
    )
    loaded = load(write(tmp_path, table(header, *rows)))
    assert loaded.rows("documents", "number", "source_rows") == [("INV/1", 2)]
    assert loaded.counts == (4, 2, 0)


@needs_shared
def test_the_erpnext_sample_is_read_by_value() -> None:
    loaded = load(EXPORTS / "erpnext" / "accounts_receivable_report_header__retyped.csv")
    assert loaded.rows("documents", "kind", "client", "number", "document_date", "due_date", "amount") == [
        ("invoice", "CUST-0001", "ACC-SINV-2026-00001", day("2026-01-05"), day("2026-02-04"), money("1000")),
        ("payment", "CUST-0001", "ACC-PAY-2026-00004", day("2026-03-01"), None, money("250")),
    ]
    assert loaded.rows("open_balances", "open_amount") == [(money("600"),), (money("250"),)]
    assert loaded.counts == (3, 1, 0)


def test_two_payment_terms_of_one_invoice_are_not_taken_for_one(tmp_path: Path) -> None:
    header = "Posting Date,Party,Voucher Type,Voucher No,Due Date,Invoiced Amount,Outstanding Amount,Currency"
    rows = [f"2026-01-05,C1,Sales Invoice,S1,2026-0{month}-04,500,500,USD" for month in (2, 3)]
    loaded = load(write(tmp_path, table(header, *rows)))
    assert loaded.counts == (2, 0, 1)


STRIPE = "Number,Customer,Customer Name,Status,Currency,Total,Amount Paid,Date (UTC),Due Date (UTC),"
STRIPE += "Marked Uncollectible At (UTC)"


def test_stripe_times_become_days_of_the_firm(tmp_path: Path) -> None:
    row = "A-1,cus_1,Acme,open,usd,100.00,40.00,2024-06-07 02:38:54,2024-07-07 02:38:54,"
    for zone, dated in (("America/Chicago", "2024-06-06"), ("Europe/Berlin", "2024-06-07")):
        loaded = load(write(tmp_path, table(STRIPE, row)), time_zone=zone)
        assert loaded.rows("documents", "client", "document_date", "currency") == [("cus_1", day(dated), "USD")]
    assert loaded.rows("open_balances", "open_amount") == [(money("60"),)]
    assert loaded.rows("clients", "client", "name") == [("cus_1", "Acme")]


def test_an_uncollectible_invoice_is_written_off_on_the_day_it_was_marked(tmp_path: Path) -> None:
    row = "A-1,cus_1,Acme,uncollectible,usd,100.00,40.00,2024-06-07 12:00,2024-07-07 12:00,2024-12-31 12:00"
    loaded = load(write(tmp_path, table(STRIPE, row)))
    assert loaded.rows("documents", "kind", "document_date", "amount") == [
        ("invoice", day("2024-06-07"), money("100")),
        ("write_off", day("2024-12-31"), money("60")),
    ]
    assert loaded.rows("open_balances", "open_amount") == [(money("0"),)]


def test_a_stripe_refund_goes_with_its_payment_and_sales_without_an_invoice_are_left_out(tmp_path: Path) -> None:
    header = (
        "id,Created date (UTC),Amount,Amount Refunded,Currency,Status,Refunded date (UTC),Customer ID,Invoice Number"
    )
    rows = (
        "ch_1,2024-06-07 12:00:00,100.00,30.00,eur,Paid,2024-06-09 12:00:00,cus_1,A-1",
        "ch_2,2024-06-07 12:00:00,5.00,0.00,eur,Paid,,,",
        "ch_3,2024-06-07 12:00:00,100.00,0.00,eur,Failed,,cus_1,A-1",
    )
    loaded = load(write(tmp_path, table(header, *rows)))
    assert loaded.rows("documents", "kind", "document_date", "amount", "status") == [
        ("payment", day("2024-06-07"), money("100"), "posted"),
        ("refund", day("2024-06-09"), money("30"), "posted"),
        ("payment", day("2024-06-07"), money("100"), "void"),
    ]
    assert sorted(loaded.rows("allocations", "debit_id", "amount")) == [
        ("stripe:invoice:a-1:cus_1", money("100")),
        ("stripe:payment:ch_1:cus_1/refunded", money("30")),
    ]
    assert loaded.counts == (3, 1, 0)


def test_only_paypal_rows_with_an_invoice_concern_clients(tmp_path: Path) -> None:
    header = "Date,Time,TimeZone,Name,Type,Status,Currency,Gross,Transaction ID,Invoice Number"
    rows = (
        "01/28/2024,08:37:26,EST,Acme,Website Payment,Completed,USD,90.00,T1,7",
        "01/28/2024,08:37:26,EST,Acme,Payment Refund,Completed,USD,-20.00,T2,7",
        "01/28/2024,08:37:26,EST,Shop,Express Checkout Payment,Completed,USD,-9.90,T3,99",
        "01/28/2024,08:37:26,EST,,General Card Deposit,Completed,USD,9.90,T4,",
        "01/28/2024,08:37:26,EST,Acme,Website Payment,Pending,USD,50.00,T5,8",
    )
    loaded = load(write(tmp_path, table(header, *rows)))
    assert loaded.rows("documents", "kind", "number", "amount", "status") == [
        ("payment", "T1", money("90"), "posted"),
        ("refund", "T2", money("20"), "posted"),
        ("payment", "T5", money("50"), "draft"),
    ]
    assert loaded.counts == (5, 2, 0)


def test_sage_amounts_are_without_tax_and_their_side_is_the_type(tmp_path: Path) -> None:
    header = (
        "Type,Account Reference,Nominal A/C Ref,Department Code,Date,Reference,Details,Net Amount,Tax Code,Tax Amount"
    )
    rows = (
        "SI,ACME,4000,0,05/01/2026,I7,x,100.00,T1,20.00",
        "SI,ACME,4001,0,05/01/2026,I7,y,10.00,T0,0.00",
        "SC,ACME,4000,0,06/01/2026,C1,x,50.00,T1,10.00",
        "SR,ACME,1200,0,07/01/2026,chq,x,80.00,T9,0.00",
        "PI,SUPP,5000,0,07/01/2026,P1,x,80.00,T1,16.00",
    )
    loaded = load(write(tmp_path, table(header, *rows)))
    assert loaded.rows("documents", "kind", "document_date", "amount", "source_rows") == [
        ("invoice", day("2026-01-05"), money("130"), 2),
        ("credit_note", day("2026-01-06"), money("60"), 1),
        ("payment", day("2026-01-07"), money("80"), 1),
    ]
    assert loaded.counts == (5, 1, 0)


def test_a_day_of_writing_off_makes_what_was_not_paid_a_write_off(tmp_path: Path) -> None:
    header = "Reference,Contact Name,Dated On,Due On,Total Value,Due Value,Paid Value,Paid On,Written Off Date,Status"
    row = "7,Acme,2026-01-05,2026-02-04,100.00,0.00,30.00,,2026-06-30,Written-off"
    loaded = load(write(tmp_path, table(header, row)))
    assert loaded.rows("documents", "kind", "document_date", "amount") == [
        ("invoice", day("2026-01-05"), money("100")),
        ("write_off", day("2026-06-30"), money("70")),
    ]


@needs_shared
@pytest.mark.parametrize(
    ("sample", "reader"),
    [
        ("zoho/customer_payment_2026_header.csv", "zoho-customer-payments"),
        ("zoho/invoice_2026_india_header.csv", "zoho-invoices"),
        ("stripe/unified_payments_header.csv", "stripe-payments"),
        ("paypal/activity_download_header.csv", "paypal-activity"),
        ("sage50_uk/audit_trail_header.csv", "sage-50-uk"),
    ],
)
def test_a_header_alone_is_recognised(sample: str, reader: str) -> None:
    loaded = load(EXPORTS / sample)
    assert (loaded.reading.reader, loaded.counts) == (reader, (0, 0, 0))


@needs_shared
@pytest.mark.parametrize(
    ("sample", "reason"),
    [
        ("stripe/balance_history_hledger_example.csv", "names neither client nor invoice"),
        ("paypal/balance_report_short__retyped.csv", "has no column Invoice Number"),
        ("harvest/invoice_line_items__retyped.csv", "without what is paid"),
        ("myob/accountright_sales_header.txt", "do not say whether tax is in them"),
    ],
)
def test_an_export_that_cannot_serve_is_refused_with_the_reason(sample: str, reason: str) -> None:
    assert reason in refusal(EXPORTS / sample)


@needs_shared
@pytest.mark.parametrize(
    ("sample", "clients"),
    [("zoho/zoho_contacts.csv", 5), ("freshbooks/freshbooks_clients.csv", 2), ("wave/wave_clients.csv", 4)],
)
def test_lists_of_clients_are_read(sample: str, clients: int) -> None:
    loaded = load(EXPORTS / sample)
    assert (len(loaded.rows("clients")), loaded.counts) == (clients, (clients, 0, 0))
