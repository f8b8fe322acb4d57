"""The one query for debits that no credit can settle derives what the rules of matching do, on random accounts."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from test_matching_laws import amounts, days, statements

from agingreport.ledger import Ledger, open_ledger
from agingreport.loading.derive import derive
from agingreport.loading.matching import DerivedPayment, Entry, match_account
from drawn import IN_MEMORY

GIVEN = 2  # the source whose payments say what they settle
parts = st.sampled_from([5, 10]).map(Decimal)


@st.composite
def lone_debits(draw: st.DrawFn) -> list[Entry]:
    """Ten debits with what exports say of them, some settled in part by payments that their export has matched."""
    return [draw(lone_debit(f"I{number}")) for number in range(10)]


@st.composite
def lone_debit(draw: st.DrawFn, document_id: str) -> Entry:
    """One of them; its payments come on the days that exports speak of, where most can go wrong."""
    day, amount = draw(days), draw(amounts)
    stated = draw(statements(amount, day))
    paid_days = st.sampled_from([day, *(statement.stated_on for statement in stated)])
    return Entry(
        document_id=document_id,
        document_date=day,
        due_date=day + timedelta(days=draw(st.integers(-3, 10))),
        amount=amount,
        source_id=1,
        is_debit=True,
        statements=stated,
        uses=draw(st.lists(st.tuples(paid_days, parts), max_size=2)),
    )


@settings(max_examples=50, deadline=None)
@given(lone_debits())
def test_debits_without_a_credit_to_match_are_explained_as_if_matched_one_by_one(debits: list[Entry]) -> None:
    with open_ledger(IN_MEMORY, writable=True) as ledger:
        for links_payments in (False, True):
            add_source(ledger, stated_on=None, loaded_on=date(2026, 1, 1), links_payments=links_payments)
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
        stated_on = None if statement.latest_on else statement.stated_on
        source = add_source(ledger, stated_on=stated_on, loaded_on=statement.until)
        run(
            "insert into ledger.open_balances by name select $1 as document_id, $2::date as stated_on,"
            " $3::decimal(18, 4) as open_amount, $4::date as last_paid_on, $5 as source_id, $5 as loaded_by",
            [debit.document_id, statement.stated_on, statement.open_amount, statement.last_paid_on, source],
        )


def add_source(ledger: Ledger, *, stated_on: date | None, loaded_on: date, links_payments: bool = False) -> int:
    """Write a load of one file, and give the number of both."""
    run = ledger.connection.execute
    number = ledger.last_load() + 1
    run("insert into ledger.loads values ($1, $2::date, 'test')", [number, loaded_on])
    run(
        "insert into ledger.sources values ($1, $1, 'file', 'file', $1, '', false, 'reader', '', 'books', $2,"
        " false, $3, 0, 0, 0, 0, 0, 0)",
        [number, stated_on, links_payments],
    )
    return number


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
    derive(ledger.connection, load_id=1)
    rows = ledger.connection.execute(
        "select a.debit_id, d.document_id, d.document_date, d.amount, d.date_basis from ledger.documents as d"
        " inner join ledger.allocations as a on a.credit_id = d.document_id and a.allocated_on = d.document_date"
        " and a.amount = d.amount where d.origin = 'derived'"
    ).fetchall()
    return sorted(" ".join(map(str, row)) for row in rows)


def in_words(found: DerivedPayment) -> str:
    """A derived payment as `derived` writes it."""
    amount = found.amount.quantize(Decimal("0.0001"))
    return f"{found.debit_id} {found.document_id} {found.document_date} {amount} {found.date_basis}"
