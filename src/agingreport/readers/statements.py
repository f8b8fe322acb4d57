"""Reads the day a report speaks of from its title and footer: "As of Jun 12, 2026", "January 1-March 31, 2026"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date

from agingreport.readers.dates import parse_date

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_AS_OF = re.compile(rf"as (?:of|at|on) (?P<day>{_MONTH} \d+,? \d{{4}}|\d+ {_MONTH},? \d{{4}}|\d{{4}}-\d\d-\d\d)", re.I)
# The same in other languages, where a day is told by what can be read as one.
_FOREIGN_DAY = re.compile(
    r"(?:.*\s)?(?:stand|stichtag|zum|per|bis|compter du|date du|au|al|hasta el|截至|至|到):? ?(?:zum )?(?P<day>\S.*)",
    re.I,
)
_PERIOD_TO_DAY = re.compile(
    rf".*(?:-|–|—|to|through) ?(?P<day>{_MONTH} \d+,? \d{{4}}|\d+ {_MONTH},? \d{{4}})(?: \d{{1,2}}:\d\d ?[ap]m)?", re.I
)
_PERIOD_IN_MONTH = re.compile(rf"(?P<month>{_MONTH}) \d+ ?[-–—] ?(?P<day>\d+),? (?P<year>\d{{4}})", re.I)
_PERIOD_TO_MONTH = re.compile(rf"(?:{_MONTH}[^-–—]*[-–—] ?)?(?P<month>{_MONTH}),? (?P<year>\d{{4}})", re.I)
_FOOTER = re.compile(
    r"(?P<basis>(?:accrual|cash) basis)?\s*(?:mon|tues|wednes|thurs|fri|satur|sun)day,? "
    rf"(?P<day>{_MONTH} \d+,? \d{{4}}|\d+ {_MONTH},? \d{{4}})\b.*",
    re.I,
)


def statement_date(titles: Iterable[str], footers: Iterable[str]) -> date | None:
    """Give the close of the day the report speaks of: its title's, but never after the day it was printed."""
    printed = next((day for footer in footers if (day := printed_on(footer))), None)
    said = next((day for title in titles if (day := _said(title))), None)
    days = [day for day in (said, printed) if day]
    return min(days, default=None)


def is_footer(text: str) -> bool:
    """Say whether a cell is the line a report ends with: when it was printed, perhaps on which basis."""
    return _FOOTER.fullmatch(_tidy(text)) is not None


def is_cash_basis(text: str) -> bool:
    """Say whether a footer tells that the report leaves out what is unpaid."""
    found = _FOOTER.fullmatch(_tidy(text))
    return bool(found and found["basis"] and found["basis"].casefold().startswith("cash"))


def printed_on(footer: str) -> date | None:
    """Give the day a footer was printed."""
    found = _FOOTER.fullmatch(_tidy(footer))
    return parse_date(found["day"], None) if found else None


def _said(title: str) -> date | None:
    title = _tidy(title)
    for pattern in (_AS_OF, _PERIOD_TO_DAY):
        if found := pattern.fullmatch(title):
            return parse_date(found["day"], None)
    if (found := _FOREIGN_DAY.fullmatch(title)) and (day := parse_date(found["day"], None)):
        return day
    if found := _PERIOD_IN_MONTH.fullmatch(title):
        return parse_date(f"{found['month']} {found['day']}, {found['year']}", None)
    if found := _PERIOD_TO_MONTH.fullmatch(title):
        first = parse_date(f"{found['month']} 1, {found['year']}", None)
        return first.replace(day=monthrange(first.year, first.month)[1]) if first else None
    return None


def _tidy(text: str) -> str:
    return " ".join(text.split())
