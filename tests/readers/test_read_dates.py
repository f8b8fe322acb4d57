"""How dates are read, and how a file's one order of day and month is found."""

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from loaded import day, load, refusal, table, write

from agingreport.readers.dates import decide_order, parse_date
from agingreport.readers.values import DateOrder

PROFILE = """
table = "documents"
kind = "invoice"
[columns]
number = "No"
client = "Client"
document_date = "Date"
due_date = "Due"
amount = "Amount"
"""


def dated(folder: Path, *rows: str) -> tuple[Path, Path]:
    """A file of invoices by date and due date, and the profile that maps it."""
    lines = [f"{number},A,{row},10" for number, row in enumerate(rows)]
    return write(folder, table("No,Client,Date,Due,Amount", *lines)), write(folder, PROFILE, "my.toml")


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("2026-03-04", None, "2026-03-04"),
        ("2026/3/4", None, "2026-03-04"),
        ("2026.03.04", None, "2026-03-04"),
        ("20260304", None, "2026-03-04"),
        (" 2026-03-04 ", None, "2026-03-04"),
        ("03/04/2026", "day-first", "2026-04-03"),
        ("03/04/2026", "month-first", "2026-03-04"),
        ("3.4.26", "day-first", "2026-04-03"),
        ("03-04-99", "day-first", "1999-04-03"),
        ("26/03/04", "year-first", "2026-03-04"),
        ("04/04/2026", None, "2026-04-04"),
        ("Jan 28 2021", None, "2021-01-28"),
        ("January 28, 2021", None, "2021-01-28"),
        ("28-Jan-2021", None, "2021-01-28"),
        ("28 Sept. 2021", None, "2021-09-28"),
        ("46265", None, "2026-08-31"),
        ("2026-03-04 10:15:00", None, "2026-03-04"),
        ("10/20/2019 11:28 pm", "month-first", "2019-10-20"),
        ("03/04/2026", None, None),
        ("03/04/2026", "year-first", None),
        ("13/14/2026", "day-first", None),
        ("2026-02-30", None, None),
        ("0026-03-04", None, None),
        ("3026-03-04", None, None),
        ("2026-3/4", None, None),
        ("28 Ja 2021", None, None),
        ("28 Ma 2021", None, None),
        ("28 Mai 2021", None, "2021-05-28"),
        ("28. März 2021", None, "2021-03-28"),
        ("28 Mrz 21", None, "2021-03-28"),
        ("5. Dez. 2021", None, "2021-12-05"),
        ("1er août 2021", None, "2021-08-01"),
        ("5 déc. 2021", None, "2021-12-05"),
        ("14 févr. 2021", None, "2021-02-14"),
        ("14 juil. 2021", None, "2021-07-14"),
        ("14 jui 2021", None, None),
        ("5 de enero de 2021", None, "2021-01-05"),
        ("05/ene/2021", None, "2021-01-05"),
        ("5-ago-21", None, "2021-08-05"),
        ("2021年3月4日", None, "2021-03-04"),
        ("31.12.99", "day-first", "1999-12-31"),
        ("31.12.26", "day-first", "2026-12-31"),
        ("1736035200", None, None),
        ("infinity", None, None),
        ("12", None, None),
        ("", None, None),
    ],
)
def test_a_date_is_read_or_it_is_not(text: str, order: DateOrder | None, expected: str | None) -> None:
    assert parse_date(text, order) == (day(expected) if expected else None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-01-01T02:30:00Z", date(2025, 12, 31)),
        ("2026-01-01 02:30:00 UTC", date(2025, 12, 31)),
        ("2026-01-01T04:30:00-01:00", date(2026, 1, 1)),
        ("2026-01-01T04:30:00+0100", date(2025, 12, 31)),
        ("2026-01-01T02:30:00", date(2026, 1, 1)),
    ],
)
def test_a_timestamp_with_a_zone_is_moved_to_the_firm_before_its_time_is_dropped(text: str, expected: date) -> None:
    assert parse_date(text, None, ZoneInfo("America/New_York")) == expected


def test_one_day_above_twelve_settles_the_order_of_all() -> None:
    assert decide_order(["01/02/2026", "13/02/2026"], list) == "day-first"
    assert decide_order(["01/02/2026", "02/13/2026"], list) == "month-first"


def test_dates_that_need_no_order_ask_for_none() -> None:
    assert decide_order(["2026-01-02", "Jan 2, 2026", "03/03/2026", "nonsense"], list) is None


def test_the_due_dates_settle_the_order_where_the_dates_do_not(tmp_path: Path) -> None:
    path, profile = dated(tmp_path, "05/11/2025,04/12/2025", "06/10/2025,05/11/2025", "07/09/2025,06/10/2025")
    assert load(path, profile=profile).rows("documents", "document_date", "due_date") == [
        (day("2025-11-05"), day("2025-12-04")),
        (day("2025-10-06"), day("2025-11-05")),
        (day("2025-09-07"), day("2025-10-06")),
    ]
    path, profile = dated(tmp_path, "11/05/2025,12/04/2025", "10/06/2025,11/05/2025", "09/07/2025,10/06/2025")
    assert load(path, profile=profile).rows("documents", "document_date")[0] == (day("2025-11-05"),)


def test_few_rows_settle_nothing_and_the_option_is_named(tmp_path: Path) -> None:
    path, profile = dated(tmp_path, "05/11/2025,04/12/2025", "06/11/2025,05/12/2025")
    assert refusal(path, profile=profile) == (
        "export.csv: the dates (such as 05/11/2025) can be read with the day or the month first, and nothing in the "
        "file tells; say --dates day-first or --dates month-first"
    )
    loaded = load(path, profile=profile, date_order="day-first")
    assert loaded.rows("documents", "document_date") == [(day("2025-11-05"),), (day("2025-11-06"),)]


def test_two_orders_in_one_file_are_refused_and_the_option_refuses_by_row(tmp_path: Path) -> None:
    path, profile = dated(tmp_path, "13/02/2026,", "02/14/2026,")
    assert "the dates 13/02/2026 and 02/14/2026 cannot be in the same order" in refusal(path, profile=profile)
    loaded = load(path, profile=profile, date_order="month-first")
    assert [reject[:3] for reject in loaded.rejects] == [(2, "document_date", 'not a date: "13/02/2026"')]


AGED = "Acme Ltd,,,,\nOpen Invoices,,,,\n{title},,,,\n,,,,\n,Date,Transaction type,Num,Due date,Amount,Open balance\n"


def test_no_document_lies_after_the_day_its_report_speaks_of(tmp_path: Path) -> None:
    """Written with the day first, 4 June would lie after 30 April; with the month first it is 6 April."""
    rows = "Bolt,,,,,,\n,04/06/2026,Invoice,7,,10.00,10.00\nTotal for Bolt,,,,,,10.00\n"
    path = write(tmp_path, AGED.format(title='"As of April 30, 2026"') + rows)
    assert load(path).rows("documents", "document_date") == [(day("2026-04-06"),)]
    path = write(tmp_path, AGED.format(title='"As of June 30, 2026"') + rows)
    assert "say --dates day-first or --dates month-first" in refusal(path)


def test_seconds_since_1970_are_days_only_where_times_are_written_in_a_zone() -> None:
    assert parse_date("1736035200", None, ZoneInfo("America/New_York"), written_in="UTC") == day("2025-01-04")
    assert parse_date("1736035200", None, written_in="UTC") == day("2025-01-05")


def test_an_unknown_time_zone_is_refused(tmp_path: Path) -> None:
    path, profile = dated(tmp_path, "2026-01-01,")
    assert "no time zone is called 'Mars/Olympus'" in refusal(path, profile=profile, time_zone="Mars/Olympus")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Mon, Jun 15, 2026", "2026-06-15"),
        ("Wednesday, 15 July 2026", "2026-07-15"),
        ("Sat 05/06/2026", "2026-06-05"),
        ("２０２６年６月１日", "2026-06-01"),
    ],
)
def test_the_day_of_the_week_before_a_date_says_nothing_more(text: str, named: str) -> None:
    assert parse_date(text, "day-first") == day(named)


def test_a_date_behind_its_day_of_the_week_needs_its_order_all_the_same() -> None:
    assert decide_order(["Sat 05/06/2026", "Sat 20/06/2026"], list) == "day-first"
