"""Random books in the plain format: every kind and status, parts, gaps, over-allocations, things that are not there."""

import atexit
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import strategies as st

from agingreport.engines import DuckDB
from agingreport.kept import keep_models
from agingreport.ledger import Ledger, open_ledger
from agingreport.policy.reading import load_policy
from agingreport.policy.sections import Policy
from agingreport.table import Table
from drawn import DOLLARS, IN_MEMORY, LOADED_AT, write_csv

FIRST_DAY = date(2024, 1, 1)
LAST_DAY = date(2024, 7, 31)
DEBITS = ("invoice", "invoice", "invoice", "journal_debit", "refund")
CREDITS = ("payment", "payment", "credit_note", "journal_credit", "write_off")
METRICS = (
    "open_items",
    "unapplied",
    "balances",
    "aging",
    "aging_trend",
    "rollforward",
    "dso",
    "collection",
    "invoice_lateness",
    "lateness",
    "tie_out",
)
COLUMNS = {
    "documents": (
        "document_id",
        "kind",
        "client",
        "document_date",
        "due_date",
        "amount",
        "currency",
        "status",
        "terms",
    ),
    "allocations": ("debit_id", "credit_id", "amount", "allocated_on"),
    "instalments": ("document_id", "due_date", "amount"),
    "contacts": ("client", "document_id", "date", "kind", "promised_date", "promised_amount"),
}

# Books in euros cannot be told in dollars without a rate, and say so.
EURO_RATES = """
insert into ledger.fx_rates (rate_date, currency, rate, source_id, loaded_by)
select unnest(generate_series(date '2023-01-01', date '2024-12-31', interval 7 day))::date, 'EUR', 1.1, 1, 1
"""
AS_KEPT = {"date": "contact_date"}

Row = dict[str, Any]

days = st.integers(0, (LAST_DAY - FIRST_DAY).days).map(lambda count: FIRST_DAY + timedelta(days=count))
# Few and round amounts, so that things match; a few odd ones, so that not everything does.
amounts = st.sampled_from(["10", "20", "30", "50", "100", "0.01", "33.33", "0.0001"]).map(Decimal)
clients = st.sampled_from(["Acme", "Bolt & Sons", 'O"Hara, Ltd'])
currencies = st.sampled_from(["USD", "USD", "EUR"])
statuses = st.sampled_from(["posted", "posted", "posted", "posted", "", "draft", "void"])


@dataclass(frozen=True)
class RandomBooks:
    """The rows of each plain file."""

    documents: tuple[Row, ...]
    allocations: tuple[Row, ...] = ()
    instalments: tuple[Row, ...] = ()
    contacts: tuple[Row, ...] = ()

    def until(self, day: date) -> "RandomBooks":
        """The same without what is dated later; a match of a later day may be of documents that were there before."""
        return replace(
            self,
            documents=tuple(row for row in self.documents if row["document_date"] <= day),
            contacts=tuple(row for row in self.contacts if row["date"] <= day),
        )


@st.composite
def documents(draw: st.DrawFn, number: int, kinds: Sequence[str]) -> Row:
    """One document; its number is in its id, so that no two are the same."""
    day = draw(days)
    due = draw(st.none() | st.integers(-10, 100))
    kind = draw(st.sampled_from(kinds))
    return {
        "document_id": f"{kind[0].upper()}{number}",
        "kind": kind,
        "client": draw(clients),
        "document_date": day,
        "due_date": None if due is None else day + timedelta(days=due),
        "amount": draw(amounts),
        "currency": draw(currencies),
        "status": draw(statuses),
        "terms": draw(st.sampled_from(["", "", "Net 30", "on receipt"])),
    }


@st.composite
def random_books(draw: st.DrawFn) -> RandomBooks:
    """Books of up to nine debits and seven credits, matched at random; one id in the pool is of no document."""
    debits = [draw(documents(number, DEBITS)) for number in range(draw(st.integers(0, 9)))]
    credits_ = [draw(documents(number, CREDITS)) for number in range(100, 100 + draw(st.integers(0, 7)))]
    debit_ids = st.sampled_from(["nowhere", *(row["document_id"] for row in debits)])
    credit_ids = st.sampled_from(["nothing", *(row["document_id"] for row in credits_)])
    allocations = draw(
        st.lists(
            st.fixed_dictionaries(
                {
                    "debit_id": debit_ids,
                    "credit_id": credit_ids,
                    "amount": amounts,
                    "allocated_on": st.none() | days,
                }
            ),
            max_size=12,
            unique_by=lambda row: (row["debit_id"], row["credit_id"], row["allocated_on"]),
        )
    )
    instalments = draw(
        st.lists(
            st.fixed_dictionaries({"document_id": debit_ids, "due_date": days, "amount": amounts}),
            max_size=4,
            unique_by=lambda row: (row["document_id"], row["due_date"]),
        )
    )
    contacts = draw(
        st.lists(
            st.fixed_dictionaries(
                {
                    "client": clients,
                    "document_id": st.none() | debit_ids,
                    "date": days,
                    "kind": st.sampled_from(["dispute", "dispute_resolved", "promise", "payment_plan", "reminder"]),
                    "promised_date": days,
                    "promised_amount": st.none() | amounts,
                }
            ),
            max_size=3,
            unique_by=lambda row: (row["client"], row["document_id"], row["date"], row["kind"]),
        )
    )
    return RandomBooks(tuple(debits + credits_), tuple(allocations), tuple(instalments), tuple(contacts))


def policy_of(**conventions: str | int) -> Policy:
    """The shipped policy with a short trend, and with these conventions."""
    shipped = load_policy(None)
    own = shipped.conventions.model_copy(update={"trend_months": 4, **conventions})
    return shipped.model_copy(update={"conventions": own})


def write_books(folder: Path, books: RandomBooks) -> list[Path]:
    """The plain files of the books; a table without rows gives none."""
    paths = []
    for name, columns in COLUMNS.items():
        if rows := getattr(books, name):
            lines = [[row[column] for column in columns] for row in rows]
            paths.append(write_csv(folder / f"{name}.csv", [columns, *lines]))
    return paths


def loaded(*pieces: RandomBooks) -> Ledger:
    """A ledger in memory that has loaded the pieces, as plain files, one after the other."""
    ledger = open_ledger(IN_MEMORY, writable=True)
    for piece in pieces:
        with TemporaryDirectory() as folder:
            if paths := write_books(Path(folder), piece):
                ledger.load(paths, loaded_at=LOADED_AT, options=DOLLARS)
    return ledger


@cache
def emptied_ledger() -> Ledger:
    """One ledger for all the examples that only ask: a new one takes as long as all the questions."""
    atexit.register(emptied_ledger.cache_clear)
    ledger = open_ledger(IN_MEMORY, writable=True)
    ledger.connection.execute(EURO_RATES)
    return ledger


def kept(books: RandomBooks) -> Ledger:
    """That ledger with these books in it and nothing else, put straight into its tables."""
    ledger = emptied_ledger()
    engine = DuckDB(ledger.connection)
    for name, columns in COLUMNS.items():
        ledger.connection.execute(f"delete from ledger.{name}")
        if rows := getattr(books, name):
            named = [(AS_KEPT.get(column, column), "VARCHAR") for column in columns]
            engine.put("drawn", named, [[row[column] or None for column in columns] for row in rows])
            origin = ", 'export' as origin" if name in ("documents", "allocations") else ""
            ledger.connection.execute(
                f"insert into ledger.{name} by name select *{origin}, 1 as source_id, 1 as loaded_by from drawn"
            )
    ledger.connection.execute("delete from ledger.loads")
    ledger.connection.execute("insert into ledger.loads values (1, '2026-01-01', 'test')")
    keep_models(ledger.connection, load_id=1)
    return ledger


def answers(ledger: Ledger, as_of: date, policy: Policy, metrics: Sequence[str] = METRICS) -> dict[str, Table]:
    """What each metric says at the close of that day."""
    books = ledger.as_of(as_of, policy=policy)
    return {metric: books.show(metric) for metric in metrics}
