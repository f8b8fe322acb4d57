"""A table made of the policy, and the dates that such tables are counted by."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

Value = str | int | bool | date | Decimal | None
Row = tuple[Value, ...]

# A rate has 19 digits so that DuckDB gives its product with an amount 38: of two numbers up to 18 it makes one of 18.
TEXT, WHOLE, AMOUNT, RATE, DAY = "VARCHAR", "INTEGER", "DECIMAL(18,4)", "DECIMAL(19,6)", "DATE"


@dataclass(frozen=True, slots=True)
class PolicyTable:
    """A table made of the policy: (name, DuckDB type) of each column, and its rows."""

    columns: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]


def years_before(day: date, years: int) -> date:
    """The same day that many years earlier; 29 February becomes the 28th."""
    earlier = max(day.year - years, 1)
    return day.replace(year=earlier, day=min(day.day, monthrange(earlier, day.month)[1]))


def last_barred_due_date(as_of: date, *, years: int, counts_from_year_end: bool) -> date:
    """The latest due date whose limitation period is over at the close of as_of; the anniversary itself is over.

    Counted from the end of the year of the due date, the period ends with a 31 December.
    """
    if not counts_from_year_end:
        return years_before(as_of, years)
    is_last_day = (as_of + timedelta(days=1)).year > as_of.year
    return date(max(as_of.year - years - (0 if is_last_day else 1), 1), 12, 31)
