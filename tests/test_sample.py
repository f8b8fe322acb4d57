"""The sample business: its files are made again byte for byte, and agree with each other to the cent."""

import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from agingreport import Ledger, ReadOptions, open_ledger
from sample_reading import (
    AS_OF,
    NOTHING,
    POSTED,
    ROOT,
    SAMPLE,
    UK_EXPORTS,
    aging,
    american,
    dollar_balances,
    money,
    moves,
    office_invoices,
    plain,
    pound_balances,
    received,
    report,
    truth,
    uk_documents,
)

# --- made again -------------------------------------------------------------------------------------------------------

WRITTEN_BY_HAND = {"README.md", "policy.toml"}


def make(folder: Path, *, hash_seed: str) -> dict[str, bytes]:
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "TZ": "Asia/Tokyo"}
    script = ROOT / "scripts" / "make_sample.py"
    subprocess.run([sys.executable, str(script), str(folder)], check=True, capture_output=True, env=environment)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_script_makes_the_same_files_again_byte_for_byte(tmp_path: Path) -> None:
    made = make(tmp_path / "one", hash_seed="1")
    assert made == make(tmp_path / "two", hash_seed="2")
    kept = {path.name: path.read_bytes() for path in SAMPLE.iterdir() if path.name not in WRITTEN_BY_HAND}
    assert made.keys() == kept.keys()
    # A workbook is a compressed archive: its bytes depend on the version of the compressor, its cells do not.
    assert [name for name in made if made[name] != kept[name] and not name.endswith(".xlsx")] == []


def test_the_sample_is_small_and_says_what_it_is() -> None:
    assert sum(path.stat().st_size for path in SAMPLE.iterdir()) < 1_000_000
    words = (SAMPLE / "README.md").read_text(encoding="utf-8")
    assert "invented" in words
    assert [path.name for path in SAMPLE.iterdir() if path.name != "README.md" and path.name not in words] == []


# --- in agreement -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", truth())
def test_the_files_give_the_balance_of_every_client_on_the_days_of_expected_json(day: str) -> None:
    as_of, told = date.fromisoformat(day), truth()[day]
    assert dollar_balances(as_of) == dict(sorted(told["balance_by_client"]["USD"].items()))
    if "GBP" in told["balance_by_client"]:
        assert pound_balances(f"{as_of:%Y%m%d}") == dict(sorted(told["balance_by_client"]["GBP"].items()))


@pytest.mark.parametrize("day", truth())
def test_open_less_unapplied_is_the_balance_and_the_clients_add_up_to_it(day: str) -> None:
    told = truth()[day]
    for currency, balance in told["balance"].items():
        open_less_unapplied = Decimal(told["open"][currency]) - Decimal(told["unapplied"][currency])
        assert Decimal(balance) == open_less_unapplied
        assert Decimal(balance) == sum(map(Decimal, told["balance_by_client"][currency].values()))


def test_every_control_balance_follows_from_the_files() -> None:
    controls = plain("control_balances.csv")
    assert [row["currency"] for row in controls].count("USD") == 36
    for row in controls:
        as_of = date.fromisoformat(row["date"])
        balances = dollar_balances(as_of) if row["currency"] == "USD" else pound_balances(f"{as_of:%Y%m%d}")
        assert Decimal(row["balance"]) == sum(map(Decimal, balances.values())), row


def test_the_aging_report_adds_up_to_the_open_balances_of_the_received_payments_report() -> None:
    debits = sum(money(r["open balance"]) for r in received() if r["transaction type"] == "Invoice")
    unapplied = sum(money(r["open balance"]) for r in received() if r["transaction type"] == "Payment")
    credit_memos = sum(money(r["open balance"]) for r in aging() if r["transaction type"] == "Credit Memo")
    aged = sum(money(row["open balance"]) for row in aging())
    assert aged == debits - unapplied + credit_memos
    grand_total = next(row for row in report("A_R Aging Detail") if row[:1] == ["TOTAL"])
    assert aged == money(grand_total[-1])


def test_the_aging_report_is_the_office_s_part_of_every_client_s_balance() -> None:
    aged: dict[str, Decimal] = defaultdict(lambda: NOTHING)
    for row in aging():
        aged[row["customer full name"]] += money(row["open balance"])
    workshop = {row["client"] for row in plain("documents.csv") if row["document_id"].startswith("W-")}
    balances = {c: a for c, a in truth()["2026-10-31"]["balance_by_client"]["USD"].items() if c not in workshop}
    assert {client: f"{amount:.2f}" for client, amount in aged.items()} == balances


def test_each_aging_row_stands_in_the_bucket_of_its_due_date() -> None:
    lowest = {"CURRENT": -9999, "1 - 30": 1, "31 - 60": 31, "61 - 90": 61, "91 or more": 91}
    for row in aging():
        days = (AS_OF - american(row["due date"] or row["date"])).days
        bucket = max((low, name) for name, low in lowest.items() if days >= low)[1]
        assert row["group"].removesuffix(" days past due") == bucket


def test_lists_and_received_payments_name_the_same_invoices() -> None:
    listed = {number: (row["name"], row["amount"], row["date"]) for number, row in office_invoices().items()}
    told = {
        row["transaction number"]: (row["group"], row["amount"], row["date"])
        for row in received()
        if row["transaction type"] == "Invoice"
    }
    assert listed == told


def test_the_lines_of_a_uk_invoice_add_up_to_its_total() -> None:
    for export in UK_EXPORTS:
        lines: dict[str, Decimal] = defaultdict(lambda: NOTHING)
        for row in plain(f"SalesInvoices-{export}.csv"):
            if row["InvoiceNumber"]:
                lines[row["InvoiceNumber"]] += Decimal(row["LineAmount"]) + Decimal(row["TaxAmount"])
        documents = uk_documents(export)
        assert lines == {r["InvoiceNumber"]: Decimal(r["Total"]) for r in documents if r["InvoiceNumber"]}
        for row in documents:
            if row["Status"] in POSTED and row["InvoiceNumber"]:
                paid_and_due = Decimal(row["InvoiceAmountPaid"]) + Decimal(row["InvoiceAmountDue"])
                assert paid_and_due == Decimal(row["Total"])


def test_no_credit_of_the_plain_files_settles_more_than_it_is() -> None:
    amounts = {row["document_id"]: Decimal(row["amount"]) for row in plain("documents.csv")}
    used: dict[str, Decimal] = defaultdict(lambda: NOTHING)
    for row in plain("allocations.csv"):
        used[row["credit_id"]] += Decimal(row["amount"])
        if row["debit_id"] in amounts:
            used[row["debit_id"]] += Decimal(row["amount"])
    assert all(amount <= amounts[document_id] for document_id, amount in used.items())


def test_clients_csv_knows_every_client_of_every_file_by_the_same_name() -> None:
    known = [row["client"] for row in plain("clients.csv")]
    named = {client for _, client, _, _ in moves()} | {row["ContactName"] for row in uk_documents("20261031")}
    assert sorted(named) == sorted(known)
    assert len(known) == 60
    assert {row["client"] for row in plain("contacts.csv")} <= set(known)
    assert {row["client"] for row in plain("agreements.csv")} <= set(known)


# --- in the ledger ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    files = sorted(path for path in SAMPLE.iterdir() if path.suffix in (".csv", ".xlsx"))
    with open_ledger(tmp_path_factory.mktemp("sample") / "ledger.duckdb", writable=True) as opened:
        loaded = opened.load(files, loaded_at=datetime.fromisoformat("2026-11-02"), options=ReadOptions(currency="USD"))
        assert sum(file.rows_refused for file in loaded) == 0
        yield opened


@pytest.mark.parametrize("day", truth())
def test_the_loaded_exports_give_the_truth_to_the_cent_though_no_payment_names_its_invoice(
    ledger: Ledger, day: str
) -> None:
    told = truth()[day]
    rows = ledger.as_of(date.fromisoformat(day)).show("balances").dicts()
    for currency, balances in told["balance_by_client"].items():
        ours = [row for row in rows if row["currency"] == currency]
        assert {row["client"]: f"{row['balance']:.2f}" for row in ours if row["balance"]} == balances
        for column in ("open", "unapplied", "overdue"):
            assert f"{sum(row[f'{column}_amount'] for row in ours):.2f}" == told[column][currency]


@pytest.mark.parametrize("day", [date(2026, 9, 30), AS_OF])
def test_the_last_two_reports_have_debts_to_chase_to_hand_over_to_take_to_court_and_to_write_off(
    ledger: Ledger, day: date
) -> None:
    routes = {row["route"] for row in ledger.as_of(day).show("decisions").dicts()}
    assert routes >= {"remind", "call", "wait", "write_off"}
    assert routes & {"agency"}
    assert routes & {"small_claims", "lawsuit"}


# --- a picture that could be true -------------------------------------------------------------------------------------


def test_it_is_about_fifteen_hundred_invoices_over_thirty_six_months() -> None:
    workshop = [row for row in plain("documents.csv") if row["kind"] == "invoice"]
    uk = [row for row in uk_documents("20261031") if row["Type"] == "Sales invoice"]
    assert 1400 < len(office_invoices()) + len(workshop) + len(uk) < 1600
    days = [american(row["date"]) for row in office_invoices().values()]
    assert min(days) == date(2023, 11, 1)
    assert date(2026, 10, 25) < max(days) <= AS_OF


def test_shares_of_the_last_month_are_those_of_a_firm_that_has_to_act() -> None:
    debts = [row for row in aging() if row["transaction type"] == "Invoice"]
    open_amount = sum(money(row["open balance"]) for row in debts)
    overdue = sum(money(row["open balance"]) for row in debts if row["group"] != "CURRENT")
    oldest = sum(money(row["open balance"]) for row in debts if row["group"].startswith("91"))
    billed = sum(
        money(row["amount"]) for row in office_invoices().values() if 0 <= (AS_OF - american(row["date"])).days < 90
    )
    assert 0.25 < overdue / open_amount < 0.38
    assert 0.08 < oldest / open_amount < 0.12
    assert 40 < open_amount / billed * 90 < 56
