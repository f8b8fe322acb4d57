"""Invented books of any size in the plain format, the same for the same size and seed.

A client in fifty invoices, sized by Zipf's law; terms of 15, 30 or 60 days; seven in ten paid late, each client in its
own way and drifting over three years; one in ten paid in parts, 3 % with a credit note, 2 % never paid, 1 % overpaid.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas
from numpy.typing import NDArray

FIRST_DAY = np.datetime64(date(2023, 7, 1))
DAYS = 1096
TERMS = np.array([15, 30, 60])
INVOICES = """
copy (
    select
        'INV-' || lpad(cast(invoice as varchar), 8, '0') as document_id,
        'invoice' as kind,
        'C' || lpad(cast(client as varchar), 7, '0') as client,
        'INV-' || lpad(cast(invoice as varchar), 8, '0') as number,
        cast(document_date as date) as document_date,
        cast(due_date as date) as due_date,
        cast(cents * 0.01 as decimal(18, 2)) as amount,
        'USD' as currency
    from billed
    union all
    select
        'PAY-' || lpad(cast(credit as varchar), 8, '0'), kind, 'C' || lpad(cast(client as varchar), 7, '0'), null,
        cast(settled_on as date), null, cast(cents * 0.01 as decimal(18, 2)), 'USD'
    from settled
) to $file (header)
"""
ALLOCATIONS = """
copy (
    select
        'INV-' || lpad(cast(invoice as varchar), 8, '0') as debit_id,
        'PAY-' || lpad(cast(credit as varchar), 8, '0') as credit_id,
        cast(cents * 0.01 as decimal(18, 2)) as amount,
        cast(settled_on as date) as allocated_on
    from settled
) to $file (header)
"""

Numbers = NDArray[Any]


@dataclass(frozen=True)
class Clients:
    """How each client pays; one element a client, the biggest first."""

    shown_as: Numbers
    terms_days: Numbers
    late_share: Numbers
    late_log_days: Numbers
    spread: Numbers
    drift: Numbers
    log_amount: Numbers


@dataclass(frozen=True)
class Bills:
    """One element an invoice, in order of date; days are counted from the first."""

    client: Numbers
    day: Numbers
    due_day: Numbers
    cents: Numbers


def write_books(folder: Path, *, invoices: int, seed: int = 11) -> None:
    """Write documents.csv and allocations.csv of books with so many invoices."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = np.random.Generator(np.random.PCG64(seed))
    clients = draw_clients(max(3, invoices // 50), chance)
    bills = draw_bills(invoices, clients, chance)
    with duckdb.connect() as connection:
        connection.register("billed", billed_frame(bills, clients))
        connection.register("settled", settled_frame(bills, clients, chance))
        connection.execute(INVOICES, {"file": str(folder / "documents.csv")})
        connection.execute(ALLOCATIONS, {"file": str(folder / "allocations.csv")})


def draw_clients(count: int, chance: np.random.Generator) -> Clients:
    """So many clients, each with habits of its own."""
    return Clients(
        shown_as=chance.permutation(count) + 1,
        terms_days=chance.choice(TERMS, count, p=[0.25, 0.5, 0.25]),
        late_share=chance.beta(14, 6, count),
        late_log_days=chance.normal(np.log(11), 0.55, count),
        spread=chance.uniform(0.45, 0.95, count),
        drift=chance.normal(0, 0.25, count),
        log_amount=chance.normal(np.log(800), 0.8, count),
    )


def draw_bills(count: int, clients: Clients, chance: np.random.Generator) -> Bills:
    """So many invoices in order of date."""
    shares = np.cumsum(1 / np.arange(1, clients.shown_as.size + 1))
    client = np.searchsorted(shares / shares[-1], chance.random(count))
    day = np.sort(chance.integers(0, DAYS, count))
    terms_days = np.where(chance.random(count) < 0.1, chance.choice(TERMS, count), clients.terms_days[client])
    cents = np.rint(np.exp(clients.log_amount[client] + chance.normal(0, 0.9, count)) * 100)
    return Bills(client, day, day + terms_days, np.maximum(100, cents).astype(np.int64))


def draw_paid_days(bills: Bills, clients: Clients, chance: np.random.Generator) -> Numbers:
    """The day each invoice would be paid on: late as its client is, else somewhat before the due date."""
    count = bills.day.size
    of = bills.client
    drift = clients.drift[of] * (bills.day / DAYS - 0.5)
    late = np.ceil(np.exp(clients.late_log_days[of] + drift + clients.spread[of] * chance.normal(0, 1, count)))
    early = np.floor(chance.beta(1.1, 3.0, count) * (bills.due_day - bills.day + 1))
    is_late = chance.random(count) < clients.late_share[of]
    paid = bills.due_day + np.where(is_late, np.minimum(late, 700), -early)
    on_day: Numbers = np.maximum(paid, bills.day).astype(np.int64)
    return on_day


def draw_settlements(bills: Bills, clients: Clients, chance: np.random.Generator) -> tuple[Numbers, ...]:
    """Invoice, day, cents and whether it is a credit note, of each settlement; those after the last day too."""
    count = bills.day.size
    paid = draw_paid_days(bills, clients, chance)
    fate = chance.random(count)
    is_paid, is_over, is_parted = fate >= 0.02, (fate >= 0.02) & (fate < 0.03), (fate >= 0.03) & (fate < 0.13)
    noted = np.where(chance.random(count) < 0.25, 1.0, chance.uniform(0.05, 0.6, count))
    note = np.where(chance.random(count) < 0.03, np.maximum(1, np.rint(bills.cents * noted)), 0).astype(np.int64)
    owed = bills.cents - note
    first = np.where(is_parted, (owed * chance.uniform(0.2, 0.6, count)).astype(np.int64), owed)
    second = np.where(is_over & (chance.random(count) < 0.3), owed, owed - first)
    too_much = np.where(is_over & (second == 0), (owed * chance.uniform(0.005, 0.25, count)).astype(np.int64), 0)
    later = paid + 1 + np.floor(chance.exponential(25, count)).astype(np.int64)
    noted_on = bills.day + chance.integers(0, 45, count)
    every = np.arange(count)
    return (
        np.concatenate([every, every, every]),
        np.concatenate([paid, later, noted_on]),
        np.concatenate([np.where(is_paid, first + too_much, 0), np.where(is_paid, second, 0), note]),
        np.repeat([False, False, True], count),
    )


def billed_frame(bills: Bills, clients: Clients) -> pandas.DataFrame:
    """The invoices as a table."""
    return pandas.DataFrame(
        {
            "invoice": np.arange(1, bills.day.size + 1),
            "client": clients.shown_as[bills.client],
            "document_date": (FIRST_DAY + bills.day).astype("datetime64[s]"),
            "due_date": (FIRST_DAY + bills.due_day).astype("datetime64[s]"),
            "cents": bills.cents,
        }
    )


def settled_frame(bills: Bills, clients: Clients, chance: np.random.Generator) -> pandas.DataFrame:
    """What has happened by the last day, in order of date."""
    invoice, day, cents, is_note = draw_settlements(bills, clients, chance)
    happened = np.flatnonzero((cents > 0) & (day < DAYS))
    order = happened[np.lexsort((is_note[happened], invoice[happened], day[happened]))]
    return pandas.DataFrame(
        {
            "credit": np.arange(1, order.size + 1),
            "invoice": invoice[order] + 1,
            "client": clients.shown_as[bills.client[invoice[order]]],
            "settled_on": (FIRST_DAY + day[order]).astype("datetime64[s]"),
            "kind": np.where(is_note[order], "credit_note", "payment"),
            "cents": cents[order],
        }
    )
