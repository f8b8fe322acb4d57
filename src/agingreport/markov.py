"""Where the money that is open now ends, if every month is like the past ones: the absorbing Markov view.

A reconciliation beside the provision, no predictor: it forgets how long a debt has been in its bucket. The states are
the buckets, the exits are paid, credited and written off, and the unit is each debt and not the client's whole account,
whose oldest item would bias the rates (van Kuelen, Spronk and Corcoran, Management Science 1981).
Source: Cyert, Davidson and Thompson, Management Science 8(3), 1962.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from agingreport.table import Table

if TYPE_CHECKING:
    from agingreport.books import Books

EXITS = ("paid", "credited", "written off")
COLUMNS = (
    "currency",
    "bucket",
    "open_amount",
    "paid_share",
    "credited_share",
    "written_off_share",
    "paid_amount",
    "credited_amount",
    "written_off_amount",
)
CENT = Decimal("0.01")

Matrix = Sequence[Sequence[float]]


def expected_exits(books: "Books") -> Table:
    """One row a currency and bucket: what is open there, and what of it is expected to end in each exit.

    The shares are 0 to 1 and add up to 1; the amounts are in the currency and add up to open_amount. Null where the
    past does not say: nothing was ever in the bucket, or what is in it never leaves the books.
    """
    transitions = books.show("transitions").dicts()
    opened = {(row["currency"], row["bucket"]): row["open_amount"] for row in open_by_bucket(books)}
    rows = []
    for currency in dict.fromkeys(row["currency"] for row in transitions):
        rates = {
            (row["from_state"], row["to_state"]): row["moved_share"]
            for row in transitions
            if row["currency"] == currency
        }
        buckets = list(dict.fromkeys(start for start, _ in rates if start != "new"))
        for bucket, shares in zip(buckets, exit_shares(rates, buckets), strict=True):
            amount = opened.get((currency, bucket), Decimal(0))
            rows.append((currency, bucket, amount, *shares, *parts(amount, shares)))
    return Table(COLUMNS, tuple(rows))


def open_by_bucket(books: "Books") -> Table:
    """What is open in each bucket at the close of as_of."""
    return books.sql(
        "select a.currency, a.bucket, cast(sum(a.open_amount) as decimal(18, 4)) as open_amount"
        " from aging as a group by a.currency, a.bucket"
    )


def exit_shares(
    rates: Mapping[tuple[str, str], float | None], buckets: Sequence[str]
) -> list[tuple[float | None, ...]]:
    """For each bucket the share that ends in each exit; nulls where the rates do not say."""
    known = determined(rates, buckets)
    stays = [[rates[start, end] or 0.0 for end in known] for start in known]
    exits = [[rates[start, end] or 0.0 for end in EXITS] for start in known]
    found = dict(zip(known, absorbed(stays, exits), strict=True))
    return [tuple(found[bucket]) if bucket in found else (None,) * len(EXITS) for bucket in buckets]


def determined(rates: Mapping[tuple[str, str], float | None], buckets: Sequence[str]) -> list[str]:
    """The buckets whose money, wherever it goes, goes on by known rates and leaves the books in the end."""
    known = [bucket for bucket in buckets if rates[bucket, buckets[0]] is not None]
    while True:
        sound = [
            bucket for bucket in known if not leaks(rates, bucket, buckets, known) and not lasts(rates, bucket, known)
        ]
        if sound == known:
            return known
        known = sound


def leaks(
    rates: Mapping[tuple[str, str], float | None], bucket: str, buckets: Sequence[str], known: Sequence[str]
) -> bool:
    """Whether some of the bucket's money goes where the rates end."""
    return any(rates[bucket, end] for end in buckets if end not in known)


def lasts(rates: Mapping[tuple[str, str], float | None], bucket: str, known: Sequence[str]) -> bool:
    """Whether no way leads from the bucket out of the books."""
    reached = {bucket}
    while more := {end for start in reached for end in known if rates[start, end]} - reached:
        reached |= more
    return not any(rates[start, end] for start in reached for end in EXITS)


def absorbed(stays: Matrix, exits: Matrix) -> list[list[float]]:
    """For each state the share that ends in each exit: (I - Q)^-1 R, with Q `stays` and R `exits`, rows from state."""
    import numpy

    if not stays:
        return []
    leaving = numpy.eye(len(stays)) - numpy.array(stays)
    shares: list[list[float]] = numpy.linalg.solve(leaving, numpy.array(exits)).tolist()
    return shares


def visits(stays: Matrix) -> list[list[float]]:
    """Months that money now in a state spends in each state before it leaves: the fundamental matrix (I - Q)^-1."""
    import numpy

    months: list[list[float]] = numpy.linalg.inv(numpy.eye(len(stays)) - numpy.array(stays)).tolist()
    return months


def parts(amount: Decimal, shares: Sequence[float | None]) -> tuple[Decimal | None, ...]:
    """The amount cut by the shares, to the cent; the first part takes what rounding leaves over."""
    if any(share is None for share in shares):
        return (None,) * len(shares)
    others = [(amount * Decimal(repr(share or 0.0))).quantize(CENT) for share in shares[1:]]
    return (amount - sum(others, Decimal(0)), *others)
