"""The models that are the same for every day and policy: worked out once a load, and kept in the ledger until the next.

They are no facts. A view of the books as they were known earlier does not use them, and neither does a ledger whose
last load left none: there the models are worked out like any other.
"""

from collections.abc import Collection
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
# Kept models that few ledgers have rows of, and those that then have none either: all debits are joined with these.
IDLE_WITHOUT = {"returned_payments": ("reopened", "reopened_states")}
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


def show_kept(connection: "duckdb.DuckDBPyConnection", *, known_load: int) -> set[str]:
    """The names of the models kept for this load, each now a view to read."""
    found = dict(connection.execute(FOUND, {"known_load": known_load}).fetchall())
    known = models.catalogue()
    usable = {name for name in found if name in known and known[name].is_kept and found[name] == fingerprint(name)}
    for name in usable:
        connection.execute(with_names(SHOW, name=name, table=table_of(name)))
    return usable


def seldom_filled(connection: "duckdb.DuckDBPyConnection", *, known_load: int) -> frozenset[str]:
    """Those of the tables that most ledgers have no use for, and all documents are joined with, that are empty."""
    return frozenset(
        name
        for name in SELDOM
        if not connection.execute(f"{models.compose(name)}\nlimit 1", {"known_load": known_load}).fetchall()
    )


def idle(connection: "duckdb.DuckDBPyConnection", ready: Collection[str]) -> frozenset[str]:
    """The models that have no rows because a kept one that is `ready` has none, and are joined with for nothing."""
    bare = (
        name for name in IDLE_WITHOUT if name in ready and not connection.execute(with_names(ANY, name=name)).fetchall()
    )
    return frozenset(idle for name in bare for idle in IDLE_WITHOUT[name])


def fingerprint(name: str) -> str:
    """Hash of the SQL a model is made with: what another version kept by other SQL is not used."""
    return sha256(models.in_order(name).encode()).hexdigest()


def table_of(name: str) -> str:
    """Where a kept model stands in the ledger."""
    return f"ledger.kept_{name}"
