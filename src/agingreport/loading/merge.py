"""Take what a reader has staged into the ledger: new, unchanged or changed, row by row."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from agingreport.engines import with_names
from agingreport.loading.facts import FACTS, Fact

if TYPE_CHECKING:
    import duckdb

# What an export leaves empty does not erase what another has told: a missing value keeps the one that is known.
COMPARE = """
create or replace temp table incoming as
select
    {staged_columns},
    staged.source_row,
    staged.source_rows,
    known.loaded_by is null as is_new,
    known.loaded_by is not null and ({changed}) as is_changed
from {staged} as staged
left join {table} as known on known.replaced_by is null and {same_key}
"""
KEEP_LAST = """
create or replace temp table {staged} as
select * from {staged} qualify row_number() over (partition by {keys} order by source_row desc) = 1
"""
REPLACE = """
update {table} as known set replaced_by = $load_id
from incoming as staged
where staged.is_changed and known.replaced_by is null and {same_key}
"""
INSERT = """
insert into {table} ({columns}, {extras} source_id, source_row, loaded_by)
select {columns}, {extra_values} $source_id, source_row, $load_id from {rows} as told
"""
WHERE_NEWS = "where told.is_new or told.is_changed"
# An insert without rows hides those of a later, larger one from DuckDB 2.0.0 until the file is opened anew (DECISIONS).
ANY_NEWS = "select 1 from incoming where is_new or is_changed limit 1"
# A ledger that knows nothing of the kind yet has nothing to compare with.
IS_EMPTY = "select not exists (select 1 from {table} where replaced_by is null)"
NOTE_ROWS = """
insert into row_news select source_row, source_rows, is_new::integer + 2 * is_changed::integer from incoming
"""
NOTE_ALL = "insert into row_news select source_row, source_rows, 1 from {staged}"
COUNT_ROWS = """
select
    coalesce(sum(source_rows) filter (news = 1), 0)::bigint,
    coalesce(sum(source_rows) filter (news = 0), 0)::bigint,
    coalesce(sum(source_rows) filter (news >= 2), 0)::bigint
from (select max(source_rows) as source_rows, max(news) as news from row_news group by source_row)
"""
COUNT_SINGLE = """
select
    count(*) filter (is_new),
    count(*) filter (not is_new and not is_changed),
    count(*) filter (is_changed)
from incoming
"""


NULLABLE_KEYS = {
    "allocations": {"allocated_on"},
    "agreements": {"document_id"},
    "contacts": {"document_id", "channel", "note"},
    "fx_rates": {"quote_currency"},
}


TOLD = {"origin": "'export'"}
# The sequence would give its numbers one after the other, on one processor; those of two files do not meet here either.
KEYED = {**TOLD, "document_key": "$source_id * 1099511627776 + told.rowid - (select min(rowid) from {rows})"}


@dataclass(frozen=True)
class RowCounts:
    """Rows of one file that told something new, nothing new, or something that replaced what was known."""

    new: int
    unchanged: int
    changed: int


def merge(
    connection: "duckdb.DuckDBPyConnection", *, load_id: int, source_id: int, is_single: bool = False
) -> RowCounts:
    """Take every staged fact into the ledger, inside the caller's transaction; staged tables are used up.

    A file `is_single` where each row is one fact, all of one kind, and no two rows tell the same.
    """
    origin = {"load_id": load_id, "source_id": source_id}
    staged = {fact: count for fact in FACTS if (count := count_staged(connection, fact))}
    if is_single:
        [(fact, count)] = staged.items() or [(FACTS[0], 0)]
        return merge_single(connection, fact, count, origin)
    connection.execute("create or replace temp table row_news (source_row bigint, source_rows bigint, news integer)")
    for fact in staged:
        merge_fact(connection, fact, origin)
    counted = connection.execute(COUNT_ROWS).fetchall()[0]
    return RowCounts(*counted)


def merge_single(
    connection: "duckdb.DuckDBPyConnection", fact: Fact, count: int, origin: Mapping[str, int]
) -> RowCounts:
    """Take the facts of one kind into the ledger, each of them a row by itself."""
    if is_empty(connection, fact):
        connection.execute(fill(INSERT, fact, rows=fact.staged), origin)
        return RowCounts(count, 0, 0)
    compare(connection, fact, origin)
    return RowCounts(*connection.execute(COUNT_SINGLE).fetchall()[0])


def count_staged(connection: "duckdb.DuckDBPyConnection", fact: Fact) -> int:
    """How many facts of this kind the reader has found."""
    return int(connection.execute(fill("select count(*) from {staged}", fact)).fetchall()[0][0])


def is_empty(connection: "duckdb.DuckDBPyConnection", fact: Fact) -> bool:
    """Whether the ledger knows no fact of this kind."""
    return bool(connection.execute(fill(IS_EMPTY, fact)).fetchall()[0][0])


def merge_fact(connection: "duckdb.DuckDBPyConnection", fact: Fact, origin: Mapping[str, int]) -> None:
    """Take the staged facts of one kind into the ledger and note which rows told something."""
    keep_one_of_each(connection, fact)
    if is_empty(connection, fact):
        connection.execute(fill(INSERT, fact, rows=fact.staged), origin)
        connection.execute(fill(NOTE_ALL, fact))
    else:
        compare(connection, fact, origin)
        connection.execute(NOTE_ROWS)


def compare(connection: "duckdb.DuckDBPyConnection", fact: Fact, origin: Mapping[str, int]) -> None:
    """Take what is new or changed into the ledger; `incoming` holds every staged fact then, with what it brought."""
    connection.execute(fill(COMPARE, fact))
    if not connection.execute(ANY_NEWS).fetchall():
        return
    connection.execute(fill(REPLACE, fact), {"load_id": origin["load_id"]})
    connection.execute(fill(INSERT + WHERE_NEWS, fact, rows="incoming"), origin)


def keep_one_of_each(connection: "duckdb.DuckDBPyConnection", fact: Fact) -> None:
    """Where a file tells one fact twice, its last row counts; a row that is set aside counts as unchanged."""
    names = {"staged": fact.staged, "keys": fact.keys}
    repeated = with_names("select 1 from {staged} group by {keys} having count(*) > 1 limit 1", **names)
    if not connection.execute(repeated).fetchall():
        return
    connection.execute(
        with_names("insert into row_news select source_row, source_rows, 0 from {staged}", staged=fact.staged)
    )
    connection.execute(with_names(KEEP_LAST, **names))


def fill(template: str, fact: Fact, *, rows: str = "") -> str:
    """The statement for one kind of fact, written out from its keys and values; `rows` are what is inserted."""
    extras = {"documents": KEYED, "allocations": TOLD}.get(fact.name, {})
    written = {
        "staged_columns": ",\n    ".join(
            [f"staged.{key} as {key}" for key in fact.keys]
            + [f"coalesce(staged.{value}, known.{value}) as {value}" for value in fact.values]
        ),
        "changed": " or ".join(
            f"coalesce(staged.{value}, known.{value}) is distinct from known.{value}" for value in fact.values
        ),
        "same_key": " and ".join(same(key, is_nullable=key in NULLABLE_KEYS.get(fact.name, ())) for key in fact.keys),
        "extras": "".join(f"{column}, " for column in extras),
        "extra_values": "".join(f"{value}, " for value in extras.values()),
    }
    for slot, text in written.items():
        template = template.replace("{" + slot + "}", text)
    return with_names(template, staged=fact.staged, table=fact.table, columns=fact.keys + fact.values, rows=rows)


def same(key: str, *, is_nullable: bool) -> str:
    """The condition that a staged and a known fact have the same key; a plain `=` joins three times as fast."""
    return f"known.{key} {'is not distinct from' if is_nullable else '='} staged.{key}"
