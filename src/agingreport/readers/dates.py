"""Reads written dates, and finds from all of a file's dates in which order day and month stand; never guesses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from agingreport.errors import AgingReportError
from agingreport.readers.values import DateOrder

_TIME = (
    r"(?:[T ]\s*(?P<clock>\d{1,2}:\d{2}(?::\d{2})?)(?:[.,]\d+)?\s*(?P<half>[AaPp]\.?[Mm]\.?)?"
    r"\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?"
)
_CHINESE = re.compile(r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日?" + _TIME)
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})" + _TIME)
_COMPACT = re.compile(r"(?P<year>19\d\d|20\d\d)(?P<month>\d\d)(?P<day>\d\d)" + _TIME)
_NUMERIC = re.compile(r"(?P<a>\d{1,2})(?P<mark>[-/.])(?P<b>\d{1,2})(?P=mark)(?P<c>\d{4}|\d{2})" + _TIME)
_NAME = r"(?P<name>[^\W\d_]{3,10})"
_MONTH_SECOND = re.compile(
    rf"(?P<day>\d{{1,2}})(?:\.|er)?[- /](?:de )?{_NAME}\.?,?[- /](?:de )?(?P<year>\d{{4}}|\d{{2}})" + _TIME
)
_MONTH_FIRST = re.compile(rf"{_NAME}\.?[- ](?P<day>\d{{1,2}}),?[- ](?P<year>\d{{4}})" + _TIME)
_WEEKDAY = re.compile(r"^(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\.?,? (?=\w)", re.I)
_UNIX = re.compile(r"[1-4]\d{9}")
_ENDS_IN_TIME = re.compile(r"\d:\d{2}(?:[.,]\d+)?(?: ?[AaPp]\.?[Mm]\.?)?$")
_ENDS_IN_ZONE = re.compile(r"\d:\d{2}(?:[.,]\d+)?(?: ?[AaPp]\.?[Mm]\.?)? ?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})$")
_SERIAL = re.compile(r"(?P<days>[3-6]\d{4})(?:\.\d+)?")

# The months in English, German, French and Spanish, without accents; a beginning will do where it fits one month only.
_MONTHS = (
    ("january", "januar", "janner", "janvier", "enero"),
    ("february", "februar", "feber", "fevrier", "febrero"),
    ("march", "marz", "maerz", "mrz", "mars", "marzo"),
    ("april", "avril", "abril"),
    ("may", "mai", "mayo"),
    ("june", "juni", "juin", "junio"),
    ("july", "juli", "juillet", "julio"),
    ("august", "aout", "agosto"),
    ("september", "sept", "septembre", "septiembre", "setiembre"),
    ("october", "oktober", "octobre", "octubre"),
    ("november", "novembre", "noviembre"),
    ("december", "dezember", "decembre", "diciembre"),
)
Pair = tuple[str, str, int]

_EXCEL_DAY_0 = date(1899, 12, 30)
_YEARS = range(1900, 2200)

# The second date column speaks for an order only when the other order puts many due dates before their document.
_MOST_EARLY_DUES = 0.05
_LEAST_EARLY_DUES = 0.2
_LEAST_EARLY_ROWS = 3


def parse_date(text: str, order: DateOrder | None, zone: tzinfo = UTC, *, written_in: str | None = None) -> date | None:
    """Give the day that a text names, None if it names none. `order` is needed only where day or month could lead.

    A time is dropped; one that names its own zone, or is known to be `written_in` one, is moved to `zone` before. Where
    times are `written_in` a zone, a number of ten digits is the seconds since 1970.
    """
    text = _tidy(text)
    if written_in and _ENDS_IN_TIME.search(text):
        text = f"{text} {written_in}"
    if written_in and _UNIX.fullmatch(text):
        return datetime.fromtimestamp(int(text), zone).date()
    for pattern in (_YEAR_FIRST, _COMPACT, _MONTH_SECOND, _MONTH_FIRST, _CHINESE):
        if found := pattern.fullmatch(text):
            parts = found.groupdict()
            month = _month(parts["name"]) if "name" in parts else int(parts["month"])
            return _day(_year(parts["year"]), month, int(parts["day"]), found, zone)
    if found := _NUMERIC.fullmatch(text):
        return _numeric_day(found, order, zone)
    if found := _SERIAL.fullmatch(text):
        return _EXCEL_DAY_0 + timedelta(days=int(found["days"]))
    return None


def date_zone(name: str) -> tzinfo:
    """Give the time zone of that name, or refuse it."""
    if name.upper() == "UTC":
        return UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise AgingReportError(f"no time zone is called {name!r}; use a name like Europe/Berlin") from error


def needs_order(text: str) -> bool:
    """Say whether a date can only be read by the order of day and month, whichever it is."""
    return _order_of(text) is not None


def names_moment(text: str, *, written_in: str | None = None) -> bool:
    """Say whether a text names a moment, of which the day depends on the zone one stands in."""
    text = " ".join(text.split())
    return bool(_ENDS_IN_ZONE.search(text) or (written_in and _ENDS_IN_TIME.search(text)))


def decide_order(
    texts: Iterable[str],
    pairs: Callable[[], Sequence[Pair]],
    *,
    document_dates: Callable[[], Sequence[str]] = tuple,
    stated_on: date | None = None,
) -> DateOrder | None:
    """Give the one order that fits all the dates of a file; None if none of them needs one.

    What no single date tells is asked of two more witnesses: no document lies after `stated_on`, the day the file
    speaks of; and of the `pairs` of document date and due date (with the number of rows that have both), few are due
    before their document. Raises when both orders fit, or neither does.
    """
    day_first = month_first = either = None
    for text in texts:
        match _order_of(text):
            case "day-first":
                day_first = day_first or text
            case "month-first":
                month_first = month_first or text
            case "either":
                either = either or text
    if day_first and month_first:
        raise AgingReportError(
            f"the dates {day_first} and {month_first} cannot be in the same order; "
            "say which holds with --dates day-first or --dates month-first (the other rows are then refused)"
        )
    if day_first or month_first:
        return "day-first" if day_first else "month-first"
    if not either:
        return None
    return _order_by(stated_on, document_dates()) or _order_of_pairs(pairs(), either)


def _order_by(stated_on: date | None, texts: Sequence[str]) -> DateOrder | None:
    """Give the only order in which no document lies after the day that the file speaks of, if there is one."""
    if not stated_on:
        return None
    orders: tuple[DateOrder, DateOrder] = ("day-first", "month-first")
    fitting = [order for order in orders if not any(_is_after(text, order, stated_on) for text in texts)]
    return fitting[0] if len(fitting) == 1 else None


def _is_after(text: str, order: DateOrder, day: date) -> bool:
    found = parse_date(text, order)
    return found is not None and found > day


def check_not_swapped(rows: int, early: int, early_if_swapped: int) -> None:
    """Raise where the due dates say that day and month of the dates of a file have changed places.

    Excel does so when it opens text of another country, with each day that could be a month.
    """
    if early >= max(_LEAST_EARLY_ROWS, _LEAST_EARLY_DUES * rows) and early_if_swapped <= _MOST_EARLY_DUES * rows:
        raise AgingReportError(
            f"day and month of its dates seem to be swapped, as Excel does: {early} of {rows} documents are due before "
            "their date; export it again and load it as it comes"
        )


def _order_of_pairs(pairs: Sequence[Pair], example: str) -> DateOrder:
    early_day, early_month = _early_dues(pairs, "day-first"), _early_dues(pairs, "month-first")
    rows = sum(many for _, _, many in pairs)
    for order, early, other in (("day-first", early_day, early_month), ("month-first", early_month, early_day)):
        if early <= _MOST_EARLY_DUES * rows and other >= max(_LEAST_EARLY_ROWS, _LEAST_EARLY_DUES * rows):
            return "day-first" if order == "day-first" else "month-first"
    raise AgingReportError(
        f"the dates (such as {example}) can be read with the day or the month first, and nothing in the file tells; "
        "say --dates day-first or --dates month-first"
    )


def _early_dues(pairs: Sequence[Pair], order: DateOrder) -> int:
    early = 0
    for dated, due, many in pairs:
        first, last = parse_date(dated, order), parse_date(due, order)
        early += many if first and last and last < first else 0
    return early


def _order_of(text: str) -> str | None:
    found = _NUMERIC.fullmatch(_tidy(text))
    if not found:
        return None
    a, b = int(found["a"]), int(found["b"])
    if a == b or max(a, b) > 31 or min(a, b) > 12:
        return None
    if max(a, b) > 12:
        return "day-first" if a > 12 else "month-first"
    return "either"


def _tidy(text: str) -> str:
    """Give a date with single blanks and without the day of the week."""
    return _WEEKDAY.sub("", " ".join(text.split()))


def _numeric_day(found: re.Match[str], order: DateOrder | None, zone: tzinfo) -> date | None:
    a, b, c = int(found["a"]), int(found["b"]), found["c"]
    if order == "year-first":
        return _day(_year(found["a"]), b, int(c), found, zone) if len(c) == 2 and len(found["a"]) == 2 else None
    if order is None and a != b:
        return None
    day, month = (a, b) if order == "day-first" else (b, a)
    return _day(_year(c), month, day, found, zone)


def _day(year: int, month: int, day: int, found: re.Match[str], zone: tzinfo) -> date | None:
    try:
        named = date(year, month, day)
    except ValueError:
        return None
    if named.year not in _YEARS:
        return None
    if not found["zone"]:
        return named
    return _moment(named, found).astimezone(zone).date()


def _moment(named: date, found: re.Match[str]) -> datetime:
    hours, minutes, *_ = (int(part) for part in found["clock"].split(":"))
    if found["half"]:
        hours = hours % 12 + (12 if found["half"][0] in "Pp" else 0)
    written = "+0000" if found["zone"] in {"Z", "UTC", "GMT"} else found["zone"].replace(":", "")
    away = timedelta(hours=int(written[1:3]), minutes=int(written[3:5])) * (-1 if written[0] == "-" else 1)
    return datetime(named.year, named.month, named.day, tzinfo=UTC) + timedelta(hours=hours, minutes=minutes) - away


def _year(text: str) -> int:
    year = int(text)
    if len(text) == 4:
        return year
    return year + (1900 if year >= 70 else 2000)


def _month(name: str) -> int:
    letters = unicodedata.normalize("NFD", name.casefold())
    short = "".join(letter for letter in letters if not unicodedata.combining(letter))
    found = [number for number, names in enumerate(_MONTHS, start=1) if any(month.startswith(short) for month in names)]
    return found[0] if len(found) == 1 else 0
