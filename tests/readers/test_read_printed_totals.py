"""Totals and buckets that a file prints are compared with the rows taken from it, reported, and never used."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from loaded import Loaded, load, money, table, write

from agingreport import open_ledger
from agingreport.audit import findings
from agingreport.readers import ReadOptions
from agingreport.readers.printed import days_past_due

HEADER = ",Date,Transaction type,Num,Customer full name,Due date,Amount,Open balance"
INVOICE = ",05/13/2026,Invoice,1,Acme,05/31/2026,100.00,60.00"  # due 12 days before 12 June
SECOND = ",06/01/2026,Invoice,2,Bolt,07/01/2026,50.00,50.00"  # not due


def aging(*rows: str, day: str = '"As of Jun 12, 2026"') -> str:
    return table("Ours", "A/R Aging Detail", day, "", HEADER, *rows)


def report(
    *, late: str = "$60.00", current: str = "$50.00", billed: str = "$150.00", still_open: str = "$110.00"
) -> str:
    return aging(
        "1 - 30 days past due,,,,,,,",
        INVOICE,
        f"Total for 1 - 30 days past due,,,,,,$100.00,{late}",
        "CURRENT,,,,,,,",
        SECOND,
        f"Total for CURRENT,,,,,,$50.00,{current}",
        f'TOTAL,,,,,,"{billed}","{still_open}"',
    )


def differences(loaded: Loaded) -> list[tuple[object, ...]]:
    return sorted((row[0], row[2], *map(str, row[4:6]), row[6]) for row in loaded.rows_of("total_differences"))


def test_totals_that_foot_are_not_worth_a_word(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, report()))
    assert differences(loaded) == []
    assert loaded.reading.notes == ("2 rows name no currency: taken as USD",)


def test_a_printed_total_that_is_not_that_of_its_rows_is_told_with_both_figures(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, report(still_open="$1,110.00")))
    assert differences(loaded) == [(12, "open_amount", "1110.0000", "110.0000", False)]
    assert loaded.reading.notes[-1] == (
        "row 12 (TOTAL) prints Open balance 1,110.00 USD, the rows taken come to 110.00 USD"
    )
    assert loaded.rows("open_balances", "open_amount") == [(money("60"),), (money("50"),)]


def test_a_cent_is_a_difference_and_less_is_none(tmp_path: Path) -> None:
    assert len(differences(load(write(tmp_path, report(billed="$150.01"))))) == 1
    assert differences(load(write(tmp_path, report(billed="150.0000001")))) == []


def test_a_missing_row_is_seen_by_the_totals_around_it(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, report().replace(SECOND + "\n", "")))
    assert [row[:4] for row in differences(loaded)] == [
        (10, "amount", "50.0000", "0.0000"),
        (10, "open_amount", "50.0000", "0.0000"),
        (11, "amount", "150.0000", "100.0000"),
        (11, "open_amount", "110.0000", "60.0000"),
    ]


def test_an_age_group_is_compared_with_the_due_dates_too(tmp_path: Path) -> None:
    """The invoice due on 31 May stands in the group of 1 to 30 days; on 31 July it is 61 days late."""
    loaded = load(write(tmp_path, report().replace("Jun 12", "Jul 31")))
    assert differences(loaded) == [
        (8, "open_amount", "60.0000", "50.0000", True),
        (11, "open_amount", "50.0000", "0.0000", True),
    ]
    assert (
        "row 8 (Total for 1 - 30 days past due) prints Open balance 60.00 USD, by the due dates it is 50.00 USD"
        in (loaded.reading.notes[-1])
    )


def test_a_report_without_a_day_has_no_ages_to_compare(tmp_path: Path) -> None:
    assert differences(load(write(tmp_path, report().replace('"As of Jun 12, 2026"', "All Dates")))) == []


def test_totals_over_two_currencies_are_not_compared(tmp_path: Path) -> None:
    text = report(still_open="$999.00").replace("balance\n", "balance,Currency\n")
    text = text.replace(INVOICE, INVOICE + ",EUR").replace(SECOND, SECOND + ",USD")
    assert differences(load(write(tmp_path, text))) == []


@pytest.mark.parametrize(
    ("label", "days"),
    [
        ("Total for 1 - 30 days past due", (1, 30)),
        ("Total 31 - 60", (31, 60)),
        ("Total for 91 or more days past due", (91, 10**6)),
        ("Total > 90", (91, 10**6)),
        ("Total Current", (-(10**6), 0)),
        ("TOTAL", None),
        ("Total for Acme", None),
        ("Total 30 Rock Ltd", None),
    ],
)
def test_an_age_group_is_known_by_its_name(label: str, days: tuple[int, int] | None) -> None:
    assert days_past_due(label) == days


ERPNEXT = "Posting Date,Party,Voucher Type,Voucher No,Due Date,Invoiced Amount,Outstanding Amount,0-30,31-60,61-Above"


def test_bucket_columns_are_compared_with_their_totals(tmp_path: Path) -> None:
    """The payment on account has no billed amount of its own: that total is of something else."""
    rows = (
        "2026-01-05,Acme,Sales Invoice,SI-1,2026-02-04,1000.0,600.0,0.0,600.0,0.0",
        "2026-03-01,Acme,Payment Entry,PE-4,,0.0,-250.0,-250.0,0.0,0.0",
        "Total,,,,,1000.0,350.0,-200.0,600.0,0.0",
    )
    loaded = load(write(tmp_path, table(ERPNEXT, *rows)))
    assert differences(loaded) == [(4, "0-30", "-200.0000", "-250.0000", False)]
    assert "row 4 (Total) prints 0-30 -200.00 USD, the rows taken come to -250.00 USD" in loaded.reading.notes


def test_check_lists_the_differences_of_each_file(tmp_path: Path) -> None:
    path = write(tmp_path, report(still_open="$111.00").replace("Jun 12", "Jul 31"), "aging.csv")
    with open_ledger(tmp_path / "ledger.duckdb", writable=True) as ledger:
        ledger.load([path], loaded_at=datetime(2026, 8, 1, tzinfo=UTC), options=ReadOptions(currency="USD"))
        found = [row for row in findings(ledger.as_of(date(2026, 7, 31))) if row["check"] == "printed_totals"]
        before = ledger.as_of(date(2026, 7, 31), known_on=date(2026, 7, 31))
        assert "printed_totals" not in [row["check"] for row in findings(before)]
    assert [(row["severity"], row["subject"], row["detail"]) for row in found] == [
        (
            "warning",
            "totals of aging.csv",
            "1 differ; the first is row 12 (TOTAL): 111.00 is printed, 110.00 USD is what the rows taken come to",
        ),
        (
            "info",
            "age groups of aging.csv",
            "2 differ; the first is row 8 (Total for 1 - 30 days past due): 60.00 is printed, 50.00 USD is of that age "
            "by the due dates",
        ),
    ]
