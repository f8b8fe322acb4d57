"""Take files into the ledger: read, merge, derive what the exports could not say, and account for every row."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from agingreport import __version__
from agingreport.errors import AgingReportError
from agingreport.exports import sha256
from agingreport.kept import keep_models
from agingreport.merge import RowCounts, merge
from agingreport.refusals import note_refused_file, note_refused_rows, settle

if TYPE_CHECKING:
    import duckdb

    from agingreport.exports import Export
    from agingreport.readers import Reading, ReadOptions

# The last time that a file was read is what the ledger holds of it.
KNOWN_FILE = """
select
    s.options, s.reader, s.rows_read, s.rows_new + s.rows_unchanged + s.rows_changed, s.rows_skipped, s.rows_refused,
    (
        select count(distinct r.row_number) from ledger.rejects as r
        where r.source_id = s.source_id and r.settled_by is null
    ),
    (select r.reason from ledger.rejects as r where r.source_id = s.source_id and s.is_refused)
from ledger.sources as s
where s.sha256 = $sha256 and (not s.is_refused or s.place = $place)
order by s.source_id desc limit 1
"""
NEXT_LOAD = "select coalesce(max(load_id), 0)::integer + 1 from ledger.loads"
NEXT_SOURCE = "select coalesce(max(source_id), 0)::integer + 1 from ledger.sources"
NOTE_LOAD = "insert into ledger.loads values ($load_id, $loaded_at, $version)"
NOTE_SOURCE = """
insert into ledger.sources by name
select
    $source_id as source_id, $load_id as load_id, $file_name as file_name, $place as place, $sha256 as sha256,
    $options as options, $is_refused as is_refused, $reader as reader, $family as family,
    $statement_date as statement_date, $is_complete as is_complete, $links_payments as links_payments,
    $rows_read as rows_read, $rows_new as rows_new, $rows_unchanged as rows_unchanged, $rows_changed as rows_changed,
    $rows_skipped as rows_skipped, $rows_refused as rows_refused
"""
# An export that names no day speaks, at the earliest, of the day of its latest document.
DATE_OPEN_BALANCES = """
create or replace temp table staged_open_balances as
select
    b.document_id,
    coalesce($statement_date, (select max(d.document_date) from staged_documents as d)) as stated_on,
    b.open_amount, b.last_paid_on, b.source_row, b.source_rows
from staged_open_balances as b
"""
# A document that an export shows as void, without its amount, was posted before: its former version stays.
KNOWN_VOIDS = """
create or replace temp table voided as
select d.* from ledger.documents as d
inner join staged_voids as v on v.document_id = d.document_id
where d.replaced_by is null and d.status is distinct from 'void'
"""
REPLACE_VOIDS = """
update ledger.documents set replaced_by = $load_id
where replaced_by is null and document_id in (select document_id from voided)
"""
INSERT_VOIDS = """
insert into ledger.documents
select * replace ('void' as status, $source_id as source_id, $load_id as loaded_by, null as replaced_by) from voided
"""


@dataclass(frozen=True)
class Loaded:
    """What became of the rows of one file; read = new + unchanged + changed + skipped + refused.

    A file of a folder or archive that was refused whole has a `refusal` and no rows.
    """

    file_name: str
    reader: str = ""
    rows_read: int = 0
    rows_new: int = 0
    rows_unchanged: int = 0
    rows_changed: int = 0
    rows_skipped: int = 0
    rows_refused: int = 0
    notes: tuple[str, ...] = ()
    refusal: str | None = None
    is_news: bool = True  # the ledger has not read it before
    rows_open: int = 0  # of the refused rows, those that nothing has mended since

    @property
    def is_done(self) -> bool:
        """Nothing of it waits to be mended."""
        return not self.rows_open and not self.refusal


class NothingLoaded(AgingReportError):
    """Every file of the load was refused; `loaded` says why of each."""

    def __init__(self, loaded: "list[Loaded]") -> None:
        several = f"None of the {len(loaded)} files could be loaded; nothing was changed."
        super().__init__(several if len(loaded) > 1 else f"{loaded[0].file_name}: {loaded[0].refusal}")
        self.loaded = loaded


class GivenUp(Exception):
    """A file of a folder stopped DuckDB, and with it the transaction: the others are to be loaded again without it."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(place)
        self.place, self.reason = place, reason


@dataclass(frozen=True)
class Load:
    """One load in the making: where it goes, its number, and what the user says of the files."""

    connection: "duckdb.DuckDBPyConnection"
    load_id: int
    options: "ReadOptions"


def load_files(
    connection: "duckdb.DuckDBPyConnection",
    exports: "Sequence[Export]",
    *,
    loaded_at: datetime,
    options: "ReadOptions | None" = None,
    progress: Callable[[str], None] | None = None,
) -> list[Loaded]:
    """Take the files in within the caller's transaction; a file known byte for byte is not read again.

    Raises NothingLoaded where each is refused, GivenUp where the transaction has to be begun anew without one.
    """
    from agingreport.derive import derive
    from agingreport.readers import ReadOptions

    load = Load(connection, int(connection.execute(NEXT_LOAD).fetchall()[0][0]), options or ReadOptions())
    connection.execute(NOTE_LOAD, {"load_id": load.load_id, "loaded_at": loaded_at, "version": __version__})
    loaded = []
    for export in exports:
        if progress:
            progress(export.name)
        loaded.append(known_file(load, export) or take_file(load, export))
    if all(file.refusal for file in loaded):
        raise NothingLoaded(loaded)
    if not any(file.is_news for file in loaded):
        connection.execute("delete from ledger.loads where load_id = $load_id", {"load_id": load.load_id})
    else:
        derive(connection, load_id=load.load_id)
        keep_models(connection, load_id=load.load_id)
    return loaded


SEEN = "loaded before, nothing in it is new"


def known_file(load: Load, export: "Export") -> Loaded | None:
    """What to say of a file that has been read before in the same way; None for any other."""
    if export.refusal:
        return None
    found = load.connection.execute(KNOWN_FILE, {"sha256": export.sha256, "place": export.place}).fetchall()
    for how, reader, rows_read, rows_taken, rows_skipped, rows_refused, rows_open, refusal in found:
        if how != how_read(load.options):
            return None
        if refusal:
            return None if export.is_named else Loaded(export.name, refusal=refusal, is_news=False)
        rows = (rows_read, 0, rows_taken, 0, rows_skipped, rows_refused)
        return Loaded(export.name, reader, *rows, notes=(SEEN,), is_news=False, rows_open=rows_open)
    return None


def how_read(options: "ReadOptions") -> str:
    """What decides what is read from a file besides its bytes: the options, the profile's content, and our version."""
    profile = f"{options.profile.name} {sha256(options.profile)}" if options.profile else "no profile"
    return f"{__version__}, {replace(options, profile=None)!r}, {profile}"


def take_file(load: Load, export: "Export") -> Loaded:
    """Load one file; one of a folder or archive that is refused is noted and does not stop the others."""
    from agingreport import readers

    try:
        if export.refusal:
            raise AgingReportError(export.refusal)
        reading = readers.read(export.path, connection=load.connection, options=load.options, name=export.name)
    except AgingReportError as error:
        if export.is_named:
            raise
        reason = str(error).removeprefix(f"{export.name}: ")
        if has_stopped(load.connection):
            raise GivenUp(export.place, reason) from error
        return note_refusal(load, export, reason)
    return merge_file(load, export, reading)


def has_stopped(connection: "duckdb.DuckDBPyConnection") -> bool:
    """Whether DuckDB has given the transaction up: any statement that fails is the end of it."""
    import duckdb

    try:
        connection.execute("select 1").fetchall()
    except duckdb.TransactionException:
        return True
    return False


def note_refusal(load: Load, export: "Export", reason: str) -> Loaded:
    """Write down a file that was refused whole."""
    loaded = Loaded(export.name, refusal=reason)
    source_id = next_source(load)
    note_source(load, export, loaded, source_id=source_id, said=NOTHING_SAID)
    note_refused_file(load.connection, export, reason, source_id=source_id)
    return loaded


def merge_file(load: Load, export: "Export", reading: "Reading") -> Loaded:
    """Merge what was read from one file, and note where it came from and what became of its rows."""
    source_id = next_source(load)
    load.connection.execute(DATE_OPEN_BALANCES, {"statement_date": reading.statement_date})
    settle(load.connection, export, reading, sha256=export.sha256, load_id=load.load_id)
    rows = merge(load.connection, load_id=load.load_id, source_id=source_id)
    void_known(load.connection, load_id=load.load_id, source_id=source_id)
    note_refused_rows(load.connection, source_id=source_id)
    loaded = account(export, reading, rows)
    said = {
        "family": family(reading.reader),
        "statement_date": reading.statement_date,
        "is_complete": "all_open_items" in reading.can,
        "links_payments": "payment_links" in reading.can,
    }
    note_source(load, export, loaded, source_id=source_id, said=said)
    return loaded


def next_source(load: Load) -> int:
    """The number of the next source."""
    return int(load.connection.execute(NEXT_SOURCE).fetchall()[0][0])


def void_known(connection: "duckdb.DuckDBPyConnection", *, load_id: int, source_id: int) -> None:
    """Void the documents that the file shows as void and that were posted until now."""
    connection.execute(KNOWN_VOIDS)
    connection.execute(REPLACE_VOIDS, {"load_id": load_id})
    connection.execute(INSERT_VOIDS, {"load_id": load_id, "source_id": source_id})


def account(export: "Export", reading: "Reading", rows: RowCounts) -> Loaded:
    """The sum of the rows; a reader that has lost one raises, and the load is undone."""
    told = rows.new + rows.unchanged + rows.changed + reading.rows_skipped + reading.rows_refused
    if told != reading.rows_read:
        raise AgingReportError(
            f"{export.name}: {reading.rows_read} rows read, but {told} accounted for. This is a fault of the reader"
            f" '{reading.reader}'; nothing was loaded. Please report it with the file's header row."
        )
    return Loaded(
        file_name=export.name,
        reader=reading.reader,
        rows_read=reading.rows_read,
        rows_new=rows.new,
        rows_unchanged=rows.unchanged,
        rows_changed=rows.changed,
        rows_skipped=reading.rows_skipped,
        rows_refused=reading.rows_refused,
        notes=reading.notes,
        rows_open=reading.rows_refused,
    )


NOTHING_SAID: Mapping[str, object] = {
    "family": "",
    "statement_date": None,
    "is_complete": False,
    "links_payments": True,
}


def note_source(load: Load, export: "Export", loaded: Loaded, *, source_id: int, said: Mapping[str, object]) -> None:
    """Write down of a file where it was, how it was read, what it can say, and what became of its rows."""
    values = {
        "source_id": source_id,
        "load_id": load.load_id,
        "file_name": loaded.file_name,
        "place": export.place,
        "sha256": export.sha256,
        "options": how_read(load.options),
        "is_refused": loaded.refusal is not None,
        "reader": loaded.reader,
        "rows_read": loaded.rows_read,
        "rows_new": loaded.rows_new,
        "rows_unchanged": loaded.rows_unchanged,
        "rows_changed": loaded.rows_changed,
        "rows_skipped": loaded.rows_skipped,
        "rows_refused": loaded.rows_refused,
    }
    load.connection.execute(NOTE_SOURCE, {**values, **said})


def family(reader: str) -> str:
    """The books a format speaks of: formats that give their documents one prefix describe one set."""
    from agingreport.readers import formats

    prefixes = {known.name: known.id_prefix for known in formats()}
    return prefixes.get(reader) or reader.partition("-")[0]
