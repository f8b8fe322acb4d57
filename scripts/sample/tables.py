"""The tables of `told/`, drawn as text with bars between the columns, read into rows."""

from pathlib import Path

FOLDER = Path(__file__).with_name("told")


def read_table(name: str) -> list[dict[str, str]]:
    """Return one dict a row of the drawn table of that name; its first line names the columns."""
    drawing = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    heading, *rows = [[cell.strip() for cell in line.split("|")] for line in drawing.strip().splitlines()]
    return [dict(zip(heading, row, strict=True)) for row in rows]
