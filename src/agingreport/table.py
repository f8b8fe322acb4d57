"""Rows under named columns: what every metric gives, to a program, to pandas and to a person in JupyterLab."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas

MOST_ROWS_SHOWN = 200
# Ratios: 0.3 % is a rate that a provision rests on, and two decimals would show it as nothing.
RATIOS = ("_rate", "_share", "_share_error", "_effectiveness")


@dataclass(frozen=True)
class Table:
    """Rows under named columns; money is Decimal, days are date, null is None."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def dicts(self) -> list[dict[str, Any]]:
        """One mapping a row, in the order of the columns."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def frame(self) -> "pandas.DataFrame":
        """The same as pandas; Decimal stays Decimal, so sums stay exact."""
        import pandas

        return pandas.DataFrame(list(self.rows), columns=list(self.columns), dtype=object).infer_objects()

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.dicts())

    def _repr_html_(self) -> str:
        """The first rows for JupyterLab, escaped, and kept from being read as mathematics for their dollar signs."""
        from agingreport.reports.markup import tag

        are_numbers = [self.is_number(number) for number in range(len(self.columns))]
        align = ["text-align: right" if is_number else "text-align: left" for is_number in are_numbers]
        head = tag("tr", *(tag("th", name, style=style) for name, style in zip(self.columns, align, strict=True)))
        body = [
            tag(
                "tr",
                *(
                    tag("td", cell_text(cell, name), style=style)
                    for name, cell, style in zip(self.columns, row, align, strict=True)
                ),
            )
            for row in self.rows[:MOST_ROWS_SHOWN]
        ]
        left_out = len(self.rows) - len(body)
        note = tag("p", f"{left_out:,} rows more: use .frame() to see them all.") if left_out > 0 else None
        grid = tag("table", tag("thead", head), tag("tbody", *body))
        return tag("div", grid, note, class_="mathjax_ignore tex2jax_ignore").text

    def is_number(self, column: int) -> bool:
        """Whether the column at that place holds numbers."""
        return any(isinstance(row[column], int | float | Decimal) for row in self.rows)


def cell_text(value: Any, column: str) -> str:
    """One cell as a person reads it: money and days with two decimals, ratios with four, nothing for null."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        cents = value.quantize(Decimal("0.01"))
        return f"{cents:,}" if cents == value else f"{value.normalize():,f}"
    if isinstance(value, float):
        return f"{value:,.4f}" if column.endswith(RATIOS) else f"{value:,.2f}"
    if isinstance(value, date | datetime):
        return value.isoformat(" ", "seconds") if isinstance(value, datetime) else value.isoformat()
    return str(value)
