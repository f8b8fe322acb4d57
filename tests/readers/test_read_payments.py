"""Random payments, written in each format that lists them, come back with the invoice they settle, or are refused."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from layouts import CLIENTS, Lines
from loaded import Loaded, load_text
from test_read_accounting import as_text, blank_lines, check_accounts, other_case, shuffled_columns

Payment = tuple[str, date, Decimal, str]  # client, date, amount, number of the invoice


@st.composite
def payments(draw: st.DrawFn) -> list[Payment]:
    random = Random(draw(st.integers(min_value=0, max_value=2**32)))
    return [
        (
            random.choice(CLIENTS),
            date(2025, 3, 28) + timedelta(days=31 * number),
            Decimal(random.randint(1, 10**9)) / 100,
            f"I-{random.randrange(5)}",
        )
        for number in range(random.randint(1, 8))
    ]


def zoho(paid: list[Payment]) -> Lines:
    header = ["Payment Number", "Customer Name", "Date", "Amount", "Invoice Number", "Amount Applied to Invoice"]
    rows = [
        [str(place), client, day.isoformat(), f"{amount}", number, f"{amount}", "EUR"]
        for place, (client, day, amount, number) in enumerate(paid)
    ]
    return [[*header, "Currency Code"], *rows]


def harvest(paid: list[Payment]) -> Lines:
    header = ["Payment Date", "Invoice ID", "Client", "Payment Amount", "Currency"]
    return [header, *([day.isoformat(), number, client, f"{amount}", "EUR"] for client, day, amount, number in paid)]


def invoice_ninja(paid: list[Payment]) -> Lines:
    header = ["Client", "Invoice Number", "Amount", "Date"]
    rows = [[client, number, f"${amount:,} ", f"{day:%m/%d/%Y}"] for client, day, amount, number in paid]
    return [["Payments"], header, *rows]


def stripe(paid: list[Payment]) -> Lines:
    header = ["id", "Created date (UTC)", "Amount", "Amount Refunded", "Currency", "Status", "Customer ID"]
    rows = [
        [f"ch_{place}", f"{day} 10:00:00", f"{amount}", "0.00", "eur", "Paid", client, number]
        for place, (client, day, amount, number) in enumerate(paid)
    ]
    return [[*header, "Invoice Number"], *rows]


FORMATS = {"zoho": zoho, "harvest": harvest, "invoice-ninja": invoice_ninja, "stripe": stripe}


def settled(loaded: Loaded) -> list[tuple[object, ...]]:
    """Client, date, amount and invoice of each payment, as staged."""
    found = loaded.connection.sql("""
        select document.client, document.document_date, document.amount, upper(split_part(allocation.debit_id, ':', 3))
        from staged_documents as document
        inner join staged_allocations as allocation
            on allocation.credit_id = document.document_id and allocation.amount = document.amount
        where document.kind = 'payment'
    """)
    return sorted(found.fetchall())


@pytest.mark.parametrize("lay_out", FORMATS.values(), ids=FORMATS)
@settings(max_examples=2, deadline=None)
@given(paid=payments(), seed=st.integers(min_value=0))
def test_payments_come_back_through_harmless_changes(
    lay_out: Callable[[list[Payment]], Lines], paid: list[Payment], seed: int
) -> None:
    random, lines = Random(seed), lay_out(paid)
    for change in random.sample((shuffled_columns, other_case, blank_lines), 2):
        lines = change(lines, random)
    loaded = load_text(as_text(lines))
    assert settled(loaded) == sorted(paid)
    check_accounts(loaded, lines)
