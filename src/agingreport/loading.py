"""Take files into the ledger: read, merge, derive what the exports could not say, and account for every row."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from agingreport import __version__
from agingreport.errors import AgingReportError, DocumentsNeeded
from agingreport.kept import keep_models
from agingreport.merge import RowCounts, merge

if TYPE_CHECKING:
    import duckdb

    from agingreport.readers import Reading, ReadOptions

KNOWN_FILE = """
select reader, rows_read, rows_new + rows_unchanged + rows_changed, rows_skipped, rows_refused
from ledger.sources where sha256 = $sha256 and options = $options limit 1
"""
NEXT_LOAD = "select coalesce(max(load_id), 0)::integer + 1 from ledger.loads"
NEXT_SOURCE = "select coalesce(max(source_id), 0)::integer + 1 from ledger.sources"
NOTE_LOAD = "insert into ledger.loads values ($load_id, $loaded_at, $version)"
NOTE_SOURCE = """
insert into ledger.sources values (
    $source_id, $load_id, $file_name, $sha256, $options, $reader, $family, $statement_date, $is_complete,
    $links_payments, $rows_read, $rows_new, $rows_unchanged, $rows_changed, $rows_skipped, $rows_refused
)
"""
NOTE_REJECTS = """
insert into ledger.rejects
select $source_id, row_number, column_name, reason, row_text from staged_rejects
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
# An export that names no day speaks, at the earliest, of the day of its latest document.
DATE_OPEN_BALANCES = """
create or replace temp table staged_open_balances as
select
    b.document_id,
    coalesce(
        $statement_date,
        (select max(d.document_date) from staged_documents as d),
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
    """What became of the rows of one file; read = new + unchanged + changed + skipped + refused."""

    file_name: str
    reader: str
    rows_read: int
    rows_new: int
    rows_unchanged: int
    rows_changed: int
    rows_skipped: int
    rows_refused: int
    notes: tuple[str, ...] = ()


def load_files(
    connection: "duckdb.DuckDBPyConnection",
    paths: Sequence[Path],
    *,
    loaded_at: datetime,
    options: "ReadOptions | None" = None,
    progress: Callable[[str], None] | None = None,
) -> list[Loaded]:
    """Take the files in within the caller's transaction; a file known byte for byte is not read again.

    Files that speak only of documents which others bring come last, whatever their order.
    """
    from agingreport.derive import derive
    from agingreport.readers import ReadOptions

    options = options or ReadOptions()
    load_id = int(connection.execute(NEXT_LOAD).fetchall()[0][0])
    connection.execute(NOTE_LOAD, {"load_id": load_id, "loaded_at": loaded_at, "version": __version__})
    connection.execute("drop view if exists known_documents")
    loaded, last = [], []
    for path in paths:
        if progress:
            progress(path.name)
        try:
            loaded.append(known_file(connection, path, options) or load_file(connection, path, load_id, options))
        except DocumentsNeeded:
            last.append(path)
    if last:
        connection.execute(OFFER_DOCUMENTS)
        loaded += [load_file(connection, path, load_id, options) for path in last]
    if all(file.notes == (SEEN,) for file in loaded):
        connection.execute("delete from ledger.loads where load_id = $load_id", {"load_id": load_id})
    else:
        derive(connection, load_id=load_id)
        keep_models(connection, load_id=load_id)
    return loaded


SEEN = "loaded before, nothing in it is new"


def known_file(connection: "duckdb.DuckDBPyConnection", path: Path, options: "ReadOptions") -> Loaded | None:
    """What to say of a file that has been loaded before in the same way; None for any other."""
    found = connection.execute(KNOWN_FILE, {"sha256": sha256(path), "options": how_read(options)}).fetchall()
    if not found:
        return None
    reader, rows_read, rows_taken, rows_skipped, rows_refused = found[0]
    if rows_refused and needs_documents(reader):
        return None
    return Loaded(path.name, reader, rows_read, 0, rows_taken, 0, rows_skipped, rows_refused, (SEEN,))


def needs_documents(reader: str) -> bool:
    """Say whether a format speaks only of documents that the ledger knows: it may know more of them by now."""
    from agingreport.readers import formats

    return any(known.name == reader and known.table == "open_balances" for known in formats())


def how_read(options: "ReadOptions") -> str:
    """What decides what is read from a file besides its bytes: the options, the profile's content, and our version."""
    profile = f"{options.profile.name} {sha256(options.profile)}" if options.profile else "no profile"
    return f"{__version__}, {replace(options, profile=None)!r}, {profile}"


def load_file(connection: "duckdb.DuckDBPyConnection", path: Path, load_id: int, options: "ReadOptions") -> Loaded:
    """Read one file, merge it, and note where it came from and what became of its rows."""
    from agingreport.readers import read

    reading = read(path, connection=connection, options=options)
    source_id = int(connection.execute(NEXT_SOURCE).fetchall()[0][0])
    connection.execute(DATE_OPEN_BALANCES, {"statement_date": reading.statement_date})
    rows = merge(connection, load_id=load_id, source_id=source_id, is_single=reading.is_single)
    connection.execute(MARK_ASSUMED_DAYS, {"load_id": load_id})
    void_known(connection, load_id=load_id, source_id=source_id)
    connection.execute(NOTE_REJECTS, {"source_id": source_id})
    connection.execute(NOTE_DIFFERENCES, {"source_id": source_id})
    loaded = account(path, reading, rows)
    origin = {"load_id": load_id, "source_id": source_id, "sha256": sha256(path), "options": how_read(options)}
    connection.execute(NOTE_SOURCE, {**origin, **source_row(reading, loaded)})
    return loaded


def void_known(connection: "duckdb.DuckDBPyConnection", *, load_id: int, source_id: int) -> None:
    """Void the documents that the file shows as void and that were posted until now."""
    connection.execute(KNOWN_VOIDS)
    connection.execute(REPLACE_VOIDS, {"load_id": load_id})
    connection.execute(INSERT_VOIDS, {"load_id": load_id, "source_id": source_id})


def account(path: Path, reading: "Reading", rows: RowCounts) -> Loaded:
    """The sum of the rows; a reader that has lost one raises, and the load is undone."""
    told = rows.new + rows.unchanged + rows.changed + reading.rows_skipped + reading.rows_refused
    if told != reading.rows_read:
        raise AgingReportError(
            f"{path.name}: {reading.rows_read} rows read, but {told} accounted for. This is a fault of the reader"
            f" '{reading.reader}'; nothing was loaded. Please report it with the file's header row."
        )
    return Loaded(
        file_name=path.name,
        reader=reading.reader,
        rows_read=reading.rows_read,
        rows_new=rows.new,
        rows_unchanged=rows.unchanged,
        rows_changed=rows.changed,
        rows_skipped=reading.rows_skipped,
        rows_refused=reading.rows_refused,
        notes=reading.notes,
    )


def source_row(reading: "Reading", loaded: Loaded) -> dict[str, object]:
    """What is written down of a file: how it was read, and what became of its rows."""
    return {
        "file_name": loaded.file_name,
        "reader": reading.reader,
        "family": family(reading.reader),
        "statement_date": reading.statement_date,
        "is_complete": "all_open_items" in reading.can,
        "links_payments": "payment_links" in reading.can,
        "rows_read": loaded.rows_read,
        "rows_new": loaded.rows_new,
        "rows_unchanged": loaded.rows_unchanged,
        "rows_changed": loaded.rows_changed,
        "rows_skipped": loaded.rows_skipped,
        "rows_refused": loaded.rows_refused,
    }


def family(reader: str) -> str:
    """The books a format speaks of: formats that give their documents one prefix describe one set."""
    from agingreport.readers import formats

    prefixes = {known.name: known.id_prefix for known in formats()}
    return prefixes.get(reader) or reader.partition("-")[0]


def sha256(path: Path) -> str:
    """Hash of the file's bytes, in hexadecimal. Raises AgingReportError where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        reason = error.strerror or error
        raise AgingReportError(f"Cannot read {path}: {reason}; check the path and its rights.") from error
