"""The models that are the same for every day and policy: worked out once a load, and kept in the ledger until the next.

They are no facts. A view of the books as they were known earlier does not use them, and neither does a ledger whose
last load left none: there the models are worked out like any other.
"""

from collections.abc import Mapping
from hashlib import sha256
from typing import TYPE_CHECKING

from agingreport import models
from agingreport.engines import bound, with_names

if TYPE_CHECKING:
    import duckdb

KEEP = "create or replace table {table} as "
NOTE = "insert into ledger.kept values ($model, $known_load, $sha256)"
FOUND = "select model, sha256 from ledger.kept where known_load = $known_load"
SELDOM = ("aliases", "twins")
# Kept models that few ledgers have rows of, and those that then have none either, which much is joined with.
IDLE_WITHOUT = {
    "returned_payments": frozenset({"reopened", "reopened_states", "payments_given_back"}),
    "instalment_parts": frozenset({"part_settlements"}),
}
ANY = "select 1 from {name} limit 1"
SHOW = "create or replace temp view {name} as select * from {table}"


def keep_models(connection: "duckdb.DuckDBPyConnection", *, load_id: int) -> None:
    """Work the kept models out anew as of this load, inside the caller's transaction."""
    connection.execute("delete from ledger.kept")
    empty = seldom_filled(connection, known_load=load_id)
    ready: set[str] = set()
    for name in in_order_of_need():
        statement = with_names(KEEP, table=table_of(name)) + models.in_order(name, ready=frozenset(ready), empty=empty)
        connection.execute(statement, bound(statement, {"known_load": load_id}))
        connection.execute(with_names(SHOW, name=name, table=table_of(name)))
        connection.execute(NOTE, {"model": name, "known_load": load_id, "sha256": fingerprint(name)})
        ready.add(name)


def in_order_of_need() -> list[str]:
    """The names of the kept models, each after those it rests on."""
    kept = [name for name, model in models.catalogue().items() if model.is_kept]
    return sorted(kept, key=lambda name: len([part for part in models.rests_on(name) if part in kept]))


def kept_for(connection: "duckdb.DuckDBPyConnection", *, known_load: int) -> Mapping[str, str]:
    """The models that were kept for this load, with the fingerprint of the SQL each was made with."""
    return dict(connection.execute(FOUND, {"known_load": known_load}).fetchall())


def show_kept(connection: "duckdb.DuckDBPyConnection", name: str, kept: Mapping[str, str]) -> bool:
    """Make a view of what is kept of a model; False where nothing is, or what other SQL has made."""
    if name not in kept or not models.catalogue()[name].is_kept or kept[name] != fingerprint(name):
        return False
    connection.execute(with_names(SHOW, name=name, table=table_of(name)))
    return True


def seldom_filled(connection: "duckdb.DuckDBPyConnection", *, known_load: int) -> frozenset[str]:
    """Those of the tables that most ledgers have no use for, and all documents are joined with, that are empty."""
    return frozenset(
        name
        for name in SELDOM
        if not connection.execute(f"{models.compose(name)}\nlimit 1", {"known_load": known_load}).fetchall()
    )


def is_empty(connection: "duckdb.DuckDBPyConnection", name: str) -> bool:
    """Whether a table or view has no rows."""
    return not connection.execute(with_names(ANY, name=name)).fetchall()


def fingerprint(name: str) -> str:
    """Hash of the SQL a model is made with: what another version kept by other SQL is not used."""
    return sha256(models.in_order(name).encode()).hexdigest()


def table_of(name: str) -> str:
    """Where a kept model stands in the ledger."""
    return f"ledger.kept_{name}"
