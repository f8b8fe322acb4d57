"""A table for a person or a program, in every format the same values."""

import csv
import io
import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import pytest

from agingreport.errors import AgingReportError
from agingreport.output import write, write_metric
from agingreport.table import Table
from drawn import books_of

NAMES = ("client", "amount", "rate", "count", "due_date", "is_disputed", "note")
TABLE = Table(
    NAMES,
    (
        ('Müller, "Söhne" & Co', Decimal("1234567.8900"), 0.5, 3, date(2025, 1, 31), True, None),
        ("=1+1", Decimal("-0.0001"), None, 0, None, False, "two\nlines"),
        ("http://example.org", Decimal("99999999999999.9999"), 1.0, -1, date(1999, 12, 31), None, " 007"),
    ),
)
EMPTY = Table(NAMES, ())


def written(table: Table, form: str, folder: Path) -> Path:
    path = folder / "deeper" / f"table.{form}"
    assert write(table, form=form, path=path, title="table") is None
    assert list(path.parent.iterdir()) == [path]
    return path


def text_of(table: Table, form: str) -> str:
    text = write(table, form=form, path=None, title="table")
    assert text is not None
    return text


def test_json_has_decimals_as_strings_and_dates_in_iso_form() -> None:
    first, second, third = json.loads(text_of(TABLE, "json"))
    assert first == {
        "client": 'Müller, "Söhne" & Co',
        "amount": "1234567.8900",
        "rate": 0.5,
        "count": 3,
        "due_date": "2025-01-31",
        "is_disputed": True,
        "note": None,
    }
    assert (second["amount"], third["amount"]) == ("-0.0001", "99999999999999.9999")


def test_csv_has_the_same_values_with_nothing_where_nothing_is_known() -> None:
    rows = list(csv.DictReader(io.StringIO(text_of(TABLE, "csv"), newline="")))
    assert [row["amount"] for row in rows] == ["1234567.8900", "-0.0001", "99999999999999.9999"]
    assert rows[0]["client"] == 'Müller, "Söhne" & Co'
    assert (rows[1]["due_date"], rows[1]["rate"], rows[1]["note"]) == ("", "", "two\nlines")


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_a_file_holds_what_the_screen_shows(form: str, tmp_path: Path) -> None:
    assert written(TABLE, form, tmp_path).read_bytes().decode() == text_of(TABLE, form)


def test_parquet_keeps_types_and_every_digit(tmp_path: Path) -> None:
    read = duckdb.read_parquet(str(written(TABLE, "parquet", tmp_path)))
    assert tuple(read.columns) == NAMES
    assert tuple(read.fetchall()) == TABLE.rows
    assert dict(zip(read.columns, map(str, read.types), strict=True))["amount"].startswith("DECIMAL")


@pytest.mark.parametrize("metric", ["open_items", "unapplied"])
def test_a_metric_goes_to_parquet_with_its_own_types_in_its_order(metric: str, tmp_path: Path) -> None:
    documents = """
        document_id  kind     client             document_date  due_date    amount
        I1           invoice  Müller, "Söhne"    2025-03-01     2025-03-31  99999999999999.99
        I2           invoice  =1+1               2025-03-02     -           0.01
    """
    books = books_of(tmp_path / "drawn", "2025-04-30", documents=documents)
    assert write_metric(books, metric, form="parquet", path=tmp_path / "out.parquet") is None
    read = duckdb.read_parquet(str(tmp_path / "out.parquet"))
    shown = books.show(metric)
    assert (tuple(read.columns), tuple(read.fetchall())) == (shown.columns, shown.rows)
    types = dict(zip(read.columns, map(str, read.types), strict=True))
    assert (types["amount"], types["document_date"], types["number"]) == ("DECIMAL(18,4)", "DATE", "VARCHAR")


def test_xlsx_keeps_text_as_text_and_dates_as_dates(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(written(TABLE, "xlsx", tmp_path)).active
    assert sheet is not None
    header, first, second, third = sheet.iter_rows(values_only=True)
    assert header == NAMES
    assert first == ('Müller, "Söhne" & Co', 1234567.89, 0.5, 3, datetime(2025, 1, 31), True, None)  # noqa: DTZ001
    assert second[0] == "=1+1"
    assert sheet["A3"].data_type == "s"
    assert sheet["A4"].hyperlink is None
    assert (third[0], third[6]) == ("http://example.org", " 007")


@pytest.mark.parametrize("form", ["xlsx", "parquet"])
def test_the_same_rows_give_the_same_bytes(form: str, tmp_path: Path) -> None:
    assert written(TABLE, form, tmp_path / "1").read_bytes() == written(TABLE, form, tmp_path / "2").read_bytes()


def test_a_table_without_rows_still_has_its_columns(tmp_path: Path) -> None:
    assert json.loads(text_of(EMPTY, "json")) == []
    assert text_of(EMPTY, "csv") == ",".join(NAMES) + "\r\n"
    assert tuple(duckdb.read_parquet(str(written(EMPTY, "parquet", tmp_path))).columns) == NAMES
    assert text_of(EMPTY, "table") == "Nothing to show.\n"


def test_the_terminal_shows_money_with_cents_and_never_cuts_a_row_in_a_pipe() -> None:
    text = text_of(TABLE, "table")
    assert "1,234,567.89" in text
    assert "99,999,999,999,999.9999" in text
    assert 'Müller, "Söhne" & Co' in text


def test_square_brackets_in_a_name_are_shown_and_not_obeyed() -> None:
    assert "[bold]Acme[/bold]" in text_of(Table(("client",), (("[bold]Acme[/bold]",),)), "table")


@pytest.mark.parametrize("form", ["xlsx", "parquet"])
def test_a_file_that_cannot_be_written_leaves_nothing_behind(form: str, tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(AgingReportError, match="Cannot write"):
        write(TABLE, form=form, path=tmp_path / "taken", title="table")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_a_small_rate_is_not_shown_as_nothing() -> None:
    """IFRS 9, example 12, provides 0.3 % of what is current."""
    table = Table(("loss_rate", "open_share", "dso_days"), ((0.003, 1.0, 44.5),))
    assert text_of(table, "table").splitlines()[1].split() == ["0.0030", "1.0000", "44.50"]
    assert all(f">{shown}<" in table._repr_html_() for shown in ("0.0030", "1.0000", "44.50"))
