"""What was refused and is not settled yet: rows that no file has told since, and whole files of folders or archives."""

from pathlib import Path
from typing import TYPE_CHECKING

from agingreport.engines import with_names
from agingreport.loading.facts import FACTS, OPEN_BALANCES, Fact
from agingreport.loading.merge import NULLABLE_KEYS, same

if TYPE_CHECKING:
    import duckdb

    from agingreport.loading.exports import Export
    from agingreport.readers import Reading

SETTLE_FORMER = """
update ledger.rejects set settled_by = (select s.load_id from ledger.sources as s where s.source_id = $source_id)
where settled_by is null and source_id in (
    select s.source_id from ledger.sources as s where s.is_refused and s.place = $place
)
"""
NOTED = """
select 1 from ledger.sources as s
inner join ledger.rejects as r on r.source_id = s.source_id and r.settled_by is null and r.reason = $reason
where s.is_refused and s.place = $place and s.sha256 = $sha256
"""
NOTE_FILE = "insert into ledger.rejects (source_id, reason) values ($source_id, $reason)"
NOTE_ROWS = """
insert into ledger.rejects
select $source_id, row_number, column_name, reason, row_text, document_id, null from staged_rejects
"""
ANY_REFUSED = "select 1 from staged_rejects limit 1"
ANY_OPEN = "select 1 from ledger.rejects where settled_by is null limit 1"
SETTLE_FILES = """
update ledger.rejects set settled_by = $load_id
where settled_by is null and source_id in (
    select s.source_id from ledger.sources as s where s.is_refused and (s.place = $place or s.sha256 = $sha256)
)
"""
SETTLE_DOCUMENTS = """
update ledger.rejects set settled_by = $load_id
where settled_by is null and document_id in (select d.document_id from staged_documents as d)
"""
# The same row, refused again by the same format: the newer refusal stands for both.
SETTLE_SAME_ROWS = """
update ledger.rejects set settled_by = $load_id
where settled_by is null
    and row_text in (select r.row_text from staged_rejects as r)
    and source_id in (select s.source_id from ledger.sources as s where s.reader = $reader)
"""
SETTLE_SOURCE = """
update ledger.rejects set settled_by = $load_id where settled_by is null and source_id = $former_id
"""
FORMER = """
select distinct s.source_id, s.rows_read from ledger.sources as s
inner join ledger.rejects as r on r.source_id = s.source_id and r.settled_by is null
where s.place = $place and s.reader = $reader
"""
TOLD = "select count(*) from {table} as known where known.source_id = $former_id and {is_exported}"
TOLD_NO_MORE = """
select count(*) from {table} as known
where known.source_id = $former_id and {is_exported}
    and not exists (select 1 from {staged} as staged where {same_key})
"""
OPEN_PLACES = """
select s.place, arg_max(s.file_name, s.source_id) from ledger.sources as s
inner join ledger.rejects as r on r.source_id = s.source_id
where r.settled_by is null
group by s.place
order by s.place
"""


def is_noted(connection: "duckdb.DuckDBPyConnection", export: "Export", reason: str) -> bool:
    """Whether these very bytes stand refused for that reason, in that place."""
    values = {"place": export.place, "sha256": export.sha256, "reason": reason}
    return bool(connection.execute(NOTED, values).fetchall())


def note_refused_file(
    connection: "duckdb.DuckDBPyConnection", export: "Export", reason: str, *, source_id: int
) -> None:
    """Keep a file that was refused whole in the list of what is to be mended, in the stead of a former refusal."""
    connection.execute(SETTLE_FORMER, {"source_id": source_id, "place": export.place})
    connection.execute(NOTE_FILE, {"source_id": source_id, "reason": reason})


def note_refused_rows(connection: "duckdb.DuckDBPyConnection", *, source_id: int) -> None:
    """Keep the rows that the reader has refused, each whole."""
    if connection.execute(ANY_REFUSED).fetchall():
        connection.execute(NOTE_ROWS, {"source_id": source_id})


def settle(
    connection: "duckdb.DuckDBPyConnection", export: "Export", reading: "Reading", *, sha256: str, load_id: int
) -> None:
    """Settle what was refused before and what this file, staged and not yet merged, has mended.

    That is: the whole file, where it was refused; a row whose document it tells; a row that it holds and that is
    refused again; and every row of the file that stood in the same place, where it still tells all that one told. A
    file of another month under the same name settles nothing.
    """
    if not connection.execute(ANY_OPEN).fetchall():
        return
    connection.execute(SETTLE_FILES, {"load_id": load_id, "place": export.place, "sha256": sha256})
    connection.execute(SETTLE_DOCUMENTS, {"load_id": load_id})
    connection.execute(SETTLE_SAME_ROWS, {"load_id": load_id, "reader": reading.reader})
    former = connection.execute(FORMER, {"place": export.place, "reader": reading.reader}).fetchall()
    for former_id, rows_read in former:
        if tells_all(connection, former_id=former_id, is_no_shorter=reading.rows_read >= rows_read):
            connection.execute(SETTLE_SOURCE, {"load_id": load_id, "former_id": former_id})


def tells_all(connection: "duckdb.DuckDBPyConnection", *, former_id: int, is_no_shorter: bool) -> bool:
    """Whether the staged facts hold every fact of a former file; where it told none, its length must do."""
    facts = [fact for fact in FACTS if fact != OPEN_BALANCES]
    if not any(count(connection, TOLD, fact, former_id) for fact in facts):
        return is_no_shorter
    return not any(count(connection, TOLD_NO_MORE, fact, former_id) for fact in facts)


def count(connection: "duckdb.DuckDBPyConnection", template: str, fact: Fact, former_id: int) -> int:
    """The number that a statement gives for one kind of fact of a former file."""
    written = {
        "{is_exported}": "known.origin = 'export'" if fact.has_origin else "true",
        "{same_key}": " and ".join(same(key, is_nullable=key in NULLABLE_KEYS.get(fact.name, ())) for key in fact.keys),
    }
    for slot, text in written.items():
        template = template.replace(slot, text)
    statement = with_names(template, table=fact.table, staged=fact.staged)
    return int(connection.execute(statement, {"former_id": former_id}).fetchall()[0][0])


def open_places(connection: "duckdb.DuckDBPyConnection") -> dict[str, str]:
    """Where the files were in which something is still refused, each with its name for people."""
    return dict(connection.execute(OPEN_PLACES).fetchall())


def file_at(place: Path) -> Path | None:
    """The file in that place, or the archive that it is in; None where there is neither."""
    return next((path for path in (place, *place.parents) if path.is_file()), None)
