"""Notebooks of a few lines, for the tests of what runs them."""

from pathlib import Path
from typing import Any

import nbformat

PARAMETERS = 'ledger = "books.duckdb"\nas_of = "2026-01-31"'


def write_notebook(path: Path, *sources: str, parameters: str = PARAMETERS, tag: str = "parameters") -> Path:
    """Write a notebook: a cell with the parameters, then a cell a source; one that starts with # is Markdown."""
    cells: list[Any] = [nbformat.v4.new_code_cell(parameters, id="parameters", metadata={"tags": [tag]})]
    for number, source in enumerate(sources):
        make = nbformat.v4.new_markdown_cell if source.startswith("#") else nbformat.v4.new_code_cell
        cells.append(make(source, id=f"cell-{number}"))
    notebook = nbformat.v4.new_notebook(cells=cells)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(nbformat.writes(notebook), encoding="utf-8")
    return path


def printed(notebook: Any) -> str:
    """Everything the cells of an executed notebook printed."""
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    return "".join(output.text for output in outputs if output.output_type == "stream")
