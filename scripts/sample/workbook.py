"""A QuickBooks report as a workbook: dates are text, money is numbers, and the file says no other time than its own."""

import io
from datetime import datetime

import xlsxwriter

from sample.quickbooks import Row


def as_xlsx(grid: list[Row], *, created: datetime) -> bytes:
    """Return the bytes of a workbook of one sheet; the same for the same grid and time of making."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as workbook:
        workbook.set_properties({"title": str(grid[1][0]), "created": created.replace(tzinfo=None)})
        money = workbook.add_format({"num_format": "#,##0.00"})
        sheet = workbook.add_worksheet("Sheet1")
        for row_number, row in enumerate(grid):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    if cell:
                        sheet.write_string(row_number, column, cell)
                else:
                    sheet.write_number(row_number, column, float(cell), money)
    return held.getvalue()
