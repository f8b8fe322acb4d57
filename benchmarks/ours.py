"""agingreport on the same books, in a process of its own: what run.py starts and times.

* `ours.py load FOLDER` loads the plain files into a new ledger; it prints the seconds, first and again.
* `ours.py read FILE` loads one file into a new ledger; it prints the seconds.
* `ours.py report FOLDER OUT AS_OF` prints the seconds of each measure and keeps the figures.
* `ours.py measures FOLDER AS_OF` prints the seconds of every measure there is, all in one process.
"""

import json
import sys
import time
from collections import defaultdict
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

# Some of these are imported late otherwise, when they are used: here before the clock starts, as reference.py has its
# libraries by then.
import duckdb  # noqa: F401
import python_calamine  # noqa: F401
from figures import BUCKETS, Figures, cents

from agingreport import models, readers  # noqa: F401
from agingreport.books import Books
from agingreport.ledger import open_ledger
from agingreport.loading import derive, intake, remembered, same_clients, twins  # noqa: F401
from agingreport.policy.reading import load_policy

MEASURES = ("aging", "aging_trend", "dso", "lateness")
# No measures of the books: what the decisions rest on, or are, and the list of what settles what.
NO_MEASURES = {
    "bad_debts",
    "decisions",
    "holds",
    "recoveries",
    "recovery_rates",
    "reminders",
    "routes",
    "settlements",
}
# Invoices settled in full, by whatever: the one thing about lateness that everybody defines alike.
SETTLED = """
select t.client, count(*), cast(sum(date_diff('day', t.due_date, t.settled_on)) as bigint)
from due_totals as t
where t.is_invoice and t.settled_amount = t.due_amount
group by t.client
"""


def load(folder: Path) -> dict[str, float]:
    """Seconds to load the files into a new ledger, and to load the same files again."""
    file = folder / "ours.duckdb"
    file.unlink(missing_ok=True)
    paths = [folder / "documents.csv", folder / "allocations.csv"]
    now = datetime.now(UTC).replace(tzinfo=None)
    started = time.perf_counter()
    with open_ledger(file, writable=True) as ledger:
        ledger.load(paths, loaded_at=now)
    loaded = time.perf_counter()
    with open_ledger(file, writable=True) as ledger:
        ledger.load(paths, loaded_at=now)
    return {"seconds": loaded - started, "again": time.perf_counter() - loaded}


def read(path: Path) -> dict[str, float]:
    """Seconds to load one export into a new ledger."""
    file = path.with_suffix(".duckdb")
    file.unlink(missing_ok=True)
    started = time.perf_counter()
    with open_ledger(file, writable=True) as ledger:
        ledger.load([path], loaded_at=datetime.now(UTC).replace(tzinfo=None))
    return {"seconds": time.perf_counter() - started}


def report(folder: Path, as_of: date) -> tuple[dict[str, float], Figures]:
    """Seconds of each measure with all that it rests on, and the figures."""
    policy = load_policy(None)
    with open_ledger(folder / "ours.duckdb") as ledger:
        laps: dict[str, float] = {}
        started = time.perf_counter()
        books = ledger.as_of(as_of, policy=policy)
        for measure in MEASURES:
            books.show(measure)
            laps[measure] = time.perf_counter() - started - sum(laps.values())
        return {"seconds": sum(laps.values()), **laps}, figures(books)


def is_long(model: models.Model) -> bool:
    """Whether a measure has a row for each document, client or group of clients."""
    return bool({"document_id", "client", "group_client"} & {*model.grain})


def measures(folder: Path, as_of: date) -> dict[str, float]:
    """Seconds of every measure: to Python values, and the long ones to a Parquet file."""
    policy = load_policy(None)
    with open_ledger(folder / "ours.duckdb") as ledger:
        laps: dict[str, float] = {}
        started = time.perf_counter()
        books = ledger.as_of(as_of, policy=policy)
        for name, model in models.catalogue().items():
            if model.folder or name in NO_MEASURES:
                continue
            if is_long(model):
                books.save(name, folder / "measure.parquet")
            else:
                books.show(name)
            laps[name] = time.perf_counter() - started - sum(laps.values())
        return {"seconds": sum(laps.values()), **laps}


def figures(books: Books) -> Figures:
    """What the books say, in the shape that can be compared."""
    aging: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for row in books.show("aging"):
        aging[row["client"]][row["bucket"]] = row["open_amount"]
    trend: dict[date, dict[str, Decimal]] = defaultdict(dict)
    for row in books.show("aging_trend"):
        trend[row["month_end"]][row["bucket"]] = row["open_amount"]
    dso = {row["month_end"]: [row["unapplied_amount"], row["billed_amount"]] for row in books.show("dso")}
    return Figures(
        aging={client: cents(map(amounts.get, BUCKETS)) for client, amounts in aging.items()},
        trend={day.isoformat(): cents([*map(amounts.get, BUCKETS), *dso[day]]) for day, amounts in trend.items()},
        paid={client: [count, days] for client, count, days in books.sql(SETTLED).rows},
    )


def main() -> None:
    """Do what the command line asks."""
    task, folder, *rest = sys.argv[1:]
    if task in {"load", "read"}:
        print(json.dumps((load if task == "load" else read)(Path(folder))))
        return
    if task == "measures":
        print(json.dumps(measures(Path(folder), date.fromisoformat(rest[0]))))
        return
    seconds, found = report(Path(folder), date.fromisoformat(rest[1]))
    found.write(Path(rest[0]))
    print(json.dumps(seconds))


if __name__ == "__main__":
    main()
