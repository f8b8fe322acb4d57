"""What holds for the measures on all books: parts add up to the whole, however they are counted."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings

from agingreport.books import Books
from agingreport.matrix import aging_matrix
from agingreport.table import Table
from random_books import DEBITS, RandomBooks, days, loaded, policy_of, random_books

few = settings(max_examples=15, deadline=None)
EURO_IN_DOLLARS = Decimal("1.07")


def books_at(books: RandomBooks, as_of: date) -> Books:
    """The random books at the close of a day, with one rate for the euro from before their first day on."""
    ledger = loaded(books)
    ledger.connection.execute(
        "insert into ledger.fx_rates (rate_date, currency, rate, source_id, source_row, loaded_by, replaced_by) "
        "values ('2023-06-30', 'EUR', 1.07, 1, 1, 0, null)"
    )
    return ledger.as_of(as_of, policy=policy_of(fx_rate_max_age_days=3650))


def total(table: Table, amount: str, *by: str) -> dict[tuple[object, ...], Decimal]:
    """Sums of an amount, where they are not zero."""
    sums: dict[tuple[object, ...], Decimal] = {}
    for row in table:
        key = tuple(row[name] for name in by)
        sums[key] = sums.get(key, Decimal(0)) + row[amount]
    return {key: value for key, value in sums.items() if value}


BY_MONTH_END = (
    "percent_current",
    "dso_by_months",
    "weighted_dso",
    "dso_net",
    "open_by_billing_month",
    "bad_debt_to_sales",
    "aging_trend_reporting",
    "rollforward_reporting",
)
OF_THE_DAY = (
    "aging_by_group",
    "aging_summary",
    "aging_by_month",
    "aging_projection",
    "lateness_overall",
    "part_lateness",
    "days_to_pay",
    "recoveries",
    "exposures",
    "concentration",
    "aging_reporting",
    "balances_reporting",
    "exchange_differences",
)


@few
@given(books=random_books(), as_of=days)
def test_each_month_end_looked_back_at_is_what_was_said_on_that_day(books: RandomBooks, as_of: date) -> None:
    looking_back = books_at(books, as_of)
    month_ends = [row["month_end"] for row in looking_back.sql("select month_end from month_ends order by month_end")]
    then = books_at(books, month_ends[-2])
    for metric in BY_MONTH_END:
        said = [row for row in then.show(metric) if row["month_end"] == month_ends[-2]]
        currencies = {row.get("currency") for row in said}
        seen = [row for row in looking_back.show(metric) if row["month_end"] == month_ends[-2]]
        assert [row for row in seen if row.get("currency") in currencies] == said


@few
@given(books=random_books(), as_of=days)
def test_a_later_event_never_changes_an_earlier_answer(books: RandomBooks, as_of: date) -> None:
    then, now = books_at(books.until(as_of), as_of), books_at(books, as_of)
    for metric in (*BY_MONTH_END, *OF_THE_DAY):
        assert now.show(metric) == then.show(metric)


@few
@given(books=random_books(), as_of=days)
def test_every_view_of_the_aging_has_the_same_total(books: RandomBooks, as_of: date) -> None:
    found = books_at(books, as_of)
    whole = total(found.show("aging"), "open_amount", "currency")
    for metric in ("aging_by_group", "aging_summary", "aging_by_month"):
        assert total(found.show(metric), "open_amount", "currency") == whole
    assert total(aging_matrix(found), "total", "currency") == whole
    ahead = total(found.show("aging_projection"), "open_amount", "currency", "projected_on")
    assert all(amount == whole[currency,] for (currency, _), amount in ahead.items())


@few
@given(books=random_books(), as_of=days)
def test_the_matrix_is_the_table(books: RandomBooks, as_of: date) -> None:
    found = books_at(books, as_of)
    cells = {
        (row["client"], row["currency"], bucket): row[bucket]
        for row in aging_matrix(found)
        for bucket in list(row)[2:-1]
        if row[bucket]
    }
    assert cells == total(found.show("aging"), "open_amount", "client", "currency", "bucket")


@few
@given(books=random_books(), as_of=days)
def test_shares_of_what_is_positive_add_up_to_one(books: RandomBooks, as_of: date) -> None:
    found = books_at(books, as_of)
    for metric, share, by in (
        ("aging_summary", "open_share", ("currency",)),
        ("exposures", "exposure_share", ("counted_by", "measure", "currency")),
    ):
        sums: dict[tuple[object, ...], float] = {}
        for row in found.show(metric):
            if row[share] is not None:
                assert 0 <= row[share] <= 1
                key = tuple(row[name] for name in by)
                sums[key] = sums.get(key, 0.0) + row[share]
        assert all(value == pytest.approx(1) for value in sums.values())
    for row in found.show("concentration"):
        assert 10_000 / row["client_count"] <= row["hhi"] * 1.000001 <= 10_001
        assert row["top_one_amount"] <= row["top_five_amount"] <= row["top_ten_amount"] <= row["total_amount"]


@few
@given(books=random_books(), as_of=days)
def test_the_aging_in_the_reporting_currency_is_the_sum_of_the_converted_ones(books: RandomBooks, as_of: date) -> None:
    found = books_at(books, as_of)
    rates = {"USD": Decimal(1), "EUR": EURO_IN_DOLLARS}
    expected: dict[tuple[object, ...], Decimal] = {}
    for row in found.show("aging"):
        cell = (row["open_amount"] * rates[row["currency"]]).quantize(Decimal("0.0001"), rounding="ROUND_HALF_UP")
        expected[row["bucket"],] = expected.get((row["bucket"],), Decimal(0)) + cell
    assert total(found.show("aging_reporting"), "open_amount", "bucket") == expected


@few
@given(books=random_books(), as_of=days)
def test_the_rollforward_in_the_reporting_currency_chains_and_at_one_rate_for_ever_differs_by_nothing(
    books: RandomBooks, as_of: date
) -> None:
    closing: Decimal | None = None
    for row in books_at(books, as_of).show("rollforward_reporting"):
        moved = row["invoiced_amount"] - row["collected_amount"] - row["credited_amount"] - row["written_off_amount"]
        moved += row["refunded_amount"] + row["exchange_difference_amount"]
        assert row["closing_balance"] == row["opening_balance"] + moved
        assert closing in (None, row["opening_balance"])
        assert abs(row["exchange_difference_amount"]) < Decimal("0.001")
        assert row["realised_difference_amount"] == 0
        closing = row["closing_balance"]


@few
@given(books=random_books(), as_of=days)
def test_dso_by_months_and_by_billing_month_rest_on_the_open_amount(books: RandomBooks, as_of: date) -> None:
    found = books_at(books, as_of)
    trend = total(found.show("aging_trend"), "open_amount", "month_end", "currency")
    for row in found.show("dso_by_months"):
        assert row["open_amount"] == trend.get((row["month_end"], row["currency"]), 0)
        assert row["dso_days"] is None or row["billed_amount"] > 0
    parts = total(found.show("open_by_billing_month"), "open_amount", "month_end", "currency")
    assert total(found.show("weighted_dso"), "open_amount", "month_end", "currency") == parts
    assert all(amount <= trend[key] for key, amount in parts.items())
    for row in found.show("open_by_billing_month"):
        assert 0 < row["open_amount"] <= row["billed_amount"]


@few
@given(books=random_books(), as_of=days)
def test_the_portfolio_is_as_late_as_its_clients_together(books: RandomBooks, as_of: date) -> None:
    found = books_at(books, as_of)
    clients = found.show("lateness").dicts()
    for row in found.show("lateness_overall"):
        own = [client for client in clients if client["currency"] == row["currency"]]
        for count in ("due_count", "on_time_count", "open_count", "written_off_count", "due_amount", "on_time_amount"):
            assert row[count] == sum(client[count] for client in own)
        if row["due_count"]:
            assert row["weighted_days_overdue"] >= max(row["weighted_days_late"], 0) - 1e-9


@few
@given(books=random_books(), as_of=days)
def test_a_control_balance_that_is_apart_by_one_document_is_explained_by_it(books: RandomBooks, as_of: date) -> None:
    posted = [row for row in books.documents if row["status"] in ("", "posted") and row["document_date"] == as_of]
    if not posted:
        return
    only = posted[0]
    signed = only["amount"] if only["kind"] in DEBITS else -only["amount"]
    ledger = loaded(books)
    balances = {
        row["currency"]: row["closing_balance"]
        for row in ledger.as_of(as_of).show("rollforward")
        if row["month_end"] == as_of
    }
    ledger.connection.execute(
        "insert into ledger.control_balances (control_date, currency, balance, source_id, source_row, loaded_by) "
        "values (?, ?, ?, 1, 1, 0)",
        [as_of, only["currency"], balances[only["currency"]] - signed],
    )
    found = ledger.as_of(as_of).show("control_causes")
    assert ("not in their books", only["document_id"]) in [
        (row["cause"], row["subject"]) for row in found if row["explains_all"]
    ]


@few
@given(books=random_books(), as_of=days)
def test_effectiveness_lies_between_nothing_and_all(books: RandomBooks, as_of: date) -> None:
    for row in books_at(books, as_of).show("collection"):
        assert row["collection_effectiveness"] is None or 0 <= row["collection_effectiveness"] <= 1
