"""What cannot be done is said in one line on stderr, with exit status 1, and nothing is changed."""

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from command import Ran, Run, run_installed
from drawn import ledger_file, load, write_drawn

DOCUMENTS = """
    document_id  kind     client  document_date  due_date    amount  currency
    I1           invoice  Acme    2025-01-01     2025-01-31  100.00  USD
"""


def assert_refused(ran: Ran, *words: str) -> None:
    """One clear line, on stderr only, without a traceback."""
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith("agingreport: ")
    assert ran.err.count("\n") == 1
    assert "unexpected" not in ran.err
    assert "Traceback" not in ran.err
    for word in words:
        assert word in ran.err


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """A ledger file with one invoice in it."""
    path = tmp_path / "ledger.duckdb"
    with ledger_file(path) as opened:
        load(opened, write_drawn(tmp_path / "drawn", documents=DOCUMENTS))
    return path


WRONG_FILES = {
    "another table": b"fruit,colour\napple,red\n",
    "an empty file": b"",
    "blank lines": b"\n\n\n",
    "a picture": bytes(range(256)) * 20,
    "a half-written XLSX": b"PK\x03\x04\x14\x00\x06\x00\x08\x00" + b"\x00" * 500,
    "a header only of another table": b"a,b,c\n",
}


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@pytest.mark.parametrize("kind", WRONG_FILES)
def test_a_wrong_file_is_refused_whole(run: Run, tmp_path: Path, ledger: Path, kind: str, suffix: str) -> None:
    before, wrong = ledger.read_bytes(), tmp_path / f"wrong{suffix}"
    wrong.write_bytes(WRONG_FILES[kind])
    assert_refused(run("load", wrong, "--ledger", ledger), "wrong")
    assert ledger.read_bytes() == before


def test_one_wrong_file_among_good_ones_refuses_them_all(run: Run, tmp_path: Path, ledger: Path) -> None:
    before = ledger.read_bytes()
    (good,) = write_drawn(tmp_path / "more", documents=DOCUMENTS.replace("I1", "I2"))
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("fruit,colour\napple,red\n", encoding="utf-8")
    assert_refused(run("load", good, wrong, "--ledger", ledger), "wrong.csv")
    assert ledger.read_bytes() == before


def test_a_refused_first_load_leaves_no_ledger_behind(run: Run, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("fruit,colour\napple,red\n", encoding="utf-8")
    assert_refused(run("load", wrong, "--ledger", tmp_path / "new.duckdb"), "wrong.csv")
    assert list(tmp_path.iterdir()) == [wrong]


@pytest.mark.parametrize("name", ["nowhere.csv", "empty folder"])
def test_a_file_that_is_not_there_is_named(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "empty folder").mkdir()
    assert_refused(run("load", tmp_path / name, "--ledger", tmp_path / "ledger.duckdb"), name)
    assert not (tmp_path / "ledger.duckdb").exists()


def test_a_ledger_that_is_not_there_is_named_with_what_makes_one(run: Run, tmp_path: Path) -> None:
    assert_refused(
        run("show", "aging", "--ledger", tmp_path / "none.duckdb", "--as-of", "2025-02-28"), "none.duckdb", "load"
    )
    assert not (tmp_path / "none.duckdb").exists()


@pytest.mark.parametrize("command", [("show", "aging", "--as-of", "2025-02-28"), ("load", "drawn/documents.csv")])
@pytest.mark.parametrize("content", [b"this is no database, whatever its name says\n" * 10, b"x"])
def test_a_file_that_is_no_ledger_is_refused(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ledger: Path, command: tuple[str, ...], content: bytes
) -> None:
    monkeypatch.chdir(ledger.parent)
    other = tmp_path / "other.duckdb"
    other.write_bytes(content)
    assert_refused(run(*command, "--ledger", other), "other.duckdb", "--ledger")
    assert other.read_bytes() == content


@pytest.mark.parametrize("command", [("show", "aging", "--as-of", "2025-02-28"), ("load", "drawn/documents.csv")])
def test_a_database_of_another_program_is_refused(
    run: Run, monkeypatch: pytest.MonkeyPatch, ledger: Path, command: tuple[str, ...]
) -> None:
    monkeypatch.chdir(ledger.parent)
    with duckdb.connect("other.duckdb") as connection:
        connection.execute("create table fruit (colour text)")
    assert_refused(run(*command, "--ledger", "other.duckdb"), "other.duckdb", "--ledger")


@pytest.mark.parametrize("command", [("show", "aging", "--as-of", "2025-02-28"), ("load", "drawn/documents.csv")])
def test_a_ledger_of_a_newer_version_is_refused(
    run: Run, monkeypatch: pytest.MonkeyPatch, ledger: Path, command: tuple[str, ...]
) -> None:
    monkeypatch.chdir(ledger.parent)
    with ledger_file(ledger) as opened:
        opened.connection.execute("update ledger.format set format_version = 99, made_by = '9.0'")
    before = ledger.read_bytes()
    assert_refused(run(*command, "--ledger", ledger), "format 99", "9.0", "pip install --upgrade agingreport")
    assert ledger.read_bytes() == before


@pytest.mark.parametrize("command", [("show", "aging", "--as-of", "2025-02-28"), ("load", "drawn/documents.csv")])
def test_a_ledger_of_a_former_layout_is_refused(
    run: Run, monkeypatch: pytest.MonkeyPatch, ledger: Path, command: tuple[str, ...]
) -> None:
    monkeypatch.chdir(ledger.parent)
    with ledger_file(ledger) as opened:
        opened.connection.execute("update ledger.format set format_version = 1, made_by = '0.0'")
    assert_refused(run(*command, "--ledger", ledger), "format 1", "0.0", "into a new one with --ledger")


HOLD = "import duckdb, sys; held = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"


@pytest.mark.parametrize("command", [("show", "aging", "--as-of", "2025-02-28"), ("load", "drawn/documents.csv")])
def test_a_ledger_that_another_program_holds_is_refused(
    run: Run, monkeypatch: pytest.MonkeyPatch, ledger: Path, command: tuple[str, ...]
) -> None:
    monkeypatch.chdir(ledger.parent)
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(ledger)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        assert_refused(run(*command, "--ledger", ledger), "another program has it open")
        holder.communicate("")


def test_a_folder_that_cannot_be_made_is_refused(run: Run, tmp_path: Path, ledger: Path) -> None:
    """A file stands where the folder would be: the one obstacle that stops the superuser too."""
    obstacle = tmp_path / "obstacle"
    obstacle.write_text("in the way", encoding="utf-8")
    show = ("show", "aging", "--ledger", ledger, "--as-of", "2025-02-28")
    assert_refused(run("init", obstacle), "obstacle")
    assert_refused(run("load", tmp_path / "drawn", "--ledger", obstacle / "ledger.duckdb"), "obstacle")
    assert_refused(run(*show, "--format", "csv", "--output", obstacle / "aging.csv"), "obstacle", "--output")
    assert_refused(run(*show, "--format", "xlsx", "--output", obstacle / "aging.xlsx"), "obstacle", "--output")
    assert_refused(run(*show, "--format", "parquet", "--output", obstacle / "aging.parquet"), "obstacle", "--output")
    assert obstacle.read_text(encoding="utf-8") == "in the way"


def test_a_folder_without_the_right_to_write_is_refused(tmp_path: Path) -> None:
    """The superuser may write anywhere, so it runs the program without that right."""
    (tmp_path / "drawn").mkdir()
    (path,) = write_drawn(tmp_path / "drawn", documents=DOCUMENTS)
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    is_superuser = hasattr(os, "geteuid") and os.geteuid() == 0
    through = ("/usr/bin/setpriv", "--bounding-set", "-dac_override", "--") if is_superuser else ()
    assert_refused(run_installed("load", path, "--ledger", closed / "ledger.duckdb", through=through), "closed")
    assert list(closed.iterdir()) == []


@pytest.mark.parametrize("option", [(), ("--explain",), ("--sql",)])
def test_a_misspelt_metric_is_refused_with_the_nearest(run: Run, ledger: Path, option: tuple[str, ...]) -> None:
    assert_refused(run("show", "agin", *option, "--ledger", ledger, "--as-of", "2025-02-28"), "agin", "aging")


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ("[conventions]\naging_bases = 'due_date'\n", ("aging_bases", "aging_basis")),
        ("[conventions]\naging_basis = 'birthday'\n", ("aging_basis",)),
        ("[conventions]\nbucket_edges = [30, 0]\n", ("bucket_edges",)),
        ("[conventions\n", ("policy.toml",)),
    ],
)
def test_a_misspelt_policy_is_refused(
    run: Run, tmp_path: Path, ledger: Path, toml: str, words: tuple[str, ...]
) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text(toml, encoding="utf-8")
    assert_refused(run("show", "aging", "--ledger", ledger, "--as-of", "2025-02-28", "--policy", policy), *words)


@pytest.mark.parametrize("form", ["xlsx", "parquet"])
def test_a_file_format_without_a_file_name_is_refused(run: Run, ledger: Path, form: str) -> None:
    ran = run("show", "aging", "--ledger", ledger, "--as-of", "2025-02-28", "--format", form)
    assert_refused(ran, "--output")


@pytest.mark.parametrize("epoch", ["soon", "9" * 40])
def test_a_source_date_epoch_that_is_no_time_is_refused(
    run: Run, monkeypatch: pytest.MonkeyPatch, ledger: Path, epoch: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert_refused(run("show", "aging", "--ledger", ledger), "SOURCE_DATE_EPOCH")


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "aging", "--as-of", "tomorrow"),
        ("show", "aging", "--format", "pdf"),
        ("load",),
        ("shew",),
        ("bad-debt",),
    ],
)
def test_wrong_usage_ends_with_status_2(run: Run, arguments: tuple[str, ...]) -> None:
    ran = run(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert "Traceback" not in ran.err


def test_a_fault_of_ours_is_one_line_too_and_asks_to_be_reported(
    run: Run, monkeypatch: pytest.MonkeyPatch, ledger: Path
) -> None:
    def broken(name: str) -> None:
        raise RuntimeError("broken\nin two lines")

    monkeypatch.setattr("agingreport.manual.expect", broken)
    ran = run("show", "aging", "--ledger", ledger, "--as-of", "2025-02-28")
    assert (ran.status, ran.err.count("\n")) == (1, 1)
    assert "unexpected RuntimeError: broken" in ran.err
