"""The days of the sample business: its 36 months, and the days on which an office is open."""

from datetime import date, timedelta

FIRST_DAY = date(2023, 11, 1)
LAST_DAY = date(2026, 10, 31)
MONTHS = 36
_HOLIDAYS = {(1, 1), (7, 4), (12, 25)}
# The mornings on which the year-end and quarter-end exports are made: nothing is booked before they are.
_CLOSING_DAYS = {date(2024, 1, 2), date(2025, 1, 2), date(2026, 1, 2), date(2026, 10, 1)}


def month_start(number: int) -> date:
    """Return the first day of a month of the business, counted from 0."""
    months = FIRST_DAY.year * 12 + FIRST_DAY.month - 1 + number
    return date(months // 12, months % 12 + 1, 1)


def month_end(number: int) -> date:
    """Return the last day of a month of the business, counted from 0; -1 is the month before it opened."""
    return month_start(number + 1) - timedelta(days=1)


def working_day(day: date) -> date:
    """Return the day itself, or the next one that is no weekend and no holiday."""
    while day.weekday() > 4 or (day.month, day.day) in _HOLIDAYS or day in _CLOSING_DAYS:
        day += timedelta(days=1)
    return day


def days_after(day: date, days: int) -> date:
    """Return the working day on or after so many days from day."""
    return working_day(day + timedelta(days=days))


def american(day: date) -> str:
    """Return a date as QuickBooks Online writes it for a US company: 03/09/2026."""
    return f"{day.month:02}/{day.day:02}/{day.year}"


def british(day: date) -> str:
    """Return a date as Xero writes it for a UK organisation: 9/03/2026."""
    return f"{day.day}/{day.month:02}/{day.year}"
