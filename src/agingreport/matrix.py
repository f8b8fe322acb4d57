"""A metric laid out as a matrix: one column a bucket, or where money went to, or a month since its billing."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from agingreport.computed import find_metric
from agingreport.errors import AgingReportError
from agingreport.models import Model, catalogue, find
from agingreport.table import Table

if TYPE_CHECKING:
    from agingreport.books import Books

DAY_BUCKETS = "select bucket_number, bucket from buckets order by bucket_number"
MONTH_BUCKETS = "select bucket_number, bucket from month_buckets order by bucket_number"
TOTAL = "total"
NOUGHT = Decimal("0.0000")
# Of a metric that follows money through time: what becomes its columns, in which order, and what its cells hold.
LAID_OUT = {
    "migration": ("to_state", "to_number", "moved_amount"),
    "transitions": ("to_state", "to_number", "moved_amount"),
    "vintage": ("months_since", "months_since", "unpaid_share"),
}


def as_matrix(books: "Books", metric: str) -> Table:
    """The matrix of a metric with one row for whatever tells its rows apart besides what becomes the columns.

    Raises AgingReportError for a metric that has nothing to make columns of.
    """
    find_metric(metric)
    if metric in LAID_OUT:
        return movement_matrix(books, metric)
    known = {name: model for name, model in catalogue().items() if is_aging(model)}
    if metric not in known:
        raise AgingReportError(
            f"{metric} has no buckets of open amounts to make columns of; these have a matrix: "
            f"{', '.join(sorted((*known, *LAID_OUT)))}."
        )
    return aging_matrix(books, metric, by=[column for column in known[metric].grain if column != "bucket"])


def is_aging(model: Model) -> bool:
    """Whether each row of a metric is what is open in one bucket."""
    has_buckets = {"bucket_number", "open_amount"} <= set(model.columns)
    return model.folder == "" and model.grain[-1:] == ("bucket",) and has_buckets


def aging_matrix(books: "Books", metric: str = "aging", *, by: Sequence[str] = ("client", "currency")) -> Table:
    """The open amounts of a metric with buckets: one row for each combination of `by`, one column a bucket.

    Every bucket of the policy has its column, in its order, and 0 where nothing is open; the last column is the total.
    Raises AgingReportError where the rows would add one currency to another.
    """
    shown = books.show(metric)
    if "currency" in shown.columns and "currency" not in by:
        raise AgingReportError(f"A matrix of {metric} needs a row for each currency: currencies are never added.")
    names = dict(books.sql(MONTH_BUCKETS if "month_buckets" in find(metric).needs else DAY_BUCKETS).rows)
    cells: dict[tuple[Any, ...], dict[int, Decimal]] = {}
    for row in shown:
        amounts = cells.setdefault(tuple(row[name] for name in by), dict.fromkeys(names, NOUGHT))
        amounts[row["bucket_number"]] += row["open_amount"]
    rows = tuple((*key, *amounts.values(), sum(amounts.values())) for key, amounts in cells.items())
    return Table((*by, *names.values(), TOTAL), rows)


def movement_matrix(books: "Books", metric: str) -> Table:
    """Where the money of each state went, in amounts with their total, or how much of each month's billing is unpaid.

    A cell that has not come yet is None, and never nought.
    """
    across, order, value = LAID_OUT[metric]
    by = [column for column in find(metric).grain if column != across]
    shown = books.show(metric).dicts()
    names = dict(sorted({(row[order], str(row[across])) for row in shown}))
    cells: dict[tuple[Any, ...], dict[int, Any]] = {}
    for row in shown:
        cells.setdefault(tuple(row[name] for name in by), dict.fromkeys(names))[row[order]] = row[value]
    if value.endswith("_amount"):
        rows = tuple((*key, *amounts.values(), sum(amounts.values())) for key, amounts in cells.items())
        return Table((*by, *names.values(), TOTAL), rows)
    return Table((*by, *names.values()), tuple((*key, *shares.values()) for key, shares in cells.items()))
