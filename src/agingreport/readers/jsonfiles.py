"""Opens a JSON dump of a programming interface as a table: one row an object, its inner objects flattened with dots."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from agingreport.errors import AgingReportError
from agingreport.readers.textfiles import TextFile
from agingreport.readers.values import Record

# Lists are wrapped so: {"object": "list", "data": [...]}.
_WRAPPERS = ("data", "results", "items")


@dataclass(frozen=True)
class JsonTable:
    """The objects of a file, and the names of all their cells in the order in which they first come."""

    rows: tuple[dict[str, str], ...]

    def records(self) -> Iterator[Record]:
        """Give the names as the first row and each object as one below it, with its JSON as the text of the row."""
        names = tuple(dict.fromkeys(name for row in self.rows for name in row))
        yield Record(1, names, ",".join(names))
        for number, row in enumerate(self.rows, start=2):
            yield Record(number, tuple(row.get(name, "") for name in names), json.dumps(row, ensure_ascii=False))


def is_json(text: TextFile) -> bool:
    """Say whether a text begins as a JSON list or object does."""
    with text.path.open(encoding=text.encoding, errors="replace") as file:
        return file.read(64).lstrip("\ufeff \t\r\n")[:1] in {"[", "{"}


def open_json(text: TextFile) -> JsonTable:
    """Read a list of objects, a wrapped one, or one object a line; refuse any other JSON."""
    content = text.path.read_text(encoding=text.encoding).lstrip("\ufeff")
    try:
        found = _parse(content)
    except json.JSONDecodeError as error:
        raise AgingReportError(f"not whole JSON ({error}); export it again") from error
    if not found or not all(isinstance(row, dict) for row in found):
        raise AgingReportError("JSON without a list of objects; export the list of invoices or payments")
    return JsonTable(tuple(dict(_flat(row)) for row in found))


def _parse(content: str) -> list[Any]:
    try:
        found = _loads(content)
    except json.JSONDecodeError:
        return [_loads(line) for line in content.splitlines() if line.strip()]
    wrapped = [found[name] for name in _WRAPPERS if isinstance(found, dict) and isinstance(found.get(name), list)]
    return wrapped[0] if wrapped else found if isinstance(found, list) else [found]


def _loads(content: str) -> Any:
    """Numbers stay as they are written: no amount passes through a float."""
    return json.loads(content, parse_int=str, parse_float=str)


def _flat(row: dict[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    for name, value in row.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}.")
        elif not isinstance(value, list):
            yield (
                f"{before}{name}",
                "" if value is None else str(value).lower() if value in (True, False) else str(value),
            )
