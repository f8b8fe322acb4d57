"""DSO, lateness, collection and concentration of all currencies together; trends of each client and group."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings

from agingreport.errors import AgingReportError
from agingreport.table import Table
from drawn import assert_shows, books_of
from random_books import RandomBooks, days, kept, policy_of, random_books

few = settings(max_examples=15, deadline=None)

# A dollar is 2 euros when it is billed and 4 at the end of April; Acme pays late in dollars and early in euros.
TWO_CURRENCIES = """
    document_id  kind     client  document_date  due_date    amount  currency
    A            invoice  Acme    2025-03-10     2025-03-31  100     USD
    B            invoice  Acme    2025-04-10     2025-04-20  300     EUR
    C            invoice  Bolt    2025-04-10     2025-05-31  50      USD
    PA           payment  Acme    2025-04-10     -           60      USD
    PB           payment  Acme    2025-04-15     -           300     EUR
"""
PAID = "debit_id  credit_id  amount\n A  PA  60\n B  PB  300"
RATES = """
    date        currency  rate
    2025-02-28  USD       2
    2025-03-10  USD       2
    2025-03-31  USD       3
    2025-04-10  USD       2
    2025-04-30  USD       4
"""
EUROS = '[conventions]\nreporting_currency = "EUR"\ntrend_months = 2\ndso_period_days = 60\n'
DRAWN = {"policy": EUROS, "documents": TWO_CURRENCIES, "allocations": PAID}


def test_open_money_is_at_the_closing_rate_and_sales_at_the_rate_of_their_day(tmp_path: Path) -> None:
    """Open 40 + 50 dollars at 4 = 360; billed 100 * 2 + 300 + 50 * 2 = 600 in 60 days; 200 of it is current."""
    books = books_of(tmp_path, "2025-04-30", fx_rates=RATES, **DRAWN)
    assert_shows(
        books,
        "dso_reporting",
        """
        open_amount  current_amount  billed_amount  dso_days  best_possible_dso_days  average_days_delinquent
        300.00       300.00          200.00         90.00     90.00                   0.00
        360.00       200.00          600.00         36.00     20.00                   16.00
        """,
    )


def test_collection_of_all_currencies(tmp_path: Path) -> None:
    """April: opening 300, billed 300 + 100, open 360, current 200: 340 / 500."""
    books = books_of(tmp_path, "2025-04-30", fx_rates=RATES, **DRAWN)
    assert_shows(
        books,
        "collection_reporting",
        """
        opening_open_amount  billed_amount  open_amount  current_amount  collection_effectiveness  current_rate
        -                    200.00         300.00       300.00          -                         1.00
        300.00               400.00         360.00       200.00          0.68                      0.56
        """,
    )


def test_lateness_of_all_currencies_weighs_each_invoice_at_the_rate_of_its_day(tmp_path: Path) -> None:
    """100 dollars, 200 euros, are 30 days late so far, 300 euros 5 days early: (200 * 30 - 300 * 5) / 500 = 9."""
    books = books_of(tmp_path, "2025-04-30", fx_rates=RATES, **DRAWN)
    assert_shows(
        books,
        "lateness_reporting",
        """
        client  currency_count  due_count  open_count  due_amount  on_time_amount_rate  weighted_days_late
        Acme    2               2          1           500.00      0.60                 9.00
        """,
    )


def test_concentration_of_all_currencies(tmp_path: Path) -> None:
    """Acme owes 160 euros and Bolt 200: (160 / 360)^2 + (200 / 360)^2; only Acme's is overdue."""
    books = books_of(tmp_path, "2025-04-30", fx_rates=RATES, **DRAWN)
    (row,) = [
        row
        for row in books.show("concentration_reporting")
        if row["measure"] == "open" and row["counted_by"] == "client"
    ]
    assert row["hhi"] == pytest.approx(10_000 * (160**2 + 200**2) / 360**2)
    assert row["top_one_share"] == pytest.approx(200 / 360)
    assert_shows(
        books,
        "concentration_reporting",
        "client_count  total_amount\n 1  160.00",
        measure="overdue",
        counted_by="group",
    )


def test_credit_in_one_currency_counts_against_debt_in_another(tmp_path: Path) -> None:
    documents = """
        document_id  kind     client  document_date  due_date    amount  currency
        A            invoice  Acme    2025-04-10     2025-05-31  100     EUR
        P            payment  Acme    2025-04-10     -           10      USD
    """
    books = books_of(tmp_path, "2025-04-30", policy=EUROS, documents=documents, fx_rates=RATES)
    assert_shows(books, "concentration_reporting", "total_amount\n 60.00", measure="open", counted_by="client")


OLD_SALE = "OLD  invoice  Bolt  2025-01-10  2025-02-10  10  USD"


@pytest.mark.parametrize(
    ("dated", "refused"),
    [
        ("2025-02-10", ["dso_reporting", "lateness_reporting"]),
        ("2025-01-10", ["lateness_reporting"]),
    ],
)
def test_a_missing_rate_refuses_what_needs_it_and_nothing_else(tmp_path: Path, dated: str, refused: list[str]) -> None:
    """March has 31 days: 60 days of sales up to its end begin with 31 January."""
    drawn = DRAWN | {"documents": f"{TWO_CURRENCIES}{OLD_SALE.replace('2025-01-10', dated)}"}
    books = books_of(tmp_path, "2025-04-30", fx_rates=RATES, **drawn)
    for metric in refused:
        with pytest.raises(AgingReportError, match=f"there is no rate of USD in EUR for {dated}"):
            books.show(metric)
    for metric in {"dso_reporting", "collection_reporting", "concentration_reporting"} - set(refused):
        assert len(books.show(metric)) > 0


def in_one_currency(books: RandomBooks) -> RandomBooks:
    """The same books, all of them in dollars, which they report in."""
    dollars = tuple({**row, "currency": "USD"} for row in books.documents)
    return RandomBooks(dollars, books.allocations, books.instalments, books.contacts)


SAME = {
    "dso_reporting": ("dso", ("month_end",), ("open_amount", "billed_amount", "dso_days", "average_days_delinquent")),
    "collection_reporting": ("collection", ("month_end",), ("opening_open_amount", "collection_effectiveness")),
    "lateness_reporting": ("lateness", ("client",), ("due_count", "median_days_late", "weighted_days_late")),
    "concentration_reporting": ("concentration", ("counted_by", "measure"), ("client_count", "total_amount", "hhi")),
}


@few
@given(random_books(), days)
def test_in_one_currency_they_say_what_their_twins_say(books: RandomBooks, as_of: date) -> None:
    asked = kept(in_one_currency(books)).as_of(as_of, policy=policy_of())
    for metric, (twin, key, columns) in SAME.items():
        own, other = values(asked.show(metric), key, columns), values(asked.show(twin), key, columns)
        assert own == {name: other[name] for name in own}, metric
        assert all(value in ((0, None, None), (0, 0, None, None)) or name in own for name, value in other.items())


def values(table: Table, key: tuple[str, ...], columns: tuple[str, ...]) -> dict[object, tuple[object, ...]]:
    """Some columns by key; ratios to nine places, for sums come in another order."""
    return {
        tuple(row[name] for name in key): tuple(
            round(row[name], 9) if isinstance(row[name], float) else row[name] for name in columns
        )
        for row in table
    }


@few
@given(random_books(), days)
def test_the_trend_of_each_client_adds_up_to_the_trend(books: RandomBooks, as_of: date) -> None:
    asked = kept(books).as_of(as_of, policy=policy_of())
    by = ("month_end", "currency", "bucket")
    for parts in ("aging_trend_by_client", "aging_trend_by_group"):
        assert sums(asked.show(parts), by) == sums(asked.show("aging_trend"), by)


@few
@given(random_books(), days)
def test_each_month_end_of_it_is_the_aging_asked_on_that_day(books: RandomBooks, as_of: date) -> None:
    ledger = kept(books)
    trend = ledger.as_of(as_of, policy=policy_of()).show("aging_trend_by_client").dicts()
    for day in {row["month_end"] for row in trend}:
        then = ledger.as_of(day, policy=policy_of()).show("aging").dicts()
        seen = [
            {name: value for name, value in row.items() if name != "month_end"}
            for row in trend
            if row["month_end"] == day
        ]
        assert seen == then


def sums(table: Table, by: tuple[str, ...]) -> dict[tuple[object, ...], Decimal]:
    """Open amounts by some columns, where they are not zero."""
    found: dict[tuple[object, ...], Decimal] = {}
    for row in table:
        key = tuple(row[name] for name in by)
        found[key] = found.get(key, Decimal(0)) + row["open_amount"]
    return {key: amount for key, amount in found.items() if amount}


def test_a_group_is_followed_through_the_months(tmp_path: Path) -> None:
    books = books_of(
        tmp_path,
        "2025-04-30",
        policy="[conventions]\ntrend_months = 2\n",
        clients="client  parent_client\n Acme  Holding\n Bolt  Holding",
        documents="""
            document_id  kind     client  document_date  due_date    amount
            A            invoice  Acme    2025-03-10     2025-03-31  100
            B            invoice  Bolt    2025-03-10     2025-03-31  50
            P            payment  Acme    2025-04-30     -           70
        """,
        allocations="debit_id  credit_id  amount\n A  P  70",
    )
    assert_shows(
        books,
        "aging_trend_by_group",
        """
        month_end   group_client  bucket   open_amount  item_count  client_count
        2025-03-31  Holding       current  150.00       2           2
        2025-04-30  Holding       1-30     80.00        2           2
        """,
    )
    assert_shows(
        books, "aging_trend_by_client", "month_end  open_amount\n 2025-03-31  100.00\n 2025-04-30  30.00", client="Acme"
    )
