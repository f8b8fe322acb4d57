"""What a connection to the ledger guards against in DuckDB itself."""

from pathlib import Path

from agingreport.engines import DuckDB, attach

# Names from a small table joined by number are handed on as a dictionary. A join on a range hands on the last few
# facts, fewer than there are bands, in another form; a cache between the two gave up on that in DuckDB 2.0.0.
BOOKS = """
create temp table names as select i as k, 'client number ' || i as name from range(1000) as t(i);
create temp table facts as
select i % 1000 as k, case when i % 50 = 0 then 100 else 10 end as age, i < 2048 or i > 99997 as is_open
from range(100000) as t(i);
create temp table bands as
select * from (values (null, 30), (31, 60), (61, 90), (91, null)) as t(days_from, days_to)
"""
BANDED = """
select count(*), count(distinct name), sum(coalesce(days_from, 0))
from facts
inner join names using (k)
inner join bands on (days_from is null or age >= days_from) and (days_to is null or age <= days_to)
where is_open
"""


def test_a_few_rows_may_come_last_to_a_join_on_a_range(tmp_path: Path) -> None:
    connection = attach(tmp_path / "book.duckdb", is_read_only=False)
    for engine in (DuckDB(connection), DuckDB.beside(connection)):
        engine.connection.execute(BOOKS)
        assert engine.query(BANDED, {}).rows == ((2050, 1000, 41 * 91),)
    connection.close()
