"""The bad-debt summary of a tax year: what may be deducted, what is unknown, and the evidence."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from agingreport.reports.make import bad_debt_report
from drawn import ledger_file, load, policy_file, write_drawn

DOCUMENTS = """
    document_id  kind       client      number  document_date  due_date    amount    currency  tax_amount
    I1           invoice    Gone & Co.  1001    2024-06-01     2024-07-01  1,190.00  USD       190.00
    W1           write_off  Gone & Co.  -       2025-12-20     -           1,190.00  USD       -
    I2           invoice    =cmd|x      1002    2024-03-01     2024-04-01  40.00     USD       0.00
"""
ALLOCATIONS = """
    debit_id  credit_id  amount
    I1        W1         1,190.00
"""
AGREEMENTS = """
    client      document_id  kind          on_file
    Gone & Co.  I1           signed_terms  yes
    Gone & Co.  I1           contract      no
"""
CONTACTS = """
    client      document_id  date        kind           channel
    Gone & Co.  I1           2024-07-02  call           phone
    Gone & Co.  I1           2024-09-01  demand_letter  letter
"""
MADE_AT = datetime(2026, 1, 15, 9, tzinfo=UTC)
ACCRUAL = '[conventions]\naccounting_basis = "accrual"\n[firm]\ncountry = "US"\n'
CASH = '[conventions]\naccounting_basis = "cash"\n[firm]\ncountry = "US"\n'


def summary(folder: Path, policy: str) -> Path:
    """The page of 2025 for the drawn books."""
    with ledger_file(folder / "ledger.duckdb") as ledger:
        drawn = write_drawn(
            folder, documents=DOCUMENTS, allocations=ALLOCATIONS, agreements=AGREEMENTS, contacts=CONTACTS
        )
        load(ledger, drawn)
    return bad_debt_report(
        folder / "ledger.duckdb",
        as_of=date(2025, 12, 31),
        policy_path=policy_file(folder, policy),
        output=folder / "out",
        made_at=MADE_AT,
    )


def cells_of(folder: Path, sheet: str) -> list[dict[str, object]]:
    """The rows of one sheet of the workbook, by their headers."""
    rows = list(load_workbook(folder / "out" / "bad_debt.xlsx")[sheet].values)
    return [dict(zip(map(str, rows[0]), row, strict=True)) for row in rows[1:]]


@pytest.mark.parametrize(
    ("policy", "deductible", "reason"),
    [
        (ACCRUAL, 1000, "Deductible when charged off"),
        (CASH, 0, "On the cash basis an invoice never reported as income gives no deduction."),
        ("", "unknown", "say in the policy whether the firm accounts on the cash or the accrual basis"),
    ],
)
def test_the_basis_decides_what_a_write_off_lets_the_firm_deduct(
    tmp_path: Path, policy: str, deductible: object, reason: str
) -> None:
    page = summary(tmp_path, policy).read_text(encoding="utf-8")
    [row] = cells_of(tmp_path, "Written off")
    assert (row["Written off"], row["Tax in it"], row["Deductible"]) == (1190, 190, deductible)
    assert reason in str(row["Why"])
    assert reason in page
    assert "Gone &amp; Co." in page


def test_the_evidence_says_what_is_on_file_what_is_not_and_what_is_unknown(tmp_path: Path) -> None:
    page = summary(tmp_path, ACCRUAL).read_text(encoding="utf-8")
    assert "signed terms; not contract; unknown: invoice and delivery receipt" in page
    assert "2 times, Jul 2, 2024 to Sep 1, 2024, 1 formal letter among them" in page
    [row, *_] = [row for row in cells_of(tmp_path, "Evidence") if row["Invoice"] == "1001"]
    assert (row["Signed terms"], row["Contract"], row["Delivery receipt"]) == (True, False, "unknown")


def test_a_year_in_which_nothing_was_lost_says_so(tmp_path: Path) -> None:
    with ledger_file(tmp_path / "ledger.duckdb"):
        pass
    page = bad_debt_report(
        tmp_path / "ledger.duckdb", as_of=date(2025, 12, 31), policy_path=None, output=tmp_path / "out", made_at=MADE_AT
    )
    assert "Nothing was written off in this year" in page.read_text(encoding="utf-8")


def test_a_hostile_name_is_text_in_the_workbook(tmp_path: Path) -> None:
    summary(tmp_path, ACCRUAL)
    book = load_workbook(tmp_path / "out" / "bad_debt.xlsx")
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
