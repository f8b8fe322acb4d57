"""Every SQL file keeps the house's promises: a header that is true, one grain, plain names, idioms that travel."""

import re
from collections import Counter
from datetime import date
from functools import cache
from importlib.resources import files

import pytest
import sqlglot
from hypothesis import Phase, given, settings
from sqlglot import exp

from agingreport.books import Books
from agingreport.kept import IDLE_WITHOUT, SELDOM
from agingreport.ledger import open_ledger
from agingreport.models import COMMENT, LOCAL, NAMED, Model, catalogue, compose, tables_read, without
from agingreport.policy.reading import load_policy
from agingreport.policy.tables import policy_tables
from drawn import IN_MEMORY
from random_books import RandomBooks, days, kept, policy_of, random_books

MODELS = list(catalogue().values())
DAY = date(2025, 2, 28)
IDLE = frozenset().union(*IDLE_WITHOUT.values())
LEFT_OUT = (*SELDOM, *IDLE)
POLICY_TABLES = set(policy_tables(load_policy(None), DAY))
each_model = pytest.mark.parametrize("model", MODELS, ids=[model.name for model in MODELS])


@cache
def empty_books() -> Books:
    return open_ledger(IN_MEMORY, writable=True).as_of(DAY)


def ledger_tables() -> set[str]:
    schema = files("agingreport").joinpath("schema.sql").read_text(encoding="utf-8")
    return set(re.findall(r"create table (ledger\.\w+)", schema))


def code(model: Model) -> str:
    """The select without its comments and texts, in lower case."""
    return re.sub(r"'[^']*'", "''", COMMENT.sub("", model.select)).lower()


@each_model
def test_the_header_names_the_columns_that_come_back_in_their_order(model: Model) -> None:
    assert tuple(model.columns) == empty_books().show(model.name).columns


@each_model
def test_the_header_says_what_a_row_is_and_what_each_column_means(model: Model) -> None:
    assert model.summary.endswith((".", "?"))
    assert model.grain
    assert set(model.grain) <= set(model.columns)
    assert all(model.columns.values())


@each_model
def test_every_name_it_reads_is_a_model_a_table_of_the_ledger_or_of_the_policy(model: Model) -> None:
    own = {name.lower() for name in LOCAL.findall(code(model))}
    known = set(catalogue()) | POLICY_TABLES | own
    assert {name for name in NAMED.findall(code(model)) if name not in known} == set()
    assert set(re.findall(r"(?:from|join)\s+(ledger\.\w+)", code(model))) <= ledger_tables()


@each_model
def test_only_the_base_reads_the_ledger_itself(model: Model) -> None:
    reads = "ledger." in code(model)
    assert reads == (model.folder == "base")
    assert set(re.findall(r"\$\w+", model.select)) <= ({"$known_load", "$as_of"} if reads else {"$as_of"})


@each_model
def test_no_part_of_it_hides_a_model_or_a_table_of_the_policy(model: Model) -> None:
    own = [name.lower() for name in LOCAL.findall(code(model))]
    assert set(own) & ({other.name for other in MODELS if other.folder != "checks"} | POLICY_TABLES) == set()
    assert len(own) == len(set(own))


@each_model
def test_it_is_one_select_that_names_its_columns(model: Model) -> None:
    assert ";" not in code(model)
    select = sqlglot.parse_one(model.select, read="duckdb")
    assert isinstance(select, exp.Query)
    assert tuple(select.named_selects) == tuple(model.columns)


NOT_PORTABLE = {
    "date - date": r"(?:\w(?:_date|_on)|\$as_of)\s*-\s*(?:\w+\.)?(?:\w+(?:_date|_on)\b|\$as_of)",
    "percentile within group": r"within\s+group",
    "list with an order": r"\b(?:list|array_agg|string_agg|group_concat)\s*\([^)]*order\s+by",
    "pivot": r"\bpivot\b",
    "asof join": r"\basof\b",
    "session variables": r"\bgetvariable\b",
    "positional join": r"\bpositional\s+join\b",
    "select from values by position": r"\bgroup\s+by\s+(?:all|\d)",
    "a clock": r"\bcurrent_(?:date|timestamp|time)\b|\bnow\s*\(|\btoday\s*\(|\bget_current_\w+",
    "chance": r"\brandom\s*\(|\buuid\s*\(|\busing\s+sample\b",
}


@each_model
def test_it_uses_no_idiom_that_another_engine_reads_otherwise(model: Model) -> None:
    assert [idiom for idiom, pattern in NOT_PORTABLE.items() if re.search(pattern, code(model))] == []


@pytest.mark.parametrize(
    ("idiom", "sql"),
    [
        ("date - date", "select a.due_date - b.document_date"),
        ("date - date", "where $as_of - due_date > 3"),
        ("percentile within group", "percentile_cont(0.5) within group (order by x)"),
        ("list with an order", "string_agg(a.name, ', ' order by a.name)"),
        ("pivot", "pivot aging on bucket"),
        ("asof join", "from a asof join b"),
        ("a clock", "where due_date < current_date"),
        ("chance", "order by random()"),
    ],
)
def test_such_an_idiom_would_be_seen(idiom: str, sql: str) -> None:
    assert re.search(NOT_PORTABLE[idiom], sql)


@each_model
def test_its_whole_statement_can_be_said_in_sparks_dialect(model: Model) -> None:
    (statement,) = sqlglot.parse(compose(model.name), read="duckdb")
    assert statement is not None
    assert sqlglot.parse_one(statement.sql("spark"), read="spark")


@settings(max_examples=6, deadline=None, phases=[Phase.generate])
@given(books=random_books(), as_of=days)
def test_each_grain_is_one_row(books: RandomBooks, as_of: date) -> None:
    asked = kept(books).as_of(as_of, policy=policy_of())
    for model in MODELS:
        rows = Counter(tuple(row[column] for column in model.grain) for row in asked.show(model.name))
        assert [key for key, count in rows.items() if count > 1] == [], model.name


def test_a_join_with_a_table_that_is_empty_is_left_out_with_all_it_gives() -> None:
    select = (
        "select coalesce(a.known_as, d.client) as client\nfrom documents as d\n"
        "left join aliases as a on a.client = d.client\nleft join twins as t on t.document_id = d.document_id\n"
        "where t.document_id is null"
    )
    assert without(select, {"aliases", "twins"}) == (
        "select coalesce(null, d.client) as client\nfrom documents as d\nwhere null is null"
    )
    assert without(select, set()) == select


def test_the_last_branch_of_a_union_that_reads_an_empty_table_alone_is_left_out() -> None:
    select = "select s.amount as amount\nfrom settled as s\nunion all\nselect\n    p.amount\nfrom parts as p\n"
    assert without(select, {"parts"}) == "select s.amount as amount\nfrom settled as s"
    assert without(select, {"settled"}) == select


@each_model
def test_what_is_joined_under_a_name_has_that_name_alone_in_its_file(model: Model) -> None:
    """Else leaving out the one would make nothing of the other."""
    joined = set(re.findall(rf"left join (?:{'|'.join(LEFT_OUT)}) as (\w+) on", code(model)))
    others = re.findall(rf"(?:from|join) (?!(?:{'|'.join(LEFT_OUT)}) )[\w.]+ as (\w+)", code(model))
    assert joined & set(others) == set()


@each_model
def test_what_may_be_idle_is_joined_with_and_nothing_more(model: Model) -> None:
    assert not set(tables_read(without(model.select, IDLE))) & IDLE
