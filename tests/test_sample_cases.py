"""The sample business holds every awkward case that the report has to deal with."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from itertools import pairwise

import python_calamine

from sample_reading import (
    AS_OF,
    FIRM,
    HEADER_ROW,
    LISTS,
    SAMPLE,
    UK_EXPORTS,
    Row,
    aging,
    american,
    money,
    office_invoices,
    plain,
    received,
    report,
    transactions,
    truth,
    uk_documents,
)


def documents(kind: str) -> list[Row]:
    return [row for row in plain("documents.csv") if row["kind"] == kind]


def contacts(kind: str) -> list[Row]:
    return [row for row in plain("contacts.csv") if row["kind"] == kind]


def open_of(client: str) -> list[Row]:
    return [row for row in aging() if row["customer full name"] == client]


def test_some_invoices_are_paid_in_part_and_some_payments_pay_two() -> None:
    assert any(row["open balance"] not in ("0.00", row["amount"]) for row in office_invoices().values())
    rows = received()
    in_one_sum = [
        first
        for payment, first, second in zip(rows, rows[1:], rows[2:], strict=False)
        if [payment["transaction type"], first["transaction type"], second["transaction type"]]
        == ["Payment", "Invoice", "Invoice"]
        and money(payment["amount"]) == money(first["amount"]) + money(second["amount"])
    ]
    assert len(in_one_sum) > 20


def test_payments_of_the_office_name_no_invoice() -> None:
    payments = [row for row in received() if row["transaction type"] == "Payment"]
    assert len(payments) > 1200
    assert {row["transaction number"] for row in payments} == {""}


def test_there_are_credit_notes_used_and_unused() -> None:
    used = {row["credit_id"] for row in plain("allocations.csv")}
    assert len([row for row in documents("credit_note") if row["document_id"] in used]) > 20
    assert [row["client"] for row in documents("credit_note") if row["document_id"] not in used] == [
        "St. Brendan's Parish Hall"
    ]
    memos = [row for row in aging() if row["transaction type"] == "Credit Memo"]
    assert [(row["customer full name"], row["open balance"]) for row in memos] == [("Hollow Oak Cider", "-350.00")]
    assert [r["InvoiceAmountDue"] for r in uk_documents("20261031") if r["Type"] == "Sales credit note"] == ["120.0000"]


def test_an_advance_and_two_overpayments_are_unapplied() -> None:
    payments = {row["customer full name"]: row for row in aging() if row["transaction type"] == "Payment"}
    assert {client: row["open balance"] for client, row in payments.items()} == {
        "Gupta Orthodontics": "-1,500.00",
        "Silverleaf Realty": "-100.00",
    }
    overpaid = [row for row in uk_documents("20261031") if row["Type"] == "Sales overpayment"]
    assert [(row["ContactName"], row["InvoiceNumber"], row["Total"]) for row in overpaid] == [
        ("Camber Sands Surf School", "", "50.0000")
    ]


def test_a_credit_of_120_stands_beside_a_debt_of_500() -> None:
    allocated = {each for row in plain("allocations.csv") for each in (row["debit_id"], row["credit_id"])}
    hall = [row for row in plain("documents.csv") if row["client"] == "St. Brendan's Parish Hall"]
    left = [(row["kind"], row["amount"]) for row in hall if row["document_id"] not in allocated]
    assert left == [("invoice", "500.00"), ("credit_note", "120.00")]


def test_one_bounced_cheque_was_paid_again_and_one_is_still_owed_at_its_first_due_date() -> None:
    settled = {row["debit_id"] for row in plain("allocations.csv")}
    bounced = [(row["client"], row["due_date"], row["document_id"] in settled) for row in documents("refund")]
    assert bounced == [("Maplewood Co-op Preschool", "2025-06-04", True), ("Dolores Pruitt", "2026-07-22", False)]


def test_two_debts_are_disputed_and_an_older_dispute_is_resolved() -> None:
    assert [row["client"] for row in plain("documents.csv") if row["disputed"] == "yes"] == ["Hamid Rezaei"]
    assert {row["client"] for row in contacts("dispute")} == {
        "Hamid Rezaei",
        "Juniper Falls Dental",
        "Lakshmi Textiles",
    }
    assert [row["client"] for row in contacts("dispute_resolved")] == ["Lakshmi Textiles"]


def test_one_client_has_several_debts_worth_a_small_claim_and_never_pays() -> None:
    debts = open_of("Cobalt Ridge Fitness")
    assert len(debts) == 4
    assert all(row["amount"] == row["open balance"] for row in debts)
    assert sum(money(row["open balance"]) for row in debts) < 20_000  # the limit in Texas
    assert len(open_of("Brindle Street Bakery")) == 3


def test_one_client_slowly_gets_worse() -> None:
    billed = {row["transaction number"]: row for row in received() if row["group"] == "Peppercorn & Rye"}
    due = {number: american(office_invoices()[number]["due date"]) for number in billed if number}
    days_late: dict[int, list[int]] = defaultdict(list)
    paid_on = None
    for row in (row for row in received() if row["group"] == "Peppercorn & Rye"):
        if row["transaction type"] == "Payment":
            paid_on = american(row["date"])
        elif paid_on and row["open balance"] == "0.00":
            days_late[due[row["transaction number"]].year].append((paid_on - due[row["transaction number"]]).days)
    average = {year: sum(days) / len(days) for year, days in days_late.items()}
    assert average[2023] < average[2024] < average[2025] < average[2026]
    assert average[2024] < 10
    assert average[2026] > 40


def test_others_pay_early_by_habit_or_for_a_discount() -> None:
    early = [
        (american(payment["date"]) - american(office_invoices()[invoice["transaction number"]]["due date"])).days
        for payment, invoice in zip(received(), received()[1:], strict=False)
        if payment["group"] == "Copperline Credit Union"
        and (payment["transaction type"], invoice["transaction type"]) == ("Payment", "Invoice")
    ]
    assert sum(days < 0 for days in early) > len(early) * 0.8
    assert len([row for row in documents("credit_note") if row["client"] == "云杉茶室"]) > 10


def test_there_are_dollars_and_pounds_and_one_client_owes_both() -> None:
    assert {row["Currency"] for row in uk_documents("20261031")} == {"GBP"}
    owes = truth()["2026-10-31"]["balance_by_client"]
    assert owes["USD"].keys() & owes["GBP"].keys() == {"Kestrel & Vane Ltd"}
    assert {row["currency"] for row in plain("fx_rates.csv")} == {"GBP"}
    assert plain("fx_rates.csv")[-1]["date"] == "2026-10-31"


def test_the_workbook_is_the_same_export_as_the_csv() -> None:
    sheet = python_calamine.load_workbook(SAMPLE / f"{FIRM}_A_R Aging Detail.xlsx").get_sheet_by_index(0)
    cells = [[as_cell(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    in_csv = [[as_cell(cell) for cell in row] + [""] * (8 - len(row)) for row in report("A_R Aging Detail")]
    assert cells == in_csv


def as_cell(cell: object) -> str:
    try:
        return f"{money(str(cell).replace('-$', '-')):.2f}"
    except ArithmeticError:
        return str(cell)


def test_two_invoice_lists_overlap_and_only_the_open_balances_changed_downwards() -> None:
    before, after = ({r["num"]: r for r in transactions(f"Invoice List by Date {name}")} for name in LISTS[-2:])
    both = before.keys() & after.keys()
    assert len(both) > 60
    changed = [n for n in both if money(after[n]["open balance"]) < money(before[n]["open balance"])]
    assert 20 < len(changed) < len(both)
    for number in both:
        assert money(after[number]["open balance"]) <= money(before[number]["open balance"])
        assert {**before[number], "open balance": ""} == {**after[number], "open balance": ""}


def test_the_oldest_list_speaks_the_words_of_the_classic_view() -> None:
    assert report("Invoice List by Date 2023")[HEADER_ROW - 1][:3] == ["", "Date", "Transaction Type"]
    assert report("Invoice List by Date 2024")[HEADER_ROW - 1][:2] == ["Date", "Transaction type"]


def test_uk_exports_overlap_with_drafts_and_a_void_that_do_not_count() -> None:
    seen = [{row["InvoiceNumber"] for row in uk_documents(export)} for export in UK_EXPORTS]
    assert all(earlier < later for earlier, later in pairwise(seen))
    statuses = [row["Status"] for row in uk_documents("20261031")]
    assert {status: statuses.count(status) for status in ("Draft", "Awaiting Approval", "Voided")} == {
        "Draft": 2,
        "Awaiting Approval": 1,
        "Voided": 1,
    }
    lines = [row["InvoiceNumber"] for row in plain("SalesInvoices-20261031.csv")]
    assert {lines.count(number) for number in lines if number} == {1, 2, 3}


def test_one_invoice_has_no_due_date_and_one_has_a_cent_left() -> None:
    undated = [(row["name"], row["open balance"]) for row in office_invoices().values() if not row["due date"]]
    assert undated == [("Inés Calderón Studio", "612.80")]
    assert [row["open balance"] for row in open_of("Ferris Wheel Toys") if row["group"].startswith("91")] == ["0.01"]


def test_debts_were_written_off_in_each_year_and_one_was_recovered() -> None:
    years = {row["document_date"][:4] for row in documents("write_off")}
    assert years == {"2024", "2025", "2026"}
    assert [(row["client"], row["amount"]) for row in documents("journal_debit")] == [("Lantern Bay Seafood", "600.00")]
    assert [(r["client"], r["promised_amount"]) for r in contacts("recovery")] == [("Lantern Bay Seafood", "600.00")]
    booked = {row["client"] for row in contacts("write_off_decision") if row["outcome"] == "written off"}
    assert booked == {row["client"] for row in documents("write_off")}


def test_an_old_tiny_debt_a_bankrupt_one_and_one_the_agency_gave_back_wait_for_a_decision() -> None:
    assert [row["open balance"] for row in open_of("Pinnacle Kettlebells")] == ["38.40"]
    assert len(open_of("Zephyr Scooters Inc.")) == 2
    decided = [row["client"] for row in contacts("write_off_decision") if row["outcome"] == "decided"]
    assert decided == ["Zephyr Scooters Inc."]
    assert [row["client"] for row in contacts("note") if row["outcome"] == "insolvent"] == ["Zephyr Scooters Inc."]
    returned = [row["client"] for row in contacts("agency") if row["outcome"] == "uncollectible"]
    assert returned == ["Old Mill Antiques"]
    assert len(open_of("Old Mill Antiques")) == 1


def test_promises_were_kept_and_broken_and_two_still_run() -> None:
    promises = contacts("promise") + contacts("payment_plan")
    assert {"kept", "broken"} <= {row["outcome"] for row in promises}
    running = {row["client"] for row in promises if date.fromisoformat(row["promised_date"]) > AS_OF}
    assert running == {"Otter Creek Veterinary", "Sable & Thorn Interiors"}


def test_every_kind_of_contact_the_ladder_needs_is_in_the_diary() -> None:
    kinds = {row["kind"] for row in plain("contacts.csv")}
    assert kinds >= {
        "reminder",
        "call",
        "statement",
        "demand_letter",
        "stop_work",
        "agency",
        "court",
        "hold",
        "release",
    }
    assert kinds >= {"overrule", "recovery", "write_off_decision", "note"}
    assert max(row["date"] for row in plain("contacts.csv")) <= "2026-10-31"


def test_one_job_is_paid_in_instalments_of_thirty_thirty_and_forty_per_cent() -> None:
    parts = plain("instalments.csv")
    total = next(Decimal(r["amount"]) for r in documents("invoice") if r["document_id"] == parts[0]["document_id"])
    assert [Decimal(part["amount"]) / total for part in parts] == [Decimal("0.3"), Decimal("0.3"), Decimal("0.4")]
    paid = [row["amount"] for row in plain("allocations.csv") if row["debit_id"] == parts[0]["document_id"]]
    assert paid == [parts[0]["amount"]]
    assert parts[1]["due_date"] < "2026-10-31" < parts[2]["due_date"]


def test_names_are_as_awkward_as_names_are() -> None:
    names = {row["client"] for row in plain("clients.csv")}
    assert {
        "O'Shaughnessy Brewing Co.",
        "Peppercorn & Rye",
        "Café Lumière",
        "云杉茶室",
        "Total Joinery Supply",
    } <= names
    children = [row for row in plain("clients.csv") if row["parent_client"]]
    assert {(row["parent_client"], row["name"]) for row in children} == {
        ("Marlowe Hospitality Group", "Foundry Hotel"),
        ("Marlowe Hospitality Group", "Quayside Inn"),
    }


def test_clients_are_firms_and_consumers_of_several_states_and_countries_one_of_them_unknown() -> None:
    rows = plain("clients.csv")
    assert {row["consumer"] for row in rows} == {"yes", "no"}
    assert {row["region"] for row in rows if row["country"] == "US"} >= {"OR", "WA", "CA", "TX", "NY", "CO", "IL"}
    assert {row["region"] for row in rows if row["country"] == "GB"} == {"EAW", "SCT", ""}


def test_nobody_can_be_reached_by_the_addresses_of_the_sample() -> None:
    rows = plain("clients.csv")
    assert all(row["email"].endswith(".example.com") for row in rows)
    assert all("555 01" in row["phone"] or "7946 0" in row["phone"] for row in rows)


def test_agreements_are_on_file_missing_or_unknown() -> None:
    signed = {row["client"]: row["on_file"] for row in plain("agreements.csv") if row["kind"] == "signed_terms"}
    assert set(signed.values()) == {"yes", "no"}
    assert len(signed) < 60
