"""Write a table for a person or a program: terminal, JSON, CSV, Parquet or XLSX."""

import csv
import io
import json
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from agingreport.errors import AgingReportError
from agingreport.table import Table, cell_text

if TYPE_CHECKING:
    from agingreport.books import Books

TEXT_FORMATS = ("table", "json", "csv")
FORMATS = (*TEXT_FORMATS, "parquet", "xlsx")


def write_metric(books: "Books", metric: str, *, form: str, path: Path | None, is_matrix: bool = False) -> str | None:
    """The rows of a metric as text, or None once they are in the file at `path`.

    Raises AgingReportError where there is no such metric, where a file is needed and none is named, or it cannot be
    written.
    """
    from agingreport.computed import COMPUTED, show_metric
    from agingreport.matrix import as_matrix

    if form == "parquet" and path is not None and not is_matrix and metric not in COMPUTED:
        into(path, lambda partial: books.save(metric, partial))
        return None
    table = as_matrix(books, metric) if is_matrix else show_metric(books, metric)
    return write(table, form=form, path=path, title=metric)


def write(table: Table, *, form: str, path: Path | None, title: str) -> str | None:
    """The table as text, or None once it is in the file at `path`.

    Raises AgingReportError where a file is needed and none is named, or it cannot be written.
    """
    if form in TEXT_FORMATS:
        text = as_text(table, form=form)
        if path is None:
            return text
        into(path, lambda partial: write_text(partial, text))
        return None
    if path is None:
        raise AgingReportError(f"A {form} file needs a name: add --output FILE.{form}.")
    into(path, lambda partial: {"parquet": write_parquet, "xlsx": write_xlsx}[form](table, partial, title))
    return None


def as_text(table: Table, *, form: str) -> str:
    """The table in one of the forms that are text."""
    return {"table": as_terminal_table, "json": as_json, "csv": as_csv}[form](table)


def into(path: Path, make: Callable[[Path], None]) -> None:
    """Make a file whole or not at all."""
    partial = path.with_name(f".{path.name}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        make(partial)
        partial.replace(path)
    except OSError as error:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        reason = error.strerror or error
        raise AgingReportError(f"Cannot write {path}: {reason}; choose another with --output.") from error


def write_text(path: Path, text: str) -> None:
    """The text and nothing else; CSV keeps its own line ends."""
    path.write_text(text, encoding="utf-8", newline="")


def as_json(table: Table) -> str:
    """A list of objects: decimals as strings, dates in ISO form, null where there is nothing."""
    return json.dumps(table.dicts(), default=plain, ensure_ascii=False, indent=1) + "\n"


def plain(value: object) -> str:
    """The text JSON gets for a type it lacks."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)


def as_csv(table: Table) -> str:
    """Comma, a header row, CRLF as RFC 4180 has it; values as in JSON."""
    text = io.StringIO()
    out = csv.writer(text)
    out.writerow(table.columns)
    out.writerows([["" if cell is None else plain(cell) for cell in row] for row in table.rows])
    return text.getvalue()


def as_terminal_table(table: Table) -> str:
    """For people: money with two decimals, ratios with four, numbers to the right, blank for null."""
    from rich.console import Console
    from rich.table import Table as Grid
    from rich.text import Text

    grid = Grid(box=None, pad_edge=False, header_style="bold")
    for number, column in enumerate(table.columns):
        grid.add_column(column, justify="right" if table.is_number(number) else "left", overflow="fold")
    for row in table.rows:
        grid.add_row(*(Text(cell_text(cell, name)) for name, cell in zip(table.columns, row, strict=True)))
    text = io.StringIO()
    Console(file=text, width=width_of(table), highlight=False, color_system=None).print(grid)
    return text.getvalue() if table.rows else "Nothing to show.\n"


def width_of(table: Table) -> int:
    """Width of the terminal, or in a pipe whatever the longest row takes: nothing is cut off there."""
    import shutil
    import sys

    if sys.stdout.isatty():
        return shutil.get_terminal_size().columns
    widest = [
        max([len(column), *(len(cell_text(row[number], column)) for row in table.rows)])
        for number, column in enumerate(table.columns)
    ]
    return sum(widest) + 3 * len(widest) + 1


def write_parquet(table: Table, path: Path, title: str) -> None:
    """Typed columns; money is DECIMAL(18,4)."""
    import duckdb
    import pandas

    del title
    frame = pandas.DataFrame(list(table.rows), columns=list(table.columns), dtype=object)
    with duckdb.connect() as connection:
        connection.from_df(frame).write_parquet(str(path))


def write_xlsx(table: Table, path: Path, title: str) -> None:
    """One sheet with the table's own columns."""
    from agingreport.reports.workbook import Column, Sheet, workbook

    columns = [Column(name, name, min(max(len(name) + 4, 12), 40)) for name in table.columns]
    path.write_bytes(workbook(title, [Sheet(title, columns, table.dicts())]))
