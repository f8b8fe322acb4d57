"""What is said once of a kind of source holds for the next one of that kind, and `load` says so."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from agingreport.ledger import Ledger, open_ledger
from agingreport.readers import ReadOptions
from command import Run
from drawn import IN_MEMORY, on

HEADER = "document_id,kind,client,document_date,amount\n"
ZOHO = "Invoice Number,Customer Name,Invoice Date,Due Date,Total,Balance,Invoice Status\n"
ONE = ZOHO + "I1,Acme,01/02/2026,01/02/2026,100.00,100.00,Sent\n"
TWO = ZOHO + "I2,Acme,03/04/2026,03/04/2026,100.00,100.00,Sent\n"
ISO = ONE.replace("01/02/2026", "2026-02-01")
OTHER_HEADER = ZOHO.replace("Status", "Status,Notes") + "I3,Acme,05/06/2026,05/06/2026,100.00,100.00,Sent,\n"
NOON = datetime(2026, 11, 2, 12)  # noqa: DTZ001 - the ledger keeps UTC without a zone


def write(path: Path, content: str) -> Path:
    path.write_text(content, encoding="utf-8")
    return path


def load(run: Run, tmp_path: Path, *arguments: object) -> tuple[int, str]:
    ran = run("load", *arguments, "--ledger", tmp_path / "ledger.duckdb")
    return ran.status, ran.out + ran.err


def dates(tmp_path: Path) -> dict[str, str]:
    with open_ledger(tmp_path / "ledger.duckdb") as opened:
        return {
            row["number"] or row["document_id"]: str(row["document_date"])
            for row in on(opened, "2026-12-31").show("documents")
        }


@pytest.fixture(autouse=True)
def _at_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1793620800")  # 2026-11-02 12:00 UTC


def test_the_order_of_dates_is_said_once_for_files_with_that_header(run: Run, tmp_path: Path) -> None:
    one, two = write(tmp_path / "one.csv", ONE), write(tmp_path / "two.csv", TWO)
    assert load(run, tmp_path, two)[0] == 1
    assert load(run, tmp_path, one, "--dates", "day-first")[0] == 0
    status, said = load(run, tmp_path, two)
    assert status == 0
    assert "  dates day-first, as said on 2026-11-02\n" in said
    assert dates(tmp_path) == {"I1": "2026-02-01", "I2": "2026-04-03"}
    assert load(run, tmp_path, write(tmp_path / "three.csv", OTHER_HEADER))[0] == 1


def test_what_is_said_anew_holds_from_then_on(run: Run, tmp_path: Path) -> None:
    load(run, tmp_path, write(tmp_path / "one.csv", ONE), "--dates", "day-first")
    _, said = load(run, tmp_path, write(tmp_path / "two.csv", TWO), "--dates", "month-first")
    assert "  dates month-first from now on; day-first was said on 2026-11-02\n" in said
    load(run, tmp_path, write(tmp_path / "three.csv", TWO.replace("I2", "I3")))
    assert dates(tmp_path) == {"I1": "2026-02-01", "I2": "2026-03-04", "I3": "2026-03-04"}


def test_a_file_read_with_what_was_remembered_is_known_the_next_time(run: Run, tmp_path: Path) -> None:
    one = write(tmp_path / "one.csv", ONE)
    load(run, tmp_path, one, "--dates", "day-first")
    for arguments in ((), ("--dates", "day-first")):
        assert "loaded before, nothing in it is new" in load(run, tmp_path, one, *arguments)[1]
    assert "1 changed" in load(run, tmp_path, one, "--dates", "month-first")[1]
    assert dates(tmp_path) == {"I1": "2026-01-02"}


def test_what_a_file_did_not_need_is_not_remembered(run: Run, tmp_path: Path) -> None:
    load(run, tmp_path, write(tmp_path / "iso.csv", ISO), "--dates", "day-first")
    assert load(run, tmp_path, write(tmp_path / "two.csv", TWO))[0] == 1


def test_a_refused_load_remembers_nothing(run: Run, tmp_path: Path) -> None:
    fruit = write(tmp_path / "fruit.csv", "fruit,colour\napple,red\n")
    assert load(run, tmp_path, write(tmp_path / "one.csv", ONE), fruit, "--dates", "day-first")[0] == 1
    assert load(run, tmp_path, write(tmp_path / "one.csv", ONE))[0] == 1


def test_a_file_refused_for_want_of_an_option_is_taken_by_retry_once_it_is_known(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    write(folder / "iso.csv", ISO)
    write(folder / "two.csv", TWO)
    assert load(run, tmp_path, folder)[0] == 3
    assert load(run, tmp_path, "--retry", "--dates", "day-first")[0] == 0
    assert dates(tmp_path) == {"I1": "2026-02-01", "I2": "2026-04-03"}


def test_currency_and_decimal_mark_are_remembered_too(run: Run, tmp_path: Path) -> None:
    header = ZOHO.replace(",", ";")
    first = write(tmp_path / "one.csv", header + "I1;Acme;2026-02-01;2026-03-01;1.500;1.500;Sent\n")
    assert load(run, tmp_path, first)[0] == 1
    assert load(run, tmp_path, first, "--decimal", ",", "--currency", "eur")[0] == 0
    second = write(tmp_path / "two.csv", header + "I2;Acme;2026-02-01;2026-03-01;2.500;2.500;Sent\n")
    _, said = load(run, tmp_path, second)
    assert "  decimal mark comma, as said on 2026-11-02\n" in said
    assert "  currency EUR, as said on 2026-11-02\n" in said
    with open_ledger(tmp_path / "ledger.duckdb") as opened:
        rows = on(opened, "2026-12-31").show("documents")
        assert [(str(row["amount"]), row["currency"]) for row in rows] == [("1500.0000", "EUR"), ("2500.0000", "EUR")]


PROFILE = """
title = "mine"
evidence = "FILE"
table = "documents"
kind = "invoice"
required = ["document_id", "amount"]
[columns]
document_id = "no"
client = "who"
document_date = "when"
amount = "sum"
"""


def test_a_profile_is_remembered_whole_for_its_header_and_for_no_other(run: Run, tmp_path: Path) -> None:
    profile = write(tmp_path / "mine.toml", PROFILE)
    table = write(tmp_path / "one.csv", "no,who,when,sum\n1,Acme,2026-02-01,100.00\n")
    assert load(run, tmp_path, table, "--profile", profile)[0] == 0
    profile.unlink()
    assert "loaded before, nothing in it is new" in load(run, tmp_path, table)[1]
    status, said = load(run, tmp_path, write(tmp_path / "two.csv", "No,WHO,when,sum\n2,Bolt,2026-02-02,50.00\n"))
    assert (status, "  profile mine.toml, as said on 2026-11-02\n" in said) == (0, True)
    assert load(run, tmp_path, write(tmp_path / "three.csv", "no,when,sum,who else\n3,2026-02-01,1,A\n"))[0] == 1


def write_moments(path: Path, *moments: str) -> Path:
    rows = "".join(f"I{number},invoice,Acme,{moment},1.00\n" for number, moment in enumerate(moments))
    return write(path, HEADER + rows)


@pytest.mark.parametrize(
    ("zone", "days"),
    [
        ("UTC", ["2026-01-01", "2026-07-01", "2026-10-25"]),
        ("Europe/Berlin", ["2026-01-02", "2026-07-02", "2026-10-25"]),  # an hour ahead, two in summer
        ("America/New_York", ["2026-01-01", "2026-07-01", "2026-10-24"]),  # five and four behind
        ("Asia/Kolkata", ["2026-01-02", "2026-07-02", "2026-10-25"]),
    ],
)
def test_a_moment_falls_on_the_day_it_has_in_the_firms_zone(
    run: Run, tmp_path: Path, zone: str, days: list[str]
) -> None:
    moments = write_moments(
        tmp_path / "m.csv", "2026-01-01T23:00:00Z", "2026-07-01T22:30:00Z", "2026-10-25T00:30:00+00:00"
    )
    assert load(run, tmp_path, moments, "--time-zone", zone)[0] == 0
    assert list(dates(tmp_path).values()) == days


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-03-28T22:59:59Z", "2026-03-28"),  # the night before the clocks go forward: midnight is at 23:00 UTC
        ("2026-03-28T23:00:00Z", "2026-03-29"),
        ("2026-03-29T21:59:59Z", "2026-03-29"),  # the night after: at 22:00
        ("2026-03-29T22:00:00Z", "2026-03-30"),
        ("2026-10-24T21:59:59Z", "2026-10-24"),  # and back: at 22:00, a day later at 23:00
        ("2026-10-24T22:00:00Z", "2026-10-25"),
        ("2026-10-25T22:59:59Z", "2026-10-25"),
        ("2026-10-25T23:00:00Z", "2026-10-26"),
    ],
)
def test_the_day_begins_at_midnight_of_the_firm_on_either_side_of_a_change_of_clocks(
    run: Run, tmp_path: Path, moment: str, day: str
) -> None:
    load(run, tmp_path, write_moments(tmp_path / "m.csv", moment), "--time-zone", "Europe/Berlin")
    assert dates(tmp_path) == {"I0": day}


def test_the_zone_is_remembered_for_every_source_and_the_default_is_said(run: Run, tmp_path: Path) -> None:
    first = write_moments(tmp_path / "m.csv", "2026-01-01T23:30:00Z")
    assert (
        "  its times are taken as days of UTC; say the firm's zone with --time-zone\n" in load(run, tmp_path, first)[1]
    )
    assert "1 changed" in load(run, tmp_path, first, "--time-zone", "Europe/Berlin")[1]
    other = write(tmp_path / "o.csv", OTHER_HEADER.replace("05/06/2026", "2026-01-01 23:30 UTC"))
    _, said = load(run, tmp_path, other)
    assert "  days of Europe/Berlin, as said on 2026-11-02\n" in said
    assert dates(tmp_path) == {"I0": "2026-01-02", "I3": "2026-01-02"}


def test_a_zone_that_is_none_is_refused_before_anything_is_read(run: Run, tmp_path: Path) -> None:
    status, said = load(run, tmp_path, write(tmp_path / "one.csv", ONE), "--time-zone", "Mars/Olympus")
    assert (status, said.count("\n")) == (1, 1)
    assert "Mars/Olympus" in said
    assert not (tmp_path / "ledger.duckdb").exists()


def test_an_encoding_that_does_not_exist_is_refused_before_any_file_of_a_folder(tmp_path: Path, run: Run) -> None:
    (tmp_path / "exports").mkdir()
    write(tmp_path / "exports" / "one.csv", ONE)
    status, said = load(run, tmp_path, tmp_path / "exports", "--encoding", "klingon")
    assert status == 1
    assert "no encoding is called 'klingon'" in said
    assert "one.csv" not in said


def test_what_was_said_keeps_its_history(tmp_path: Path) -> None:
    ledger: Ledger = open_ledger(IN_MEMORY, writable=True)
    one, two = write(tmp_path / "one.csv", ONE), write(tmp_path / "two.csv", TWO)
    ledger.load([one], loaded_at=NOON, options=ReadOptions(currency="USD", date_order="day-first"))
    later = NOON + timedelta(days=1)
    ledger.load([two], loaded_at=later, options=ReadOptions(currency="USD", date_order="month-first"))
    said = "select option, value, loaded_by, replaced_by from ledger.said_options order by all"
    assert ledger.connection.execute(said).fetchall() == [
        ("currency", "USD", 1, None),
        ("date_order", "day-first", 1, 2),
        ("date_order", "month-first", 2, None),
    ]
