"""Lists whose columns the user chose: Invoice Ninja v5, Odoo with its sub-fields, ERPNext with its child rows."""

from pathlib import Path

import pytest
from loaded import day, load, money, refusal, table, write

FACTS = ("kind", "client", "number", "document_date", "amount", "status")


@pytest.mark.parametrize(
    "header",
    [
        "client.name,invoice.number,invoice.date,invoice.due_date,invoice.amount,invoice.balance,invoice.status,"
        "client.currency_id",
        "Client,Number,Date,Due Date,Amount,Balance,Status,Currency",
        "Client Name,Invoice Number,Invoice Date,Invoice Due Date,Invoice Amount,Invoice Balance,Invoice Status,"
        "Client Currency",
    ],
)
def test_invoice_ninja_5_is_read_by_its_keys_and_by_its_titles(tmp_path: Path, header: str) -> None:
    rows = (
        "Acme,0001,2026-01-05,2026-02-04,100.00,40.00,Partial,EUR",
        "Acme,0002,2026-01-06,2026-02-05,50.00,0.00,Draft,EUR",
        "Acme,0003,2026-01-07,2026-02-06,70.00,0.00,Cancelled,EUR",
    )
    loaded = load(write(tmp_path, table(header, *rows)))
    assert loaded.reading.reader == "invoice-ninja-v5-invoices"
    assert loaded.rows("documents", *FACTS, "due_date", "currency") == [
        ("invoice", "Acme", "0001", day("2026-01-05"), money("100"), "posted", day("2026-02-04"), "EUR"),
        ("invoice", "Acme", "0002", day("2026-01-06"), money("50"), "draft", day("2026-02-05"), "EUR"),
        ("invoice", "Acme", "0003", day("2026-01-07"), money("70"), "void", day("2026-02-06"), "EUR"),
    ]
    assert loaded.rows("open_balances", "document_id", "open_amount") == [
        ("invoice-ninja:invoice:0001:acme", money("40"))
    ]


def test_invoice_ninja_5_without_its_status_is_refused_since_drafts_would_age(tmp_path: Path) -> None:
    message = refusal(write(tmp_path, table("Client,Number,Date,Due Date,Amount,Balance", "A,1,2026-01-05,,1,1")))
    assert "5 of the 6 columns of Invoice Ninja v5 invoices; missing invoice.status" in message


PAYMENTS = "Client,Date,Amount,Refunded,Applied,Transaction Reference,Currency,Number,Method,Status"


def test_an_invoice_ninja_5_payment_that_was_given_back_reopens_the_debt(tmp_path: Path) -> None:
    rows = (
        "Acme,2026-02-01,100.00,30.00,100.00,x,EUR,P1,Card,Partially Refunded",
        "Acme,2026-02-02,5.00,0.00,0.00,y,EUR,P2,Card,Failed",
    )
    loaded = load(write(tmp_path, table(PAYMENTS, *rows)))
    assert loaded.rows("documents", "kind", "number", "amount", "status") == [
        ("payment", "P1", money("100"), "posted"),
        ("refund", None, money("30"), "posted"),
        ("payment", "P2", money("5"), "void"),
    ]
    assert "payment_links" not in loaded.reading.can
    assert "1 write-offs or refunds have no day of their own" in " ".join(loaded.reading.notes)


def test_a_payment_links_where_its_invoice_is_named_and_is_refused_where_it_has_several(tmp_path: Path) -> None:
    rows = (
        "Acme,2026-02-01,100.00,0.00,100.00,x,EUR,P1,Card,Completed,0001",
        "Acme,2026-02-02,50.00,0.00,50.00,y,EUR,P2,Card,Completed,0002",
        "Acme,2026-02-02,50.00,0.00,50.00,y,EUR,P2,Card,Completed,0003",
    )
    loaded = load(write(tmp_path, table(f"{PAYMENTS},Invoice Number", *rows)))
    assert loaded.rows("allocations", "debit_id", "amount") == [("invoice-ninja:invoice:0001:acme", money("100"))]
    assert [reject[:2] for reject in loaded.rejects] == [(3, "settles_number"), (4, "settles_number")]
    assert "payment_links" in loaded.reading.can


ODOO = "Number,Invoice Partner Display Name,Invoice/Bill Date,Due Date,Total Signed,Amount Due Signed,Status,Currency"
MOVES = "Invoice lines/Label,Reconciled Moves/Number,Reconciled Moves/Date,Reconciled Moves/Amount"


def test_the_payments_under_an_odoo_invoice_are_its_own(tmp_path: Path) -> None:
    rows = (
        'INV/1,Acme,2026-03-01,2026-03-31,"1000,00","400,00",Posted,EUR,Work,BNK1/7,2026-03-20,"250,00"',
        ',,,,,,,,Travel,BNK1/8,2026-03-25,"350,00"',
        ",,,,,,,,Hotel,,,",
        'INV/2,Acme,2026-03-02,2026-04-01,"300,00","0,00",Posted,EUR,Work,BNK1/9,2026-03-28,"500,00"',
        'INV/3,Acme,2026-03-03,2026-04-02,"900,00","700,00",Posted,EUR,Work,BNK1/9,2026-03-28,"500,00"',
    )
    loaded = load(write(tmp_path, table(f"{ODOO},{MOVES}", *rows)))
    assert sorted(loaded.rows("documents", "number", "kind", "document_date", "amount", "source_rows")) == [
        ("BNK1/7", "payment", day("2026-03-20"), money("250"), 3),
        ("BNK1/8", "payment", day("2026-03-25"), money("350"), 3),
        ("BNK1/9", "payment", day("2026-03-28"), money("500"), 1),
        ("INV/1", "invoice", day("2026-03-01"), money("1000"), 3),
        ("INV/2", "invoice", day("2026-03-02"), money("300"), 1),
        ("INV/3", "invoice", day("2026-03-03"), money("900"), 1),
    ]
    assert sorted(loaded.rows("allocations", "debit_id", "credit_id", "amount")) == [
        ("odoo:invoice:inv/1:acme", "odoo:payment:bnk1/7:acme", money("250")),
        ("odoo:invoice:inv/1:acme", "odoo:payment:bnk1/8:acme", money("350")),
    ]
    assert loaded.counts == (5, 0, 0)
    assert {"payments", "payment_dates"} <= loaded.reading.can


def test_a_credit_note_among_the_moves_of_an_invoice_is_no_payment(tmp_path: Path) -> None:
    rows = (
        "INV/1,Acme,2026-03-01,2026-03-31,100.00,0.00,Posted,EUR,Work,RINV/1,2026-03-20,-100.00",
        "RINV/1,Acme,2026-03-20,2026-03-20,-100.00,0.00,Posted,EUR,Work,INV/1,2026-03-01,100.00",
        "INV/2,Acme,2026-03-02,2026-03-31,100.00,0.00,Posted,EUR,Work,GUT/1,2026-03-20,-100.00",
        "GUT/1,Acme,2026-03-20,2026-03-20,-100.00,0.00,Posted,EUR,Work,,,",
    )
    loaded = load(write(tmp_path, table(f"{ODOO},{MOVES}", *rows)))
    assert [kind for (kind,) in loaded.rows("documents", "kind")] == [
        "invoice",
        "credit_note",
        "invoice",
        "credit_note",
    ]
    assert loaded.rows("allocations") == []


def test_without_the_moves_an_odoo_list_does_not_know_the_payments(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, table(ODOO, "INV/1,Acme,2026-03-01,2026-03-31,100.00,0.00,Posted,EUR")))
    assert loaded.reading.can == {"credit_notes", "due_dates", "open_balances"}


def test_a_row_that_goes_on_with_a_refused_one_is_refused_too(tmp_path: Path) -> None:
    rows = (
        "INV/1,Acme,2026-03-01,2026-03-31,100.00,0.00,Posted,EUR,Work,BNK1/1,2026-03-20,100.00",
        "INV/2,Acme,2026-03-01,2026-03-31,100.00",
        ",,,,,,,,Work,BNK1/2,2026-03-20,100.00",
    )
    loaded = load(write(tmp_path, table(f"{ODOO},{MOVES}", *rows)))
    assert loaded.rows("documents", "number") == [("INV/1",), ("BNK1/1",)]
    assert [reject[0] for reject in loaded.rejects] == [3, 4]
    assert loaded.rejects[1][2] == "goes on with a row above that is not there"


def test_drafts_without_a_number_or_date_are_left_out_and_others_kept_as_drafts(tmp_path: Path) -> None:
    rows = (
        "/,Acme,,,5.00,5.00,Draft,EUR",
        ",Acme,2026-03-01,2026-03-31,5.00,5.00,Draft,EUR",
        "INV/9,Acme,2026-03-01,2026-03-31,5.00,5.00,Draft,EUR",
    )
    loaded = load(write(tmp_path, table(ODOO, *rows)))
    assert loaded.rows("documents", "number", "status") == [("INV/9", "draft")]
    assert loaded.counts == (3, 2, 0)


def test_money_that_odoo_sent_out_is_refused_since_its_receiver_is_unknown(tmp_path: Path) -> None:
    header = "Date,Number,Journal,Payment Method,Customer,Amount,Currency,Status,Payment Type"
    rows = (
        "2026-03-20,BNK1/7,Bank,Manual,Acme,250.00,EUR,Posted,Receive",
        "2026-03-21,BNK1/8,Bank,Manual,Acme,20.00,EUR,Posted,Send",
        "2026-03-21,BNK1/9,Bank,Manual,Acme,20.00,EUR,Cancelled,Receive",
    )
    loaded = load(write(tmp_path, table(header, *rows)))
    assert loaded.rows("documents", *FACTS) == [
        ("payment", "Acme", "BNK1/7", day("2026-03-20"), money("250"), "posted"),
        ("payment", "Acme", "BNK1/9", day("2026-03-21"), money("20"), "void"),
    ]
    assert [reject[0] for reject in loaded.rejects] == [3]
    assert "money sent out" in loaded.rejects[0][2]


ERPNEXT = "ID,Customer,Customer Name,Date,Payment Due Date,Grand Total,Outstanding Amount,Status,Currency"


def test_an_erpnext_return_is_a_credit_note_and_what_is_cancelled_is_void(tmp_path: Path) -> None:
    rows = (
        "SINV-1,C1,Acme,2026-01-05,2026-02-04,1000.0,600.0,Partly Paid,EUR",
        "SINV-2,C1,Acme,2026-01-06,2026-01-06,-100.0,-40.0,Return,EUR",
        "SINV-3,C1,Acme,2026-01-07,2026-02-06,50.0,0.0,Cancelled,EUR",
        "SINV-4,C1,Acme,2026-01-08,2026-02-07,70.0,70.0,Draft,EUR",
    )
    loaded = load(write(tmp_path, table(ERPNEXT, *rows)))
    assert loaded.rows("documents", *FACTS) == [
        ("invoice", "C1", "SINV-1", day("2026-01-05"), money("1000"), "posted"),
        ("credit_note", "C1", "SINV-2", day("2026-01-06"), money("100"), "posted"),
        ("invoice", "C1", "SINV-3", day("2026-01-07"), money("50"), "void"),
        ("invoice", "C1", "SINV-4", day("2026-01-08"), money("70"), "draft"),
    ]
    assert loaded.rows("open_balances", "open_amount") == [(money("600"),), (money("40"),)]


def test_an_erpnext_total_in_another_currency_than_its_account_is_refused(tmp_path: Path) -> None:
    rows = (
        "SINV-1,C1,Acme,2026-01-05,2026-02-04,1000.0,600.0,Partly Paid,EUR,1.0",
        "SINV-2,C1,Acme,2026-01-05,2026-02-04,1000.0,900.0,Unpaid,USD,0.9",
    )
    loaded = load(write(tmp_path, table(f"{ERPNEXT},Exchange Rate", *rows)))
    assert loaded.rows("documents", "number") == [("SINV-1",)]
    assert "in another currency than its account" in loaded.rejects[0][2]


def test_the_lines_around_the_labels_of_an_erpnext_template_are_no_data(tmp_path: Path) -> None:
    lines = (
        "Data Import Template",
        "Table:,Sales Invoice",
        "DocType:,Sales Invoice,,,,,,",
        "Column Labels:,ID,Customer,Date,Payment Due Date,Grand Total,Outstanding Amount,Status",
        "Column Name:,name,customer,posting_date,due_date,grand_total,outstanding_amount,status",
        "Mandatory:,Yes,Yes,Yes,No,No,No,No",
        "Type:,Data,Link,Date,Date,Currency,Currency,Select",
        "Info:,,,,,,,",
        "Start entering data below this line",
        ',"""SINV-1""",C1,2026-01-05,2026-02-04,1000.0,600.0,Unpaid',
    )
    loaded = load(write(tmp_path, table(*lines)), currency="EUR")
    assert loaded.rows("documents", "client", "number", "amount", "source_row") == [
        ("C1", "SINV-1", money("1000"), 10),
    ]
    assert loaded.counts == (6, 5, 0)


ENTRIES = "ID,Payment Type,Posting Date,Party Type,Party,Paid Amount,Status,Type (Payment References),"
ENTRIES += "Name (Payment References),Allocated (Payment References)"


def test_the_references_of_an_erpnext_payment_are_what_it_settles(tmp_path: Path) -> None:
    rows = (
        "PAY-1,Receive,2026-02-01,Customer,C1,500.0,Submitted,Sales Invoice,SINV-1,300.0",
        ",,,,,,,Sales Invoice,SINV-2,150.0",
        ",,,,,,,Sales Order,SO-1,50.0",
        "PAY-2,Pay,2026-02-02,Supplier,S1,80.0,Submitted,Purchase Invoice,PINV-1,80.0",
        "PAY-3,Pay,2026-02-03,Customer,C1,20.0,Submitted,,,",
        "PAY-4,Receive,2026-02-04,Customer,C1,20.0,Cancelled,Sales Invoice,SINV-1,20.0",
        "PAY-5,Internal Transfer,2026-02-04,,,20.0,Submitted,,,",
    )
    loaded = load(write(tmp_path, table(ENTRIES, *rows)))
    assert loaded.rows("documents", *FACTS, "source_rows") == [
        ("payment", "C1", "PAY-1", day("2026-02-01"), money("500"), "posted", 3),
        ("refund", "C1", "PAY-3", day("2026-02-03"), money("20"), "posted", 1),
        ("payment", "C1", "PAY-4", day("2026-02-04"), money("20"), "void", 1),
    ]
    assert sorted(loaded.rows("allocations", "debit_id", "credit_id", "amount")) == [
        ("erpnext:invoice:sinv-1:c1", "erpnext:payment:pay-1:c1", money("300")),
        ("erpnext:invoice:sinv-2:c1", "erpnext:payment:pay-1:c1", money("150")),
    ]
    assert loaded.counts == (7, 2, 0)
