"""The worklist as a workbook: every debt to decide on, one sheet a list, ready to sort and to tick off."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from agingreport.reports.debts import route_words
from agingreport.reports.page import Page
from agingreport.reports.workbook import Column, Sheet, workbook

SHEETS = (
    ("Chase", "chase"),
    ("Agency or court", "agency or court"),
    ("Write off", "write off"),
    ("Left alone", "none"),
)
COLUMNS = (
    Column("Client", "client", 28),
    Column("Invoice", "number", 14),
    Column("Due", "due_date", 12),
    Column("Days late", "days_past_due", 10),
    Column("Currency", "currency", 9),
    Column("Open", "open_amount", 13),
    Column("Credit to use", "credit_to_apply_amount", 13),
    Column("Debt", "debt_amount", 13),
    Column("Do", "route", 16),
    Column("Why", "reason", 70),
    Column("Expected", "expected_net_amount", 13),
    Column("Otherwise", "runner_up", 16),
    Column("Expected then", "runner_up_net_amount", 13),
    Column("Phone", "phone", 18),
    Column("E-mail", "email", 28),
    Column("Done on", "done_on", 12),
)

Row = Mapping[str, Any]


def worklist_xlsx(page: Page) -> bytes:
    """Give the workbook's bytes: every debt of `decisions`, those left alone too, the largest first."""
    rows = sorted(page.books.show("decisions").dicts(), key=_order)
    sheets = [
        Sheet(title, COLUMNS, [_in_words(page, row) for row in rows if row["list"] == kind]) for title, kind in SHEETS
    ]
    return workbook(f"Worklist as of {page.day.isoformat()}", sheets)


def _order(row: Row) -> tuple[str, Decimal, str]:
    return (row["currency"], -row["debt_amount"], row["document_id"])


def _in_words(page: Page, row: Row) -> Row:
    client = page.client(row["client"])
    return {
        **row,
        "client": client.name,
        "number": row["number"] or row["document_id"],
        "route": route_words(row["route"]),
        "runner_up": route_words(row["runner_up"]) if row["runner_up"] else None,
        "phone": client.phone,
        "email": client.email,
        "done_on": None,  # for the person who does it
    }
