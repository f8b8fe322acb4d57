"""Tables drawn as text in the modules of the sample, read into rows."""


def read_table(drawing: str) -> list[dict[str, str]]:
    """Return one dict a row of a table drawn with bars; the first line names the columns."""
    lines = [[cell.strip() for cell in line.split("|")] for line in drawing.strip().splitlines()]
    heading, *rows = lines
    return [dict(zip(heading, row, strict=True)) for row in rows]
