"""The ledger: one DuckDB file that takes exports in and gives an immutable view of any day."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Self

from agingreport import __version__
from agingreport.engines import attach
from agingreport.errors import AgingReportError

if TYPE_CHECKING:
    import duckdb

    from agingreport.books import Books
    from agingreport.loading.exports import Export
    from agingreport.loading.intake import Loaded
    from agingreport.policy.sections import Policy
    from agingreport.progress import Tell
    from agingreport.readers import ReadOptions

FORMAT_VERSION = 3
# The information schema would say the same in ten times the time.
ANY_TABLE = """
select 1 from duckdb_tables() where database_name = current_database()
union all
select 1 from duckdb_views() where database_name = current_database() and not internal
limit 1
"""
FORMAT_TABLE = """
select 1 from duckdb_tables()
where database_name = current_database() and schema_name = 'ledger' and table_name = 'format'
"""


@dataclass(frozen=True)
class Ledger:
    """An open ledger; close it, or use it in a `with`: a file made for a first load that is refused goes with it."""

    path: Path
    connection: "duckdb.DuckDBPyConnection" = field(repr=False)
    is_new: bool = False  # the file was made when it was opened

    def __enter__(self) -> Self:
        return self

    def __exit__(self, error: object, *_: object) -> None:
        is_unused = self.is_new and error is not None and self.last_load() == 0
        self.close()
        if is_unused:
            self.path.unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the file."""
        self.connection.close()

    def load(
        self,
        files: "Sequence[Path | Export]",
        *,
        loaded_at: datetime,
        options: "ReadOptions | None" = None,
        progress: "Tell | None" = None,
    ) -> "list[Loaded]":
        """Take exports in, in one transaction. What each row became is counted.

        A file that is in the ledger already, byte for byte, is not read again. Raises AgingReportError if a file that
        was named is not recognised, or none of those of folders and archives is; the ledger is then as it was.
        """
        from agingreport.loading.exports import Export
        from agingreport.loading.intake import GivenUp, load_files

        exports = [Export.named(file) if isinstance(file, Path) else file for file in files]
        while True:
            try:
                with transaction(self.connection):
                    return load_files(self.connection, exports, loaded_at=loaded_at, options=options, progress=progress)
            except GivenUp as stop:
                exports = [replace(one, refusal=stop.reason) if one.place == stop.place else one for one in exports]

    def say_same(self, client: str, other: str, *, is_same: bool, said_at: datetime) -> None:
        """Take in that two names are one client, shown as the first, or that they are two, whatever they look like.

        Raises AgingReportError where a name is not known, or where it contradicts what was said before.
        """
        from agingreport.loading.saying import say_same

        with transaction(self.connection):
            say_same(self.connection, client, other, is_same=is_same, said_at=said_at)

    def as_of(self, day: date, *, policy: "Policy | None" = None, known_on: date | None = None) -> "Books":
        """The books at the close of that day, as known now or as they were known at the close of `known_on`."""
        from agingreport.books import Books
        from agingreport.policy.reading import load_policy

        return Books(self.connection, day, policy or load_policy(None), self.last_load(known_on), known_on)

    def last_load(self, known_on: date | None = None) -> int:
        """Number of the last load up to the close of that day (UTC); 0 where there was none."""
        found = self.connection.execute(
            "select coalesce(max(load_id), 0) from ledger.loads where $day is null or loaded_at::date <= $day",
            {"day": known_on},
        ).fetchall()
        return int(found[0][0])


def open_ledger(path: Path, *, writable: bool = False) -> Ledger:
    """The ledger in that file; read-only unless `writable`, and then made where there is none.

    Raises AgingReportError where there is no ledger, where the file is none, is locked, or is of a newer version.
    """
    import duckdb

    is_missing = not path.exists()
    if is_missing and not writable:
        raise AgingReportError(f"There is no ledger at {path}: make one with 'agingreport load FILE --ledger {path}'.")
    try:
        if is_missing:
            path.parent.mkdir(parents=True, exist_ok=True)
        connection = attach(path, is_read_only=not writable)
    except (duckdb.Error, OSError) as error:
        raise AgingReportError(f"Cannot open the ledger {path}: {why_not_opened(error)}") from error
    try:
        if writable:
            make_tables(connection, path)
        check_version(connection, path)
    except BaseException:
        connection.close()
        raise
    return Ledger(path, connection, is_new=is_missing)


def why_not_opened(error: Exception) -> str:
    """The reason in one line, with what to do."""
    text = str(error)
    if "lock" in text.lower():
        return "another program has it open; close that one and try again."
    if "not a valid DuckDB" in text or "magic bytes" in text.lower():
        return "it is not a ledger (not a DuckDB file); give another path with --ledger."
    if "newer version" in text.lower() or "storage version" in text.lower():
        return "a newer DuckDB wrote it; update agingreport with 'pip install --upgrade agingreport'."
    return text.splitlines()[0] + "; check that the folder exists and can be written to."


def make_tables(connection: "duckdb.DuckDBPyConnection", path: Path) -> None:
    """Give a new file its tables; one that has other tables is refused."""
    if has_ledger(connection):
        return
    if connection.execute(ANY_TABLE).fetchall():
        raise AgingReportError(f"{path} is a DuckDB file with other tables in it: give another path with --ledger.")
    with transaction(connection):
        connection.execute(files("agingreport").joinpath("schema.sql").read_text(encoding="utf-8"))
        connection.execute("insert into ledger.format values ($1, $2)", [FORMAT_VERSION, __version__])


def has_ledger(connection: "duckdb.DuckDBPyConnection") -> bool:
    """Whether the file holds the tables of a ledger."""
    return bool(connection.execute(FORMAT_TABLE).fetchall())


def check_version(connection: "duckdb.DuckDBPyConnection", path: Path) -> None:
    """Refuse a file that is no ledger, and a ledger that another agingreport keeps in another form."""
    if not has_ledger(connection):
        raise AgingReportError(f"{path} is a DuckDB file but no ledger: give another path with --ledger.")
    version, made_by = connection.execute("select format_version, made_by from ledger.format").fetchall()[0]
    if version < FORMAT_VERSION:
        raise AgingReportError(
            f"{path} is a ledger of format {version}, made by agingreport {made_by}; this is {__version__}, which"
            f" keeps format {FORMAT_VERSION}: load the exports into a new one with --ledger."
        )
    if version > FORMAT_VERSION:
        raise AgingReportError(
            f"{path} is a ledger of format {version}, made by agingreport {made_by}; this is {__version__}, which"
            f" reads up to format {FORMAT_VERSION}: update with 'pip install --upgrade agingreport'."
        )


@contextmanager
def transaction(connection: "duckdb.DuckDBPyConnection") -> Iterator[None]:
    """All of it, or, if it stops for any reason, none of it."""
    connection.execute("begin transaction")
    try:
        yield
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit")
