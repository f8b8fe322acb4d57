"""Finds what a workbook keeps outside of its values: formulas not worked out yet, sides in number formats.

Programs that write XLSX leave formulas to be worked out by Excel, with no value or with nought: so are Xero's totals.
"""

from __future__ import annotations

import html
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]+)(\d+)"[^>]*>(.*?)</(?:\w+:)?c>', re.DOTALL)
_IS_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)</")
_NOUGHT = re.compile(rb"[0.]*(?:E[+-]?\d+)?")
_NUMBER_FORMAT = re.compile(r'formatCode="([^"]*)"')
_CREDIT = re.compile(r"\bCr\b")

Place = tuple[int, int]  # row from 1, column from 0


def without_value(path: Path, sheet: str) -> frozenset[Place]:
    """Give the cells of a sheet that hold a formula and no value of it; none for a file that is no XLSX.

    A value of nought is none where every formula of the sheet has it: then nothing was worked out.
    """
    content = _sheet(path, sheet)
    # Two searches for plain bytes spare a sheet without formulas the pattern, which takes five times as long.
    if not ((b"<f" in content or b":f" in content) and _IS_FORMULA.search(content)):
        return frozenset()
    values: dict[Place, bytes] = {}
    for column, row, inside in _CELL.findall(content):
        if _IS_FORMULA.search(inside):
            found = _VALUE.search(inside)
            values[int(row), _number(column)] = found[1] if found else b""
    is_worked_out = any(not _NOUGHT.fullmatch(value) for value in values.values())
    return frozenset(place for place, value in values.items() if not value or not is_worked_out)


def has_sides_in_formats(path: Path) -> bool:
    """Say whether a number format writes Cr behind any amount, so that its sign is no part of the value."""
    with zipfile.ZipFile(path) as book:
        styles = book.read("xl/styles.xml").decode(errors="replace") if "xl/styles.xml" in book.namelist() else ""
    formats = (html.unescape(code) for code in _NUMBER_FORMAT.findall(styles))
    return any(";" not in code and _CREDIT.search(code) for code in formats)


def _sheet(path: Path, sheet: str) -> bytes:
    with zipfile.ZipFile(path) as book:
        names = set(book.namelist())
        if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
            return b""
        links = ElementTree.fromstring(book.read("xl/_rels/workbook.xml.rels"))
        targets = {link.get("Id"): link.get("Target", "") for link in links}
        for found in ElementTree.fromstring(book.read("xl/workbook.xml")).iter():
            if found.tag.endswith("}sheet") and found.get("name") == sheet:
                link = next((value for name, value in found.attrib.items() if name.endswith("}id")), "")
                target = targets.get(link, "")
                name = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
                return book.read(name) if name in names else b""
    return b""


def _number(column: bytes) -> int:
    """Give the place of a column by its letters: A is 0, Z 25, AA 26."""
    number = 0
    for letter in column:
        number = number * 26 + letter - 64
    return number - 1
