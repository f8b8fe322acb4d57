"""Take files into the ledger: read, merge, derive what the exports could not say, and account for every row."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from agingreport import __version__
from agingreport.errors import AgingReportError, DocumentsNeeded
from agingreport.kept import keep_models
from agingreport.loading.merge import RowCounts, merge
from agingreport.loading.refusals import is_noted, note_refused_file, note_refused_rows, settle
from agingreport.loading.voids import void_known
from agingreport.progress import told_of

if TYPE_CHECKING:
    import duckdb

    from agingreport.loading.exports import Export
    from agingreport.loading.remembered import Memory
    from agingreport.progress import Tell
    from agingreport.readers import Reading, ReadOptions

# The last time that a file was taken is what the ledger holds of it.
KNOWN_FILE = """
select
    s.options, s.source_kind, s.reader, s.rows_read, s.rows_new + s.rows_unchanged + s.rows_changed, s.rows_skipped,
    s.rows_refused,
    (
        select count(distinct r.row_number) from ledger.rejects as r
        where r.source_id = s.source_id and r.settled_by is null
    )
from ledger.sources as s
where s.sha256 = $sha256 and not s.is_refused
order by s.source_id desc limit 1
"""
NEXT_LOAD = "select coalesce(max(load_id), 0)::integer + 1 from ledger.loads"
NEXT_SOURCE = "select coalesce(max(source_id), 0)::integer + 1 from ledger.sources"
NOTE_LOAD = "insert into ledger.loads values ($load_id, $loaded_at, $version)"
NOTE_SOURCE = """
insert into ledger.sources by name
select
    $source_id as source_id, $load_id as load_id, $file_name as file_name, $place as place, $sha256 as sha256,
    $options as options, $is_refused as is_refused, $reader as reader, $source_kind as source_kind, $family as family,
    $statement_date as statement_date, $is_complete as is_complete, $links_payments as links_payments,
    $rows_read as rows_read, $rows_new as rows_new, $rows_unchanged as rows_unchanged, $rows_changed as rows_changed,
    $rows_skipped as rows_skipped, $rows_refused as rows_refused
"""
NOTE_DIFFERENCES = """
insert into ledger.total_differences
select $source_id, row_number, label, column_name, currency, printed_amount, counted_amount, is_by_date
from staged_total_differences
"""
# What a reader is offered of the ledger, for files that speak of documents which other files have brought.
OFFER_DOCUMENTS = """
create or replace temp view known_documents as
select
    document_id, kind, client, number, document_date, amount, currency,
    kind not in ('invoice', 'journal_debit', 'refund') as is_credit
from ledger.documents
where replaced_by is null and origin = 'export' and coalesce(status, 'posted') = 'posted'
"""
# An export that names no day speaks, at the earliest, of the latest day in it: of a document or of a payment.
DATE_OPEN_BALANCES = """
create or replace temp table staged_open_balances as
select
    b.document_id,
    coalesce(
        $statement_date,
        greatest(
            (select max(d.document_date) from staged_documents as d),
            (select max(o.last_paid_on) from staged_open_balances as o)
        ),
        (
            select max(d.document_date)
            from ledger.documents as d
            inner join staged_open_balances as known on known.document_id = d.document_id
            where d.replaced_by is null
        )
    ) as stated_on,
    b.open_amount, b.last_paid_on, b.source_row, b.source_rows
from staged_open_balances as b
"""
# The export does not say when: lateness leaves such a settlement out, and a check counts them.
MARK_ASSUMED_DAYS = """
update ledger.documents set date_basis = 'assumed'
where loaded_by = $load_id and replaced_by is null and document_id in (select document_id from staged_assumed_days)
"""
# The lines of an invoice may add up to less than the invoice: tax, say, is no line. What an export of whole invoices
# has told of the amount holds; an empty value changes nothing.
KEEP_INVOICED = """
update staged_documents set amount = null
where document_id in (
    select d.document_id from ledger.documents as d
    inner join ledger.sources as s on s.source_id = d.source_id
    where not list_contains($summing, s.reader)
)
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
    """One load in the making: where it goes, its number, and what the user says of the files, now and before."""

    connection: "duckdb.DuckDBPyConnection"
    load_id: int
    options: "ReadOptions"
    memory: "Memory"


def load_files(
    connection: "duckdb.DuckDBPyConnection",
    exports: "Sequence[Export]",
    *,
    loaded_at: datetime,
    options: "ReadOptions | None" = None,
    progress: "Tell | None" = None,
) -> list[Loaded]:
    """Take the files in within the caller's transaction; a file known byte for byte is not read again.

    Files that speak only of documents which others bring come last, whatever their order. Raises NothingLoaded where
    each is refused, GivenUp where the transaction has to be begun anew without one.
    """
    from agingreport.loading.remembered import recall
    from agingreport.readers import ReadOptions

    load_id = int(connection.execute(NEXT_LOAD).fetchall()[0][0])
    load = Load(connection, load_id, options or ReadOptions(), recall(connection))
    connection.execute(NOTE_LOAD, {"load_id": load.load_id, "loaded_at": loaded_at, "version": __version__})
    connection.execute("drop view if exists known_documents")
    loaded, last = [], []
    for export, tell in told_of(exports, progress):
        try:
            loaded.append(known_file(load, export) or take_file(load, export, tell))
        except DocumentsNeeded:
            last.append(export)
    if last:
        connection.execute(OFFER_DOCUMENTS)
        loaded += [take_file(load, export) for export in last]
    if all(file.refusal for file in loaded):
        raise NothingLoaded(loaded)
    if not any(file.is_news for file in loaded):
        connection.execute("delete from ledger.loads where load_id = $load_id", {"load_id": load.load_id})
    else:
        bring_up_to_date(connection, load_id=load_id)
    return loaded


def bring_up_to_date(connection: "duckdb.DuckDBPyConnection", *, load_id: int) -> None:
    """Work out anew what rests on all the facts: who is whom, what is told twice, what no export says."""
    from agingreport.loading.derive import derive
    from agingreport.loading.same_clients import resolve_names
    from agingreport.loading.twins import find_twins

    resolve_names(connection, load_id=load_id)
    find_twins(connection, load_id=load_id)
    derive(connection, load_id=load_id)
    keep_models(connection, load_id=load_id)


SEEN = "loaded before, nothing in it is new"


def known_file(load: Load, export: "Export") -> Loaded | None:
    """What to say of a file that has been taken before in the same way; None for any other."""
    if export.refusal:
        return None
    found = load.connection.execute(KNOWN_FILE, {"sha256": export.sha256}).fetchall()
    for how, kind, reader, rows_read, rows_taken, rows_skipped, rows_refused, rows_open in found:
        if how == how_read(load, kind) and not (rows_refused and needs_documents(reader)):
            rows = (rows_read, 0, rows_taken, 0, rows_skipped, rows_refused)
            return Loaded(export.name, reader, *rows, notes=(SEEN,), is_news=False, rows_open=rows_open)
    return None


def needs_documents(reader: str) -> bool:
    """Say whether a format speaks only of documents that the ledger knows: it may know more of them by now."""
    from agingreport.readers import formats

    return any(known.name == reader and known.table == "open_balances" for known in formats())


def how_read(load: Load, source_kind: str) -> str:
    """What decides what is read from a file besides its bytes: the options, the profile's content, and our version."""
    from agingreport.loading.remembered import profile_text

    options = load.memory.complete(load.options, source_kind)
    profile = profile_text(options.profile) if options.profile else load.memory.profile(source_kind)
    named = f"{profile.partition(chr(10))[0]} {sha256(profile.encode()).hexdigest()}" if profile else "no profile"
    currency = options.currency or options.fallback_currency
    told = replace(options, currency=currency, fallback_currency=None, profile=None)
    return f"{__version__}, {told!r}, {named}"


def take_file(load: Load, export: "Export", tell: Callable[..., None] | None = None) -> Loaded:
    """Load one file; one of a folder or archive that is refused is noted and does not stop the others."""
    from agingreport import readers

    try:
        if export.refusal:
            raise AgingReportError(export.refusal)
        reading = readers.read(
            export.path,
            connection=load.connection,
            options=load.memory.complete(load.options),
            name=export.name,
            remembered=load.memory.for_readers(),
            tell=tell,
        )
    except DocumentsNeeded:
        raise
    except AgingReportError as error:
        if export.is_named:
            raise
        reason = str(error).removeprefix(f"{export.name}: ")
        if has_stopped(load.connection):
            raise GivenUp(export.place, reason) from error
        return note_refusal(load, export, reason)
    if tell:
        tell()
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
    """Write down a file that was refused whole, unless that is what the ledger says of it already."""
    loaded = Loaded(export.name, refusal=reason)
    if is_noted(load.connection, export, reason):
        return replace(loaded, is_news=False)
    source_id = next_source(load)
    note_source(load, export, loaded, source_id=source_id, said=NOTHING_SAID)
    note_refused_file(load.connection, export, reason, source_id=source_id)
    return loaded


def merge_file(load: Load, export: "Export", reading: "Reading") -> Loaded:
    """Merge what was read from one file, and note where it came from and what became of its rows."""
    from agingreport.loading.remembered import recall, remember

    source_id = next_source(load)
    load.connection.execute(DATE_OPEN_BALANCES, {"statement_date": reading.statement_date})
    if reading.reader in summing_readers():
        load.connection.execute(KEEP_INVOICED, {"summing": summing_readers()})
    settle(load.connection, export, reading, sha256=export.sha256, load_id=load.load_id)
    rows = merge(load.connection, load_id=load.load_id, source_id=source_id, is_single=reading.is_single)
    load.connection.execute(MARK_ASSUMED_DAYS, {"load_id": load.load_id})
    void_known(load.connection, load_id=load.load_id, source_id=source_id)
    note_refused_rows(load.connection, source_id=source_id)
    load.connection.execute(NOTE_DIFFERENCES, {"source_id": source_id})
    loaded = account(export, reading, rows)
    said = {
        "family": family(reading.reader),
        "statement_date": reading.statement_date,
        "is_complete": "all_open_items" in reading.can,
        "links_payments": "payment_links" in reading.can,
        "source_kind": reading.source_kind,
    }
    remember(load.connection, load.options, reading, load_id=load.load_id)
    learned = replace(load, memory=recall(load.connection))
    note_source(learned, export, loaded, source_id=source_id, said=said)
    return replace(loaded, notes=(*loaded.notes, *load.memory.notes(load.options, reading)))


def summing_readers() -> list[str]:
    """The formats that list the lines of documents, and no total."""
    from agingreport.readers import formats

    return [known.name for known in formats() if known.lines in {"sum", "sum-sides"}]


def next_source(load: Load) -> int:
    """The number of the next source."""
    return int(load.connection.execute(NEXT_SOURCE).fetchall()[0][0])


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
    "source_kind": "",
}


def note_source(load: Load, export: "Export", loaded: Loaded, *, source_id: int, said: Mapping[str, object]) -> None:
    """Write down of a file where it was, how it was read, what it can say, and what became of its rows."""
    values = {
        "source_id": source_id,
        "load_id": load.load_id,
        "file_name": loaded.file_name,
        "place": export.place,
        "sha256": export.sha256,
        "options": how_read(load, str(said["source_kind"])),
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
