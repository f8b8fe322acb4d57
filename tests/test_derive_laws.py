"""The one query for debits that no credit can settle derives what the rules of matching do, on random accounts."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from agingreport.derive import derive
from agingreport.ledger import Ledger, open_ledger
from agingreport.matching import DerivedPayment, Entry, match_account
from drawn import IN_MEMORY
from test_matching_laws import accounts, amounts

GIVEN = 2  # the source whose payments say what they settle
Use = tuple[date, Decimal]


@st.composite
def lone_debits(draw: st.DrawFn) -> list[Entry]:
    """The debits of an account, some settled in part by payments that their export has matched."""
    debits = [entry for entry in draw(accounts()) if entry.is_debit]
    return [
        replace(debit, uses=[(max(day, debit.document_date), paid) for day, paid in given])
        for debit in debits
        for paid_days in [st.sampled_from([debit.document_date, *(shown.stated_on for shown in debit.statements)])]
        for given in [draw(st.lists(st.tuples(paid_days, amounts), max_size=2))]
    ]


@settings(max_examples=30, deadline=None)
@given(lone_debits())
def test_debits_without_a_credit_to_match_are_explained_as_if_matched_one_by_one(debits: list[Entry]) -> None:
    with open_ledger(IN_MEMORY, writable=True) as ledger:
        for debit in debits:
            put(ledger, debit)
        expected = sorted(in_words(found) for found in match_account(debits) if isinstance(found, DerivedPayment))
        assert derived(ledger) == expected


def put(ledger: Ledger, debit: Entry) -> None:
    """Write a debit into the ledger, with what the exports say is open on it and which payments they have matched."""
    run = ledger.connection.execute
    add_document(ledger, debit.document_id, "invoice", debit.document_date, debit.due_date, debit.amount, source=1)
    for number, (settled_on, paid) in enumerate(debit.uses):
        credit_id = f"{debit.document_id}-{number}"
        add_document(ledger, credit_id, "payment", settled_on, None, paid, source=GIVEN)
        run(
            "insert into ledger.allocations by name select $1 as debit_id, $2 as credit_id, $3::decimal(18, 4) as"
            " amount, 'export' as origin, $4 as source_id, 1 as loaded_by",
            [debit.document_id, credit_id, paid, GIVEN],
        )
    for statement in debit.statements:
        run(
            "insert into ledger.open_balances by name select $1 as document_id, $2::date as stated_on,"
            " $3::decimal(18, 4) as open_amount, $4::date as last_paid_on, 1 as source_id, 1 as loaded_by",
            [debit.document_id, statement.stated_on, statement.open_amount, statement.last_paid_on],
        )


def add_document(
    ledger: Ledger, document_id: str, kind: str, day: date, due: date | None, amount: Decimal, *, source: int
) -> None:
    """Write one posted document of one client."""
    ledger.connection.execute(
        "insert into ledger.documents by name select $1 as document_id, $2 as kind, 'Acme' as client,"
        " $3::date as document_date, $4::date as due_date, $5::decimal(18, 4) as amount, 'USD' as currency,"
        " 'posted' as status, 'export' as origin, $6 as source_id, 1 as loaded_by",
        [document_id, kind, day, due, amount, source],
    )


def derived(ledger: Ledger) -> list[str]:
    """What the ledger derives of it all."""
    run = ledger.connection.execute
    run("insert into ledger.loads values (1, '2026-01-01 12:00:00', 'test')")
    for source, links_payments in ((1, False), (GIVEN, True)):
        run(
            "insert into ledger.sources values ($1, 1, 'file', $1, '', 'reader', 'books', null, false, $2,"
            " 0, 0, 0, 0, 0, 0)",
            [source, links_payments],
        )
    derive(ledger.connection, load_id=1)
    rows = run(
        "select a.debit_id, d.document_id, d.document_date, d.amount, d.date_basis from ledger.documents as d"
        " inner join ledger.allocations as a on a.credit_id = d.document_id and a.allocated_on = d.document_date"
        " and a.amount = d.amount where d.origin = 'derived'"
    ).fetchall()
    return sorted(" ".join(map(str, row)) for row in rows)


def in_words(found: DerivedPayment) -> str:
    """A derived payment as `derived` writes it."""
    amount = found.amount.quantize(Decimal("0.0001"))
    return f"{found.debit_id} {found.document_id} {found.document_date} {amount} {found.date_basis}"
