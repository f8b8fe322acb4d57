"""Reads what billing programs export into typed tables, losing no row and guessing nothing in silence.

A format is a TOML file in `formats/`. `read` finds the one a file is in by its header row, loads its rows as text,
understands each distinct word once, and hands over `staged_*` tables (`staging.sql`) for the ledger to take.
"""

from agingreport.readers.dates import date_zone
from agingreport.readers.formats import all_formats as formats
from agingreport.readers.formats import parse_format
from agingreport.readers.reading import clear_staged, read, with_remembered
from agingreport.readers.textfiles import known_encoding
from agingreport.readers.values import Format, Reading, ReadOptions, Remembered

__all__ = [
    "Format",
    "ReadOptions",
    "Reading",
    "Remembered",
    "clear_staged",
    "date_zone",
    "formats",
    "known_encoding",
    "parse_format",
    "read",
    "with_remembered",
]
