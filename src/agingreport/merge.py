"""Take what a reader has staged into the ledger: new, unchanged or changed, row by row."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from agingreport.engines import with_names
from agingreport.facts import FACTS, Fact

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
select {columns}, {extra_values} $source_id, source_row, $load_id from incoming where is_new or is_changed
"""
NOTE_ROWS = """
insert into row_news select source_row, source_rows, is_new::integer + 2 * is_changed::integer from incoming
"""
COUNT_ROWS = """
select
    coalesce(sum(source_rows) filter (news = 1), 0)::bigint,
    coalesce(sum(source_rows) filter (news = 0), 0)::bigint,
    coalesce(sum(source_rows) filter (news >= 2), 0)::bigint
from (select max(source_rows) as source_rows, max(news) as news from row_news group by source_row)
"""


NULLABLE_KEYS = {
    "allocations": {"allocated_on"},
    "agreements": {"document_id"},
    "contacts": {"document_id", "channel", "note"},
}


@dataclass(frozen=True)
class RowCounts:
    """Rows of one file that told something new, nothing new, or something that replaced what was known."""

    new: int
    unchanged: int
    changed: int


def merge(connection: "duckdb.DuckDBPyConnection", *, load_id: int, source_id: int) -> RowCounts:
    """Take every staged fact into the ledger, inside the caller's transaction; staged tables are used up."""
    connection.execute("create or replace temp table row_news (source_row bigint, source_rows bigint, news integer)")
    for fact in FACTS:
        if is_staged(connection, fact):
            merge_fact(connection, fact, load_id=load_id, source_id=source_id)
    counted = connection.execute(COUNT_ROWS).fetchall()[0]
    return RowCounts(*counted)


def is_staged(connection: "duckdb.DuckDBPyConnection", fact: Fact) -> bool:
    """Whether the reader has found any fact of this kind."""
    return bool(connection.execute(with_names("select 1 from {staged} limit 1", staged=fact.staged)).fetchall())


def merge_fact(connection: "duckdb.DuckDBPyConnection", fact: Fact, *, load_id: int, source_id: int) -> None:
    """Take the staged facts of one kind into the ledger and note which rows told something."""
    keep_one_of_each(connection, fact)
    connection.execute(fill(COMPARE, fact))
    connection.execute(fill(REPLACE, fact), {"load_id": load_id})
    connection.execute(fill(INSERT, fact), {"load_id": load_id, "source_id": source_id})
    connection.execute(NOTE_ROWS)


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


def fill(template: str, fact: Fact) -> str:
    """The statement for one kind of fact, written out from its keys and values."""
    written = {
        "staged_columns": ",\n    ".join(
            [f"staged.{key} as {key}" for key in fact.keys]
            + [f"coalesce(staged.{value}, known.{value}) as {value}" for value in fact.values]
        ),
        "changed": " or ".join(
            f"coalesce(staged.{value}, known.{value}) is distinct from known.{value}" for value in fact.values
        ),
        "same_key": " and ".join(same(key, is_nullable=key in NULLABLE_KEYS.get(fact.name, ())) for key in fact.keys),
        "extras": "origin," if fact.has_origin else "",
        "extra_values": "'export'," if fact.has_origin else "",
    }
    for slot, text in written.items():
        template = template.replace("{" + slot + "}", text)
    return with_names(template, staged=fact.staged, table=fact.table, columns=fact.keys + fact.values)


def same(key: str, *, is_nullable: bool) -> str:
    """The condition that a staged and a known fact have the same key; a plain `=` joins three times as fast."""
    return f"known.{key} {'is not distinct from' if is_nullable else '='} staged.{key}"
