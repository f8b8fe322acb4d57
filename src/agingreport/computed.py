"""The metrics that are worked out in Python from others: named, listed and explained like those of SQL."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from agingreport.errors import AgingReportError
from agingreport.markov import expected_exits
from agingreport.models import Model, find
from agingreport.table import Table

if TYPE_CHECKING:
    from agingreport.books import Books


def described(
    name: str,
    summary: str,
    *,
    treatments: Mapping[str, str],
    grain: tuple[str, ...],
    columns: Mapping[str, str],
    needs: str,
) -> Model:
    """A metric without SQL of its own."""
    return Model(
        name=name,
        folder="",
        summary=summary,
        treatments=treatments,
        grain=grain,
        columns=columns,
        is_shared=False,
        is_kept=False,
        guards=(),
        select="",
        order=(),
        needs=tuple(needs.split()),
    )


EXPECTED_EXITS = described(
    "expected_exits",
    "Where the money that is open now ends if every month is like the past ones: the absorbing Markov view. Beside the"
    " provision, and no predictor: it forgets how long a debt has been in its bucket. Null where the past does not say:"
    " nothing was ever in the bucket, or what is in it never leaves the books. Worked out in Python: expected_exits of"
    " agingreport.markov.",
    treatments={
        "formula": "shares = (I - Q)^-1 * R, of the transitions between buckets (Q) and out of the books (R)",
        "credits": "a credit note is a way out of its own; unapplied money moves nothing",
        "disputes": "disputed debts are in, like all others",
        "drafts": "left out, and so are void documents",
        "source": "Cyert, Davidson and Thompson, Management Science 8(3), 1962",
    },
    grain=("currency", "bucket"),
    columns={
        "currency": "ISO 4217",
        "bucket": "label from the policy",
        "open_amount": "currency; open in the bucket at as_of; >= 0",
        "paid_share": "0 to 1; of it, ends paid; null = unknown",
        "credited_share": "0 to 1; of it, ends credited; null = unknown",
        "written_off_share": "0 to 1; of it, ends written off; the three shares add up to 1; null = unknown",
        "paid_amount": "currency; open_amount * paid_share; takes what rounding leaves over; null = unknown",
        "credited_amount": "currency; open_amount * credited_share, to the cent; null = unknown",
        "written_off_amount": "currency; open_amount * written_off_share, to the cent; null = unknown",
    },
    needs="aging transitions",
)
MAKERS: Mapping[str, Callable[["Books"], Table]] = {"expected_exits": expected_exits}
COMPUTED = {model.name: model for model in (EXPECTED_EXITS,)}


def find_metric(name: str) -> Model:
    """The metric of that name, of SQL or not. Raises AgingReportError with the nearest names where there is none."""
    return COMPUTED.get(name) or find(name)


def show_metric(books: "Books", name: str) -> Table:
    """The rows of a metric, of SQL or not, in its documented columns."""
    return MAKERS[name](books) if name in MAKERS else books.show(name)


def refuse_sql(name: str) -> None:
    """Raise AgingReportError for a metric that has no SQL."""
    if name in COMPUTED:
        needs = " and ".join(COMPUTED[name].needs)
        raise AgingReportError(f"{name} has no SQL: it is worked out in Python from {needs}, which have.")
