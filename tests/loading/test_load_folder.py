"""Folders and archives: all that can be loaded is, the rest is listed, and what is no export is passed over."""

import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from agingreport.ledger import open_ledger
from agingreport.loading import exports
from agingreport.loading.exports import find_exports
from command import Run
from drawn import DOLLARS, IN_MEMORY, LOADED_AT, load, on, write_drawn

HEADER = "document_id,kind,client,document_date,due_date,amount,currency\n"
JANUARY = HEADER + "I1,invoice,Acme,2025-01-01,2025-01-31,100.00,USD\n"
FEBRUARY = HEADER + "I2,invoice,Bolt,2025-02-01,2025-02-28,50.00,USD\n"
XERO_BUT_DUE_DATE = (
    "*ContactName,EmailAddress,*InvoiceNumber,*InvoiceDate,Total,InvoiceAmountDue,Type,Currency\n"
    "Acme,,INV-1,2025-01-01,100,100,ACCREC,USD\n"
)
FRUIT = "fruit,colour\napple,red\n"


def write(folder: Path, **files: str | bytes) -> Path:
    """A folder of files; `__` in a name stands for the dot."""
    for name, content in files.items():
        path = folder / name.replace("__", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def zipped(path: Path, members: Mapping[str, str | bytes]) -> Path:
    """An archive of these members."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def names(folder: Path) -> list[str]:
    with find_exports([folder]) as found:
        return [export.name for export in found.exports]


def open_amounts(ledger: Path) -> dict[str, str]:
    with open_ledger(ledger) as opened:
        return {row["document_id"]: str(row["open_amount"]) for row in on(opened, "2025-03-31").show("open_items")}


def test_of_a_folder_the_good_files_are_loaded_and_the_refused_listed(run: Run, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", jan__csv=JANUARY, feb__csv=FEBRUARY, fruit__csv=FRUIT, xero__csv=XERO_BUT_DUE_DATE)
    ran = run("load", folder, "--ledger", tmp_path / "ledger.duckdb")
    lines = ran.out.splitlines()
    assert ran.status == 3
    assert [line.partition(":")[0] for line in lines] == ["feb.csv", "fruit.csv", "jan.csv", "xero.csv"]
    assert lines[1].startswith("fruit.csv: refused: not recognised")
    assert "columns of Xero sales invoice export; missing DueDate" in lines[3]
    assert ran.err.count("\n") == 1
    assert ran.err.startswith("Refused: 2 files. ")
    assert open_amounts(tmp_path / "ledger.duckdb") == {"I1": "100.0000", "I2": "50.0000"}


def test_a_folder_is_looked_through_to_the_bottom_and_names_tell_where(tmp_path: Path) -> None:
    write(tmp_path / "in" / "2025", jan__csv=JANUARY)
    write(tmp_path / "in" / "2025" / "late", feb__TSV=FEBRUARY)
    write(tmp_path / "in", old__csv=FRUIT)
    assert names(tmp_path / "in") == ["2025/jan.csv", "2025/late/feb.TSV", "old.csv"]


def test_hidden_files_reports_and_what_is_no_export_by_its_name_are_passed_over(run: Run, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", jan__csv=JANUARY, readme__md="words", picture__png=b"\x89PNG")
    write(folder / ".git", config__csv=FRUIT)
    write(folder / "__MACOSX", _jan__csv=FRUIT)
    (folder / "~$open.xlsx").write_bytes(b"locked")
    (folder / ".hidden.csv").write_text(FRUIT, encoding="utf-8")
    write(folder / "reports" / "2025-01", manifest__json="{}", worklist__xlsx=b"PK\x03\x04")
    ran = run("load", folder, "--ledger", tmp_path / "ledger.duckdb")
    assert ran.status == 0
    assert [line.partition(":")[0] for line in ran.out.splitlines()] == ["jan.csv"]
    assert ran.err == "Passed over, not called as an export is: picture.png, readme.md.\n"


def test_a_folder_loaded_again_reads_nothing_again_and_makes_no_load(run: Run, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", jan__csv=JANUARY, fruit__csv=FRUIT)
    ledger = tmp_path / "ledger.duckdb"
    first, again = (run("load", folder, "--ledger", ledger) for _ in range(2))
    assert (first.status, again.status) == (3, 3)
    assert "fruit.csv: refused: not recognised" in again.out
    assert "loaded before, nothing in it is new" in again.out
    with open_ledger(ledger) as opened:
        assert opened.last_load() == 1
        assert [row["file_name"] for row in on(opened, "2025-03-31").show("rejects")] == ["fruit.csv"]


def test_a_folder_in_which_all_is_refused_leaves_no_ledger_behind(run: Run, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", a__csv=FRUIT, b__csv=b"")
    ran = run("load", folder, "--ledger", tmp_path / "ledger.duckdb")
    assert ran.status == 1
    assert [line.partition(": refused: ")[0] for line in ran.out.splitlines()] == ["a.csv", "b.csv"]
    assert ran.err == "agingreport: None of the 2 files could be loaded; nothing was changed.\n"
    assert not (tmp_path / "ledger.duckdb").exists()


def test_a_named_file_that_is_refused_refuses_all_also_beside_a_folder(run: Run, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", jan__csv=JANUARY)
    write(tmp_path, fruit__csv=FRUIT)
    ran = run("load", folder, tmp_path / "fruit.csv", "--ledger", tmp_path / "ledger.duckdb")
    assert (ran.status, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert not (tmp_path / "ledger.duckdb").exists()


def test_a_file_that_stops_the_database_does_not_stop_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A statement that fails ends a transaction of DuckDB: the load is begun anew without the file."""
    from agingreport.readers import staging

    run = staging.run

    def failing(connection: object, file: str, **values: object) -> object:
        if "bad.csv" in str(values.get("path")):
            values["path"] = "/nowhere.csv"
        return run(connection, file, **values)  # type: ignore[arg-type]

    monkeypatch.setattr("agingreport.readers.loading.run", failing)
    folder = write(tmp_path / "in", a__csv=JANUARY, bad__csv=FEBRUARY, c__csv=FEBRUARY.replace("I2", "I3"))
    ledger = open_ledger(IN_MEMORY, writable=True)
    with find_exports([folder]) as found:
        loaded = ledger.load(found.exports, loaded_at=LOADED_AT, options=DOLLARS)
    assert [bool(file.refusal) for file in loaded] == [False, True, False]
    assert [row["document_id"] for row in on(ledger, "2025-03-31").show("open_items")] == ["I1", "I3"]
    assert ledger.last_load() == 1


def test_a_zip_archive_is_a_folder_whose_files_are_named_after_it(run: Run, tmp_path: Path) -> None:
    members = {"jan.csv": JANUARY, "2025/feb.csv": FEBRUARY, "fruit.csv": FRUIT, "read.me": "words"}
    archive = zipped(tmp_path / "books.zip", members)
    ran = run("load", archive, "--ledger", tmp_path / "ledger.duckdb")
    named = ["books.zip/2025/feb.csv", "books.zip/fruit.csv", "books.zip/jan.csv"]
    assert (ran.status, [line.partition(":")[0] for line in ran.out.splitlines()]) == (3, named)
    assert "Passed over, not called as an export is: books.zip/read.me.\n" in ran.err
    with open_ledger(tmp_path / "ledger.duckdb") as opened:
        shown = [row["file_name"] for row in on(opened, "2025-03-31").show("sources")]
    assert shown == ["books.zip/2025/feb.csv", "books.zip/jan.csv"]
    assert open_amounts(tmp_path / "ledger.duckdb") == {"I1": "100.0000", "I2": "50.0000"}


@pytest.mark.parametrize("member", ["../../evil.csv", "/etc/evil.csv", "..\\..\\evil.csv", "C:\\evil.csv"])
def test_a_member_of_an_archive_never_leaves_its_place(tmp_path: Path, member: str) -> None:
    archive = zipped(tmp_path / "deep" / "in" / "books.zip", {member: JANUARY})
    with find_exports([archive]) as found:
        [export] = found.exports
        assert export.name.rpartition("/")[2] in {"evil.csv"}
        assert ".." not in export.name
        assert "evil" not in str(export.path)
        assert export.path.read_text(encoding="utf-8") == JANUARY
        unpacked = export.path
    assert not unpacked.exists()
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["books.zip"]


def test_an_archive_made_to_fill_the_disk_is_refused_unopened(run: Run, tmp_path: Path) -> None:
    archive = zipped(tmp_path / "bomb.zip", {"zeros.csv": b"0" * 120_000_000})
    ran = run("load", archive, "--ledger", tmp_path / "ledger.duckdb")
    assert (ran.status, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert "bomb.zip: its 1 files would take 120,000,000 bytes" in ran.err


def test_an_archive_that_lies_about_its_size_is_unpacked_no_further(tmp_path: Path) -> None:
    """The directory says one byte; what comes is a million."""
    archive = zipped(tmp_path / "liar.zip", {"zeros.csv": b"0" * 1_000_000})
    content = archive.read_bytes()
    archive.write_bytes(content.replace(struct.pack("<L", 1_000_000), struct.pack("<L", 1)))
    with pytest.raises(Exception, match=r"liar\.zip: cannot be opened as a zip archive"), find_exports([archive]):
        pass


def test_more_members_than_anyone_exports_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "MOST_MEMBERS", 2)
    archive = zipped(tmp_path / "many.zip", {f"{number}.csv": JANUARY for number in range(3)})
    with pytest.raises(Exception, match="its 3 files would take"), find_exports([archive]):
        pass


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04 and no more", "cannot be opened as a zip archive"),
        (b"", "cannot be opened as a zip archive"),
        ({"inner.zip": b"PK"}, "an archive inside an archive"),
        ({"words.md": b"no export"}, "there is no export in the archive"),
    ],
)
def test_an_archive_that_cannot_be_taken_is_refused_by_name(
    run: Run, tmp_path: Path, content: bytes | dict[str, str | bytes], words: str
) -> None:
    path = tmp_path / "books.zip"
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        zipped(path, content)
    ran = run("load", path, "--ledger", tmp_path / "ledger.duckdb")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith("agingreport: books.zip")
    assert words in ran.err


def test_a_locked_member_is_refused_and_the_others_taken(run: Run, tmp_path: Path) -> None:
    archive = zipped(tmp_path / "in" / "books.zip", {"jan.csv": JANUARY, "feb.csv": FEBRUARY})
    content = bytearray(archive.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # the second entry is feb.csv
        second = content.index(mark, content.index(mark) + 1)
        content[second + offset] |= 1
    archive.write_bytes(bytes(content))
    ran = run("load", tmp_path / "in", "--ledger", tmp_path / "ledger.duckdb")
    assert ran.status == 3
    assert "books.zip/feb.csv: refused: it is locked with a password" in ran.out
    assert open_amounts(tmp_path / "ledger.duckdb") == {"I1": "100.0000"}


def test_the_same_file_named_twice_is_loaded_once(tmp_path: Path) -> None:
    (path,) = write_drawn(
        tmp_path, documents="document_id  kind  client  document_date  amount\n I1  invoice  A  2025-01-01  1"
    )
    with find_exports([path, tmp_path, tmp_path]) as found:
        assert len(found.exports) == 1
        assert found.exports[0].is_named
    assert len(load(open_ledger(IN_MEMORY, writable=True), [path])) == 1
