"""The books of one day: an immutable view that answers every metric."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from agingreport import models
from agingreport.engines import DuckDB
from agingreport.errors import AgingReportError
from agingreport.kept import IDLE_WITHOUT, is_empty, kept_for, seldom_filled, show_kept
from agingreport.policy.tables import policy_tables
from agingreport.table import Table

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb
    import pandas

    from agingreport.policy.sections import Policy


class Books:
    """A ledger at the close of a day under a policy; the same arguments give the same answers for ever.

    Shared models are computed once and kept; nothing is written to the ledger.
    """

    def __init__(
        self,
        connection: "duckdb.DuckDBPyConnection",
        day: date,
        policy: "Policy",
        known_load: int,
        known_on: date | None = None,
    ) -> None:
        self.day = day
        self.policy = policy
        self.known_on = known_on
        self._engine = DuckDB.beside(connection)
        self._values: Mapping[str, Any] = {"as_of": day, "known_load": known_load}
        self._empty = seldom_filled(self._engine.connection, known_load=known_load)
        self._kept = kept_for(self._engine.connection, known_load=known_load)
        self._ready: set[str] = set()
        for name, idle in IDLE_WITHOUT.items():
            if self._is_shown(name) and is_empty(self._engine.connection, name):
                self._empty |= idle
        self._policy_tables = dict(policy_tables(policy, day))
        self._passed: set[str] = set()

    def show(self, name: str) -> Table:
        """The rows of a metric, in its documented columns.

        Raises AgingReportError where there is no metric of that name, and where a check that guards it finds
        something: a rate that is missing, say.
        """
        return self._engine.query(self._statement(name), self._values)

    def save(self, name: str, path: "Path") -> None:
        """Write the rows of a metric into a Parquet file, however many they are; money is DECIMAL(18,4).

        Raises AgingReportError as `show` does, and OSError where the file cannot be written.
        """
        self._engine.save(self._statement(name), path, self._values)

    def frame(self, name: str) -> "pandas.DataFrame":
        """The same as pandas; money stays Decimal."""
        return self.show(name).frame()

    def sql(self, query: str) -> Table:
        """Any query of your own over the metrics it names; it may use `$as_of`, and cannot change the ledger."""
        named = self._engine.tables_named(query)
        self._lay_out(named)
        for name in named:
            if name in models.catalogue():
                self._pass_guards(name)
                self._keep(name)
        return self._engine.query(query, self._values)

    def _statement(self, name: str) -> str:
        """The statement that gives the metric, once its guards are passed and what it rests on is there."""
        models.find(name)
        self._pass_guards(name)
        self._lay_out(models.tables_under(name))
        for shared in (*models.rests_on(name, empty=self._empty), name):
            self._prepare(shared)
        return models.in_order(name, ready=frozenset(self._ready), empty=self._empty)

    def _pass_guards(self, name: str) -> None:
        for guard in models.guards(name):
            if guard in self._passed:
                continue
            for problem in self.show(guard):
                raise AgingReportError(f"{name} cannot be worked out: {problem['detail']}. {problem['remedy']}")
            self._passed.add(guard)

    def _lay_out(self, names: Iterable[str]) -> None:
        """Make tables of those of the policy that are named, once: all of them would take a twentieth of a second."""
        for name in names:
            if table := self._policy_tables.pop(name, None):
                self._engine.put(name, table.columns, table.rows)

    def _prepare(self, name: str) -> None:
        """Keep a shared model, once."""
        if models.catalogue()[name].is_shared:
            self._keep(name)

    def _is_shown(self, name: str) -> bool:
        """Whether the model is a table or view to read by now, or can be made one from what the load has kept."""
        if name not in self._ready and show_kept(self._engine.connection, name, self._kept):
            self._ready.add(name)
        return name in self._ready

    def _keep(self, name: str) -> None:
        if self._is_shown(name):
            return
        self._lay_out(models.tables_under(name))
        for needed in models.rests_on(name, empty=self._empty):
            self._prepare(needed)
        self._engine.keep(name, models.compose(name, ready=frozenset(self._ready), empty=self._empty), self._values)
        self._ready.add(name)
