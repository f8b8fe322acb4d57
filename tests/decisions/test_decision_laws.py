"""What holds for all books: one decision a debt, every route with exact arithmetic, and sums that tie."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import Decimal

from drawn_books import draw
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agingreport.books import Books
from agingreport.models import catalogue

AS_OF = date(2026, 6, 30)
ROUTES = 12

amounts = st.integers(min_value=1, max_value=3_000_000).map(lambda cents: Decimal(cents) / 100)
clients = st.sampled_from(["acme", "bolt"])
currencies = st.sampled_from(["USD", "EUR"])
days = st.integers(min_value=-900, max_value=40).map(lambda offset: AS_OF + timedelta(days=offset))
invoices = st.tuples(clients, currencies, days, amounts, st.sampled_from(["", "true"]))
payments = st.tuples(clients, currencies, days, amounts)
CONTACT_KINDS = ["reminder", "call", "statement", "stop_work", "demand_letter", "agency", "court", "dispute"]
CONTACT_KINDS += ["dispute_resolved", "hold", "release", "promise", "payment_plan", "overrule", "write_off_decision"]
contacts = st.tuples(
    clients,
    st.sampled_from(CONTACT_KINDS),
    days,
    st.sampled_from(["", "call", "agency", "shout"]),
    st.one_of(st.none(), amounts),
)


@st.composite
def drawings(choose: st.DrawFn) -> str:
    lines = ["documents", "document_id | kind | client | currency | document_date | due_date | amount | is_disputed"]
    for number, (client, currency, day, amount, mark) in enumerate(choose(st.lists(invoices, max_size=8))):
        lines.append(
            f"I{number} | invoice | {client} | {currency} | {day - timedelta(days=30)} | {day} | {amount} | {mark}"
        )
    for number, (client, currency, day, amount) in enumerate(choose(st.lists(payments, max_size=3))):
        lines.append(f"P{number} | payment | {client} | {currency} | {day} | | {amount} |")
    lines += ["", "contacts", "client | kind | contact_date | outcome | promised_date | promised_amount"]
    for client, kind, day, outcome, sum_promised in choose(st.lists(contacts, max_size=6)):
        promised = day + timedelta(days=20) if kind in ("promise", "payment_plan") else ""
        lines.append(
            f"{client} | {kind} | {day} | {outcome} | {promised} | {sum_promised if promised and sum_promised else ''}"
        )
    lines += ["", "clients", "client | country | region", "acme | US | TX"]
    return "\n".join(lines)


def overdue(books: Books) -> set[str]:
    return {row["document_id"] for row in books.show("open_items").dicts() if row["days_past_due"] > 0}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(drawings())
def test_every_overdue_document_has_one_decision_and_every_route_once(drawing: str) -> None:
    books = draw(drawing, as_of=str(AS_OF))
    decided = books.show("decisions").dicts()
    listed = books.show("routes").dicts()
    assert Counter(row["document_id"] for row in decided) == Counter(overdue(books))
    assert Counter(row["document_id"] for row in listed) == Counter(dict.fromkeys(overdue(books), ROUTES))
    assert len({(row["document_id"], row["route"]) for row in listed}) == len(listed)

    for row in listed:
        parts = [row[f"{part}_amount"] for part in ("expected_recovery", "fee", "cost")]
        if row["expected_net_amount"] is None:
            assert None in parts
        else:
            assert row["expected_net_amount"] == parts[0] - parts[1] - parts[2]

    open_routes = {(row["document_id"], row["route"]) for row in listed if row["barred_by"] is None}
    for row in decided:
        assert row["reason"]
        assert row["overruled_by"] or (row["document_id"], row["route"]) in open_routes
        assert row["runner_up"] is None or (row["document_id"], row["runner_up"]) in open_routes
        assert row["route"] != row["runner_up"]

    asked: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in decided:
        asked[row["client"], row["currency"]] += row["debt_amount"]
    for row in books.show("balances").dicts():
        assert asked[row["client"], row["currency"]] == row["chase_amount"]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(drawings())
def test_the_same_books_give_the_same_decisions_and_a_later_event_changes_none(drawing: str) -> None:
    later = (
        "\n\ndocuments\ndocument_id | kind | client | document_date | amount\nZ | payment | acme | 2026-07-01 | 50\n"
    )
    later += "\n\ncontacts\nclient | contact_date | kind\nacme | 2026-07-01 | hold\n"
    once = draw(drawing, as_of=str(AS_OF)).show("decisions").rows
    assert once == draw(drawing + later, as_of=str(AS_OF)).show("decisions").rows


def test_empty_books_have_no_debts_and_no_decisions() -> None:
    books = draw("", as_of=str(AS_OF))
    assert [len(books.show(name)) for name in ("debts", "routes", "decisions", "recovery_rates")] == [0, 0, 0, 0]


def test_each_column_is_documented_in_its_order() -> None:
    books = draw("", as_of=str(AS_OF))
    for name in (
        "debts",
        "jurisdictions",
        "steps_taken",
        "broken_promises",
        "standing_orders",
        "ladder_steps",
        "steps_due",
    ):
        assert tuple(catalogue()[name].columns) == books.show(name).columns
    for name in ("debt_bars", "recovery_rates", "reminders", "route_values", "routes", "decisions", "bad_debts"):
        assert tuple(catalogue()[name].columns) == books.show(name).columns
