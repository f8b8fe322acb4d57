"""What was refused stays on the list until it is mended: a row that is told, a file that can be read; and no sooner."""

import json
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from agingreport.audit import findings
from agingreport.ledger import Ledger, open_ledger
from command import Run
from drawn import DOLLARS, IN_MEMORY, LOADED_AT, load, on

HEADER = "document_id,kind,client,document_date,due_date,amount,currency\n"
FIRST = "I1,invoice,Acme,2025-01-01,2025-01-31,100.00,USD\n"
BAD = "I2,invoice,Bolt,2025-01-02,2025-02-01,soon,USD\n"
MENDED = BAD.replace("soon", "50.00")
NAMELESS = ",invoice,Cole,2025-01-03,2025-02-02,9.00,USD\n"
OTHER_MONTH = "I9,invoice,Acme,2025-02-01,2025-02-28,70.00,USD\n"
FRUIT = "fruit,colour\napple,red\n"


def write(path: Path, *rows: str, header: str = HEADER) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(header + "".join(rows), encoding="utf-8")
    return path


def rejects(ledger: Ledger, known_on: str | None = None) -> list[tuple[str, int | None]]:
    """The open refusals: file and row."""
    shown = on(ledger, "2025-03-31", known_on=known_on).show("rejects")
    return [(row["file_name"], row["row_number"]) for row in shown]


def refused_by_check(ledger: Ledger) -> list[tuple[str, str]]:
    found = findings(on(ledger, "2025-03-31"))
    return [(row["severity"], row["subject"]) for row in found if row["check"] == "refused_rows"]


@pytest.fixture
def ledger() -> Ledger:
    return open_ledger(IN_MEMORY, writable=True)


def test_rejects_hold_file_row_column_reason_and_the_row_whole(ledger: Ledger, tmp_path: Path) -> None:
    load(ledger, [write(tmp_path / "jan.csv", FIRST, BAD)])
    [row] = on(ledger, "2025-03-31").show("rejects").dicts()
    told = {name: row[name] for name in ("file_name", "row_number", "column_name", "reason", "row_text")}
    assert told == {
        "file_name": "jan.csv",
        "row_number": 3,
        "column_name": "amount",
        "reason": 'not an amount: "soon"',
        "row_text": BAD.strip(),
    }
    assert refused_by_check(ledger) == [("error", "jan.csv")]


def test_a_mended_file_settles_its_refused_rows_and_what_was_known_before_stays(ledger: Ledger, tmp_path: Path) -> None:
    load(ledger, [write(tmp_path / "jan.csv", FIRST, BAD, NAMELESS)])
    load(ledger, [write(tmp_path / "jan.csv", FIRST, MENDED)], loaded_at=LOADED_AT + timedelta(days=1))
    assert rejects(ledger) == []
    assert refused_by_check(ledger) == []
    assert rejects(ledger, known_on="2026-01-01") == [("jan.csv", 3), ("jan.csv", 4)]


def test_a_row_that_another_file_tells_is_settled_and_the_others_are_not(ledger: Ledger, tmp_path: Path) -> None:
    load(ledger, [write(tmp_path / "jan.csv", FIRST, BAD, NAMELESS)])
    load(ledger, [write(tmp_path / "mended.csv", MENDED)])
    assert rejects(ledger) == [("jan.csv", 4)]


def test_another_month_under_the_same_name_settles_nothing(ledger: Ledger, tmp_path: Path) -> None:
    load(ledger, [write(tmp_path / "export.csv", FIRST, BAD)])
    load(ledger, [write(tmp_path / "export.csv", OTHER_MONTH)])
    assert rejects(ledger) == [("export.csv", 3)]


def test_a_row_refused_again_is_listed_once(ledger: Ledger, tmp_path: Path) -> None:
    load(ledger, [write(tmp_path / "jan.csv", FIRST, NAMELESS)])
    load(ledger, [write(tmp_path / "feb.csv", OTHER_MONTH, FIRST, NAMELESS)])
    assert rejects(ledger) == [("feb.csv", 4)]


def test_where_every_row_was_refused_a_file_as_long_in_its_place_settles_them(ledger: Ledger, tmp_path: Path) -> None:
    load(ledger, [write(tmp_path / "jan.csv", NAMELESS, BAD)])
    load(ledger, [write(tmp_path / "jan.csv", OTHER_MONTH)])
    assert rejects(ledger) == [("jan.csv", 2), ("jan.csv", 3)]
    load(ledger, [write(tmp_path / "jan.csv", FIRST, MENDED)])
    assert rejects(ledger) == []


@pytest.mark.parametrize("other", ["contacts", "clients"])
def test_a_file_of_other_facts_is_mended_in_the_same_way(ledger: Ledger, tmp_path: Path, other: str) -> None:
    header, good, bad = {
        "contacts": ("client,document_id,date,kind\n", "Acme,,2025-02-01,call\n", "Acme,,2025-02-02,juggled\n"),
        "clients": ("client,email,consumer\n", "Acme,a@b.example,no\n", "Bolt,b@b.example,perhaps\n"),
    }[other]
    path = tmp_path / f"{other}.csv"
    load(ledger, [write(path, good, bad, header=header)])
    assert rejects(ledger) == [(path.name, 3)]
    load(ledger, [write(path, good, header=header)])
    assert rejects(ledger) == []


def run_load(run: Run, tmp_path: Path, *arguments: object) -> Any:
    return run("load", *arguments, "--ledger", tmp_path / "ledger.duckdb")


def shown_rejects(run: Run, tmp_path: Path) -> list[str]:
    command = ("show", "rejects", "--ledger", tmp_path / "ledger.duckdb", "--as-of", "2025-03-31", "--format", "json")
    return [row["file_name"] for row in json.loads(run(*command).out)]


def test_retry_takes_what_has_been_mended_and_leaves_the_rest(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    write(folder / "jan.csv", FIRST, BAD)
    write(folder / "feb.csv", OTHER_MONTH)
    write(folder / "fruit.csv", header=FRUIT)
    assert run_load(run, tmp_path, folder).status == 3
    assert shown_rejects(run, tmp_path) == ["fruit.csv", "jan.csv"]
    write(folder / "jan.csv", FIRST, MENDED)
    ran = run_load(run, tmp_path, "--retry")
    assert ran.status == 3
    assert [line.partition(":")[0] for line in ran.out.splitlines()] == ["fruit.csv", "jan.csv"]
    assert "jan.csv: plain-documents; 2 rows = 1 new + 1 unchanged" in ran.out
    assert shown_rejects(run, tmp_path) == ["fruit.csv"]
    write(folder / "fruit.csv", FIRST.replace("I1", "I3"))
    assert run_load(run, tmp_path, "--retry").status == 0
    assert shown_rejects(run, tmp_path) == []
    nothing = run_load(run, tmp_path, "--retry")
    assert (nothing.status, nothing.out, nothing.err) == (0, "", "Nothing is refused.\n")


def test_retry_without_a_fix_says_that_it_is_still_refused(run: Run, tmp_path: Path) -> None:
    assert run_load(run, tmp_path, write(tmp_path / "jan.csv", FIRST, BAD)).status == 3
    ran = run_load(run, tmp_path, "--retry")
    assert ran.status == 3
    assert "loaded before, nothing in it is new" in ran.out
    assert "Refused: 1 row." in ran.err


def test_retry_names_a_file_that_is_gone(run: Run, tmp_path: Path) -> None:
    path = write(tmp_path / "jan.csv", FIRST, BAD)
    run_load(run, tmp_path, path)
    path.unlink()
    ran = run_load(run, tmp_path, "--retry")
    assert (ran.status, ran.out) == (3, "")
    assert f"There is no file {path} any more: put it back" in ran.err


def test_retry_finds_a_member_in_its_archive(run: Run, tmp_path: Path) -> None:
    for rows in ((FIRST, BAD), (FIRST, MENDED)):
        with zipfile.ZipFile(tmp_path / "books.zip", "w") as archive:
            archive.writestr("jan.csv", HEADER + "".join(rows))
            archive.writestr("feb.csv", HEADER + OTHER_MONTH)
        ran = run_load(run, tmp_path, *(["--retry"] if MENDED in rows else [tmp_path / "books.zip"]))
    assert ran.status == 0
    assert [line.partition(":")[0] for line in ran.out.splitlines()] == ["books.zip/jan.csv"]
    assert shown_rejects(run, tmp_path) == []


def test_a_refused_file_is_settled_when_it_is_loaded_from_elsewhere_with_what_it_lacked(
    run: Run, tmp_path: Path
) -> None:
    ambiguous = write(tmp_path / "in" / "jan.csv", FIRST.replace("2025-01-01", "01/02/2025"))
    write(tmp_path / "in" / "feb.csv", OTHER_MONTH)
    assert run_load(run, tmp_path, tmp_path / "in").status == 3
    assert shown_rejects(run, tmp_path) == ["jan.csv"]
    assert run_load(run, tmp_path, ambiguous.rename(tmp_path / "else.csv"), "--dates", "day-first").status == 0
    assert shown_rejects(run, tmp_path) == []


@pytest.mark.parametrize("arguments", [("--retry", "somewhere.csv"), ()])
def test_retry_and_files_exclude_each_other(run: Run, arguments: tuple[str, ...]) -> None:
    assert run("load", *arguments).status == 2


def test_retry_without_a_ledger_makes_none(run: Run, tmp_path: Path) -> None:
    ran = run_load(run, tmp_path, "--retry")
    assert (ran.status, ran.err.count("\n")) == (1, 1)
    assert not (tmp_path / "ledger.duckdb").exists()


def test_a_check_calls_a_refused_file_a_warning_until_it_is_mended(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "in" / "fruit.csv", header=FRUIT)
    write(tmp_path / "in" / "jan.csv", FIRST)
    run_load(run, tmp_path, tmp_path / "in")
    with open_ledger(tmp_path / "ledger.duckdb", writable=True) as opened:
        assert refused_by_check(opened) == [("warning", "fruit.csv")]
        opened.load([write(tmp_path / "in" / "fruit.csv", OTHER_MONTH)], loaded_at=LOADED_AT, options=DOLLARS)
        assert refused_by_check(opened) == []
