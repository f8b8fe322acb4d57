"""Our SQL files, run statement by statement."""

from pathlib import Path

import duckdb
import pytest

from agingreport.readers import staging

MANY = 300_000  # more than two groups of rows, which are inserted in bulk
STATEMENTS = """
insert into staged
select i, word from source where i < 0;

insert into staged
select i, word from source
"""


def test_rows_inserted_in_bulk_after_none_were_are_all_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """DuckDB 2.0.0 hides them from grouping where an insert of no rows came before in the same transaction."""
    (tmp_path / "stage.sql").write_text(STATEMENTS, encoding="utf-8")
    monkeypatch.setattr(staging, "FOLDER", tmp_path)
    with duckdb.connect() as connection:
        connection.execute(f"create temp table source as select i, 'row ' || i as word from range({MANY}) as t(i)")
        connection.execute("create temp table staged (i bigint, word varchar not null)")
        connection.execute("begin")
        assert staging.run(connection, "stage.sql") == [(MANY,)]
        assert connection.execute("select count(distinct i), count(distinct word) from staged").fetchall() == [
            (MANY, MANY)
        ]


def test_rows_that_are_there_stay_when_nothing_is_added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "stage.sql").write_text(STATEMENTS, encoding="utf-8")
    monkeypatch.setattr(staging, "FOLDER", tmp_path)
    with duckdb.connect() as connection:
        connection.execute("create temp table source as select 7 as i, 'row' as word where false")
        connection.execute("create temp table staged (i bigint, word varchar not null)")
        connection.execute("insert into staged values (1, 'row')")
        assert staging.run(connection, "stage.sql") == [(0,)]
        assert connection.execute("from staged").fetchall() == [(1, "row")]
