"""What 'agingreport load' does once it knows what to load: take the files in, and say what became of each."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from agingreport.ledger import Ledger, open_ledger
from agingreport.loading.exports import find_exports
from agingreport.loading.intake import Loaded, NothingLoaded
from agingreport.loading.refusals import file_at, open_places
from agingreport.policy.sections import Policy
from agingreport.progress import bar
from agingreport.readers import ReadOptions, date_zone, known_encoding
from agingreport.table import Table

if TYPE_CHECKING:
    from agingreport.books import Books
    from agingreport.loading.exports import Export

MOST_NAMED = 5
NAMES_FOUND = {
    "aliases": "Names shown under another: {count}",
    "same_clients": "Pairs of names that are probably one client, for you to say with agingreport same: {count}",
}
HISTORY = (
    "load_id",
    "loaded_at",
    "file_name",
    "reader",
    "rows_read",
    "rows_new",
    "rows_unchanged",
    "rows_changed",
    "rows_skipped",
    "rows_refused",
)
FOUR_PLACES = re.compile(r"(\.\d\d)00$")


@dataclass(frozen=True)
class How:
    """How a load is to be done: when it is, what the user says of the files, and the policy."""

    loaded_at: datetime
    options: ReadOptions
    policy: Policy


def load_options(policy: Policy, *, time_zone: str | None, currency: str | None, **others: Any) -> ReadOptions:
    """What the user says of the files, beside what the policy says."""
    if time_zone is not None:
        date_zone(time_zone)
    if others.get("encoding"):
        known_encoding(others["encoding"])
    return ReadOptions(
        currency=currency.upper() if currency else None,
        fallback_currency=policy.conventions.reporting_currency,
        time_zone=time_zone,
        **others,
    )


def load_exports(paths: Sequence[Path], ledger_path: Path, *, how: How, say: Callable[[str], None]) -> bool:
    """Load what the paths mean and print what became of each file; whether nothing waits to be mended."""
    with find_exports(paths) as found:
        if found.passed_over:
            say(f"Passed over, not called as an export is: {some_of(found.passed_over)}.")
        with open_ledger(ledger_path, writable=True) as ledger:
            loaded = load_and_print(ledger, found.exports, how=how)
    return tell_open(loaded, ledger_path, say)


def retry_exports(ledger_path: Path, *, how: How, say: Callable[[str], None]) -> bool:
    """Load again the files in which something is still refused; whether nothing is any more."""
    open_ledger(ledger_path).close()  # one that is not there is not to be made
    with open_ledger(ledger_path, writable=True) as ledger:
        waiting = open_places(ledger.connection)
        found_at = {place: file_at(Path(place)) for place in waiting}
        missing = [place for place, path in found_at.items() if path is None]
        for place in missing:
            say(f"There is no file {place} any more: put it back, or load it from where it is now.")
        paths = list(dict.fromkeys(path for path in found_at.values() if path))
        if not paths:
            say("There is no file to load again." if missing else "Nothing is refused.")
            return not missing
        with find_exports(paths) as found:
            exports = [
                replace(export, name=waiting[export.place], is_named=False)
                for export in found.exports
                if export.place in waiting
            ]
            loaded = load_and_print(ledger, exports, how=how)
    return tell_open(loaded, ledger_path, say) and not missing


def load_and_print(ledger: Ledger, exports: "Sequence[Export]", *, how: How) -> list[Loaded]:
    """Load the files and print a line on each, also where none could be loaded."""
    try:
        with bar("rows", connection=ledger.connection) as tell:
            loaded = ledger.load(exports, loaded_at=how.loaded_at, options=how.options, progress=tell)
    except NothingLoaded as error:
        if len(error.loaded) > 1:
            print_loaded(error.loaded)
        raise
    print_loaded(loaded)
    if any(file.is_news for file in loaded):
        print_news(ledger.as_of(how.loaded_at.date(), policy=how.policy), ledger.last_load())
    return loaded


def print_news(books: "Books", load_id: int) -> None:
    """What the load has changed of what was told before, and which names are alike."""
    changed = [row for row in books.show("changed_rows") if row["load_id"] == load_id]
    for row in changed[:MOST_NAMED]:
        click.echo(f"  {in_a_line(row)}")
    if len(changed) > MOST_NAMED:
        click.echo(f"  and {len(changed) - MOST_NAMED:,} more changes: agingreport show changed_rows")
    for metric, words in NAMES_FOUND.items():
        if count := len(books.show(metric)):
            click.echo(f"{words.format(count=count)} (agingreport show {metric}).")


def in_a_line(row: Mapping[str, Any]) -> str:
    """One change, before and after."""
    whose = f" of {row['client']}" if row["client"] and row["client"] != row["subject"] else ""
    before, after = (FOUR_PLACES.sub(r"\1", row[when] or "nothing") for when in ("before", "after"))
    return f"changed: {row['fact']} {row['number'] or row['subject']}{whose}: {row['column_name']} {before} → {after}"


def print_loaded(loaded: Sequence[Loaded]) -> None:
    """The sum of the rows of each file, and what is to be known about it."""
    for file in loaded:
        click.echo(f"{file.file_name}: refused: {file.refusal}" if file.refusal else sum_of_rows(file))
        for note in file.notes:
            click.echo(f"  {note}")


def sum_of_rows(file: Loaded) -> str:
    """The line that says what became of each row of a file."""
    return (
        f"{file.file_name}: {file.reader}; {file.rows_read:,} rows = {file.rows_new:,} new"
        f" + {file.rows_unchanged:,} unchanged + {file.rows_changed:,} changed"
        f" + {file.rows_skipped:,} skipped by rule + {file.rows_refused:,} refused"
    )


def tell_open(loaded: Sequence[Loaded], ledger_path: Path, say: Callable[[str], None]) -> bool:
    """Say in one line what waits to be mended; whether nothing does."""
    files, rows = sum(1 for file in loaded if file.refusal), sum(file.rows_open for file in loaded)
    if not files and not rows:
        return True
    what = " and ".join(
        f"{number:,} {word}{'s' if number > 1 else ''}" for number, word in ((files, "file"), (rows, "row")) if number
    )
    say(
        f"Refused: {what}. agingreport show rejects --ledger {ledger_path} lists them whole, with the reasons; after"
        " mending, agingreport load --retry."
    )
    return False


def some_of(names: Sequence[str]) -> str:
    """The names, or the first of them and how many more there are."""
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def history(books: "Books") -> Table:
    """Every file that was loaded, the last first."""
    rows = sorted(books.show("sources"), key=lambda row: -row["source_id"])
    return Table(HISTORY, tuple(tuple(row[column] for column in HISTORY) for row in rows))
