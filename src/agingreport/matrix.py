"""A metric with buckets laid out as a matrix: one row an account, one column a bucket, and the total."""

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


def as_matrix(books: "Books", metric: str) -> Table:
    """The matrix of a metric with one row for whatever tells its rows apart besides the bucket.

    Raises AgingReportError for a metric without buckets of open amounts.
    """
    find_metric(metric)
    known = {name: model for name, model in catalogue().items() if is_aging(model)}
    if metric not in known:
        raise AgingReportError(
            f"{metric} has no buckets of open amounts to make columns of; these have: {', '.join(known)}."
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
