"""Amounts, days and shares as a report writes them."""

from datetime import date
from decimal import Decimal

import pytest

from agingreport.reports import wording


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        ("1234.5000", "USD", "$1,234.50"),
        ("-1234.5000", "USD", "−$1,234.50"),
        ("1234", "JPY", "¥1,234"),
        ("99999999999999.9900", "EUR", "€99,999,999,999,999.99"),
        ("1", "", "1.00 (currency unknown)"),
        ("1", None, "1.00 (currency unknown)"),
    ],
)
def test_money_is_exact_to_the_coin_of_its_currency(amount: str, currency: str | None, text: str) -> None:
    assert wording.money(Decimal(amount), currency) == text


def test_an_amount_that_is_not_known_is_said_to_be_unknown() -> None:
    assert wording.money(None, "USD") == "unknown"


def test_headlines_drop_the_cents_of_large_sums_only() -> None:
    assert wording.whole_money(Decimal("377416.49"), "USD") == "$377,416"
    assert wording.whole_money(Decimal("99.50"), "USD") == "$99.50"


@pytest.mark.parametrize(("ratio", "text"), [(0, "0%"), (0.004, "under 1%"), (0.5, "50%"), (None, "not defined")])
def test_a_share_that_is_not_nothing_never_reads_as_nothing(ratio: float | None, text: str) -> None:
    assert wording.percent(ratio) == text


def test_a_share_of_nothing_is_not_defined() -> None:
    assert wording.share(Decimal(5), Decimal(0)) == "not defined"


def test_days_are_whole_and_undefined_where_there_are_none() -> None:
    assert [wording.days(value) for value in (1, Decimal("65.6"), None)] == ["1 day", "66 days", "not defined"]


def test_dates_have_their_month_in_letters() -> None:
    assert wording.day(date(2026, 9, 30)) == "Sep 30, 2026"
    assert wording.short_month(date(2026, 12, 31)) == "Dec 26"
    assert wording.day(None) == "unknown"


def test_the_locale_can_be_another() -> None:
    assert wording.money(Decimal("1234.5"), "EUR", locale="de_DE") == "1.234,50\xa0€"
