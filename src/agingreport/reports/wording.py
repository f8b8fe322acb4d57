"""How a report writes an amount, a date, a number of days and a share, in words where there is no number."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent

LOCALE = "en_US"
UNKNOWN = "unknown"
UNDEFINED = "not defined"
MINUS = "\N{MINUS SIGN}"
CENTS_BELOW = 100


def money(amount: Decimal | None, currency: str | None, *, locale: str = LOCALE) -> str:
    """Give the amount to the smallest coin of its currency: $1,234.50; below zero with a true minus sign."""
    if amount is None:
        return UNKNOWN
    if not currency:
        return f"{format_decimal(amount, format='#,##0.00', locale=locale)} (currency unknown)".replace("-", MINUS)
    return format_currency(amount, currency, locale=locale).replace("-", MINUS)


def whole_money(amount: Decimal | None, currency: str | None, *, locale: str = LOCALE) -> str:
    """Give the amount without its cents, for headlines; small sums, and any odd currency, keep them."""
    if amount is None or not currency or abs(amount) < CENTS_BELOW:
        return money(amount, currency, locale=locale)
    text = format_currency(amount, currency, format="¤#,##0", locale=locale, currency_digits=False)
    return text.replace("-", MINUS)


def short_money(amount: float, currency: str | None, *, locale: str = LOCALE) -> str:
    """Give a round amount as the axis of a chart writes it: $400k."""
    for size, letter in ((1_000_000, "M"), (1_000, "k")):
        if abs(amount) >= size:
            return whole_money(Decimal(1000), currency, locale=locale).replace("1,000", f"{amount / size:g}{letter}")
    return whole_money(Decimal(1000), currency, locale=locale).replace("1,000", f"{amount:g}")


def signed(amount: Decimal, currency: str | None, *, locale: str = LOCALE) -> str:
    """Give the amount with its sign, plus signs too."""
    text = money(abs(amount), currency, locale=locale)
    return f"{MINUS}{text}" if amount < 0 else f"+{text}"


def day(value: date | None, *, locale: str = LOCALE) -> str:
    """Give the date with the month in letters: Sep 30, 2026."""
    return UNKNOWN if value is None else format_date(value, "medium", locale=locale)


def month(value: date, *, locale: str = LOCALE) -> str:
    """Give the month in full: September 2026."""
    return format_date(value, "LLLL yyyy", locale=locale)


def short_month(value: date, *, locale: str = LOCALE) -> str:
    """Give the month as a chart's axis writes it, a category and not a point in time: Sep 26."""
    return format_date(value, "LLL yy", locale=locale)


def days(value: Decimal | float | int | None) -> str:
    """Give a number of days, rounded to whole ones."""
    return UNDEFINED if value is None else count(round(value), "day")


def count(number: int, noun: str, plural: str = "", *, locale: str = LOCALE) -> str:
    """Give the number and what is counted: 1 invoice, 261 invoices."""
    word = noun if number == 1 else plural or f"{noun}s"
    return f"{format_decimal(number, locale=locale).replace('-', MINUS)} {word}"


def share(part: Decimal, whole: Decimal, *, locale: str = LOCALE) -> str:
    """Give the part as whole per cents of a positive whole."""
    return percent(part / whole, locale=locale) if whole > 0 else UNDEFINED


def percent(ratio: Decimal | float | None, *, locale: str = LOCALE) -> str:
    """Give the ratio as whole per cents; what would round to nothing says so in words."""
    if ratio is None:
        return UNDEFINED
    if 0 < ratio < 0.005:
        return "under 1%"
    return format_percent(ratio, format="#,##0%", locale=locale).replace("-", MINUS)


def rate(ratio: Decimal | float | None, *, locale: str = LOCALE) -> str:
    """Give the ratio to a tenth of a per cent, as rates of loss are written."""
    return UNDEFINED if ratio is None else format_percent(ratio, format="#,##0.0%", locale=locale).replace("-", MINUS)


def listing(parts: Sequence[str]) -> str:
    """Give the parts as a sentence lists them: a, b and c."""
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))
