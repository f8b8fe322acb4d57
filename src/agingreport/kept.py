"""The models that are the same for every day and policy: worked out once a load, and kept in the ledger until the next.

They are no facts. A view of the books as they were known earlier does not use them, and neither does a ledger whose
last load left none: there the models are worked out like any other.
"""

from typing import TYPE_CHECKING

from agingreport import models
from agingreport.engines import bound, with_names

if TYPE_CHECKING:
    import duckdb

KEEP = "create or replace table {table} as "
NOTE = "insert into ledger.kept values ($model, $known_load)"
FOUND = "select model from ledger.kept where known_load = $known_load"
SHOW = "create or replace temp view {name} as select * from {table}"


def keep_models(connection: "duckdb.DuckDBPyConnection", *, load_id: int) -> None:
    """Work the kept models out anew as of this load, inside the caller's transaction."""
    connection.execute("delete from ledger.kept")
    for name, model in models.catalogue().items():
        if model.is_kept:
            statement = with_names(KEEP, table=table_of(name)) + models.in_order(name)
            connection.execute(statement, bound(statement, {"known_load": load_id}))
            connection.execute(NOTE, {"model": name, "known_load": load_id})


def show_kept(connection: "duckdb.DuckDBPyConnection", *, known_load: int) -> set[str]:
    """The names of the models kept for this load, each now a view to read."""
    found = {name for (name,) in connection.execute(FOUND, {"known_load": known_load}).fetchall()}
    usable = {name for name in found if name in models.catalogue() and models.catalogue()[name].is_kept}
    for name in usable:
        connection.execute(with_names(SHOW, name=name, table=table_of(name)))
    return usable


def table_of(name: str) -> str:
    """Where a kept model stands in the ledger."""
    return f"ledger.kept_{name}"
