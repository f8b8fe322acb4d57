"""What the owner says of two names, one client or two, taken into the ledger as a load of its own."""

from datetime import datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING

from agingreport import __version__
from agingreport.errors import AgingReportError
from agingreport.loading.intake import NEXT_LOAD, NEXT_SOURCE, NOTE_LOAD, NOTE_SOURCE, bring_up_to_date
from agingreport.loading.merge import RowCounts, merge
from agingreport.loading.names import plain_name
from agingreport.readers import clear_staged

if TYPE_CHECKING:
    import duckdb

COMMAND = "agingreport same"
STAGE = """
insert into staged_same_clients values
    (least($client, $other), greatest($client, $other), $is_same, $client, 1, 1)
"""
ALL_NAMES = "select n.client from ledger.client_names as n"
# What was said and does not hold, since it contradicts the rest.
BROKEN = """
select r.client, r.other, r.is_same
from ledger.same_clients as r
left join ledger.aliases as a on a.client = r.client and a.replaced_by is null
left join ledger.aliases as b on b.client = r.other and b.replaced_by is null
where r.replaced_by is null
    and (coalesce(a.known_as, r.client) = coalesce(b.known_as, r.other)) <> r.is_same
order by r.loaded_by, r.client, r.other
"""


def say_same(
    connection: "duckdb.DuckDBPyConnection", client: str, other: str, *, is_same: bool, said_at: datetime
) -> None:
    """Take in, within the caller's transaction, that two names are one client, shown as the first, or two clients.

    Raises AgingReportError where a name is not known, or where it contradicts what was said before.
    """
    client, other = known_name(connection, client), known_name(connection, other)
    if client == other:
        raise AgingReportError(f"{client!r} is one name: give two.")
    load_id, source_id = (int(connection.execute(query).fetchall()[0][0]) for query in (NEXT_LOAD, NEXT_SOURCE))
    connection.execute(NOTE_LOAD, {"load_id": load_id, "loaded_at": said_at, "version": __version__})
    clear_staged(connection)
    connection.execute(STAGE, {"client": client, "other": other, "is_same": is_same})
    rows = merge(connection, load_id=load_id, source_id=source_id)
    connection.execute(NOTE_SOURCE, source_of(load_id, source_id, rows))
    bring_up_to_date(connection, load_id=load_id)
    for one, two, was_same in connection.execute(BROKEN).fetchall():
        raise AgingReportError(
            f"That cannot hold: {one!r} and {two!r} were said to be {'one client' if was_same else 'two clients'}."
            " Say first what holds of those."
        )


def source_of(load_id: int, source_id: int, rows: RowCounts) -> dict[str, object]:
    """What is written down of the command: a source with one row."""
    return {
        "source_id": source_id,
        "load_id": load_id,
        "file_name": COMMAND,
        "place": "",
        "sha256": "",
        "options": "",
        "is_refused": False,
        "reader": "command",
        "source_kind": "",
        "family": "",
        "statement_date": None,
        "is_complete": False,
        "links_payments": True,
        "rows_read": 1,
        "rows_new": rows.new,
        "rows_unchanged": rows.unchanged,
        "rows_changed": rows.changed,
        "rows_skipped": 0,
        "rows_refused": 0,
    }


def known_name(connection: "duckdb.DuckDBPyConnection", said: str) -> str:
    """The name as an export writes it; case and blanks do not matter.

    Raises AgingReportError, with the nearest names, where no export has used it.
    """
    names: list[str] = [name for (name,) in connection.execute(ALL_NAMES).fetchall()]
    if said in names:
        return said
    found = [name for name in sorted(names) if plain_name(name) == plain_name(said)]
    if found:
        return found[0]
    near = get_close_matches(said, names, n=3)
    hint = f"did you mean {' or '.join(map(repr, near))}?" if near else "agingreport show clients names them all."
    raise AgingReportError(f"There is no client {said!r}: {hint}")
