"""The bad-debt summary as a workbook for the accountant: one row a debt, every column of `bad_debts`."""

from collections.abc import Mapping
from typing import Any

from agingreport.reports.page import Page
from agingreport.reports.workbook import Column, Sheet, workbook

WHO = (
    Column("Client", "client", 28),
    Column("Invoice", "number", 14),
    Column("Issued", "document_date", 12),
    Column("Due", "due_date", 12),
    Column("Currency", "currency", 9),
    Column("Billed", "amount", 13),
)
WHY = (
    Column("Why", "deduction_reason", 60),
    Column("Rule read in", "rule_source", 44),
)
WRITTEN_OFF = (
    *WHO,
    Column("Written off on", "written_off_on", 12),
    Column("Written off", "written_off_amount", 13),
    Column("Tax in it", "written_off_tax_amount", 13),
    Column("Net", "written_off_net_amount", 13),
    Column("Deductible", "deductible_amount", 13),
    *WHY,
)
PROPOSED = (
    *WHO,
    Column("Proposed", "proposed_amount", 13),
    Column("Deductible then", "proposed_deductible_amount", 13),
    *WHY,
)
RECOVERED = (
    *WHO,
    Column("Came back", "recovered_amount", 13),
    Column("Written off earlier", "earlier_written_off_amount", 13),
    Column("Written off this year", "written_off_amount", 13),
)
EVIDENCE = (
    *WHO,
    Column("Signed terms", "has_signed_terms", 12),
    Column("Contract", "has_contract", 12),
    Column("Invoice on file", "has_invoice", 12),
    Column("Delivery receipt", "has_delivery_receipt", 12),
    Column("Reminders and calls", "reminder_count", 12),
    Column("Formal letters", "letter_count", 12),
    Column("First asked", "first_asked_on", 12),
    Column("Last asked", "last_asked_on", 12),
    Column("Handed over", "handed_over_on", 12),
    Column("Last paid", "last_paid_on", 12),
    Column("Court of", "jurisdiction", 16),
)
SHEETS = (
    ("Written off", WRITTEN_OFF, "written_off_amount"),
    ("Proposed", PROPOSED, "proposed_amount"),
    ("Came back", RECOVERED, "recovered_amount"),
    ("Evidence", EVIDENCE, "document_id"),
)
MAY_BE_UNKNOWN = {
    "written_off_tax_amount",
    "written_off_net_amount",
    "deductible_amount",
    "proposed_deductible_amount",
    "has_signed_terms",
    "has_contract",
    "has_invoice",
    "has_delivery_receipt",
    "jurisdiction",
}


def bad_debt_xlsx(page: Page) -> bytes:
    """The workbook's bytes; what is not known says so in its cell."""
    rows = [in_words(page, row) for row in page.books.show("bad_debts")]
    return workbook(
        f"Bad debts of {page.day.year}",
        [Sheet(title, columns, [row for row in rows if row[needed]]) for title, columns, needed in SHEETS],
    )


def in_words(page: Page, row: Mapping[str, Any]) -> dict[str, Any]:
    """The row with the client's name, a number for each invoice, and `unknown` where something is."""
    named = {**row, "client": page.client(row["client"]).name, "number": row["number"] or row["document_id"]}
    return {name: "unknown" if value is None and name in MAY_BE_UNKNOWN else value for name, value in named.items()}
