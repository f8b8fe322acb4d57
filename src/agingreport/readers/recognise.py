"""Finds which format a file is in, by its header row alone, and what comes closest if it is in none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain, pairwise, zip_longest

from agingreport.readers.across import LEAST_COLUMNS, code_places
from agingreport.readers.formats import either, normalise
from agingreport.readers.values import Format, Header, Record
from agingreport.readers.vocabularies import LEAST_WORDS, all_vocabularies, in_english, is_spoken, translated

# What shares less with a format is not worth a mention.
LEAST_SHARE = 0.5
MOST_UNKNOWN = 2

# Title blocks of ten rows have been seen; rows far below are not headers.
MOST_ROWS_ABOVE = 40

_CURRENCY = re.compile(r"\s\([A-Z]{3}\)\s*$")
_NO_RECORD = Record(MOST_ROWS_ABOVE + 1, (), "")


@dataclass(frozen=True)
class Miss:
    """How near a row came to a format's header."""

    format: Format
    missing: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def rank(self) -> tuple[float, int]:
        """The share of the needed columns that are there; of equal shares the greater number first."""
        needed = len(self.format.required)
        return (needed - len(self.missing)) / needed - len(self.unknown) / 10, needed

    @property
    def is_near(self) -> bool:
        """Say whether it is worth telling."""
        needed = len(self.format.required)
        least = max(min(2, needed), LEAST_SHARE * needed)
        return needed - len(self.missing) >= least and len(self.unknown) <= MOST_UNKNOWN

    def sentence(self) -> str:
        """Say what is there and what is missing."""
        needed = len(self.format.required)
        if not self.missing:
            return f"it is like {self.format.title}, which has no column {', '.join(self.unknown)}"
        there = f"it has {needed - len(self.missing)} of the {needed} columns of {self.format.title}"
        return f"{there}; missing {', '.join(self.missing)}"


def headers(records: Iterable[Record], formats: Iterable[Format]) -> list[Header]:
    """Give the best header that the first rows of a table can be, for each format that fits; none may be."""
    found: list[Header] = []
    titles: list[str] = []
    first_line: tuple[str, ...] = ()
    in_one_row = [known for known in formats if known.header_rows == 1]
    in_two_rows = [known for known in formats if known.header_rows == 2]
    for record, below in pairwise(chain(records, [_NO_RECORD])):
        if record.number > MOST_ROWS_ABOVE:
            break
        if not record.is_blank:
            above = tuple(titles), first_line
            for row, fitting in ((record, in_one_row), (_joined(record, below), in_two_rows)):
                places = _places(row)
                found += [header for known in fitting if (header := _header(row, places, known, *above))]
            found = found or _foreign_headers(record, _places(record), in_one_row, above)
            first_line = first_line or record.cells
            titles += [cell.strip() for cell in record.cells if cell.strip()]
        if found:
            break
    return found


def source_kind(header: Header) -> str:
    """Give what tells sources of one kind: the format and the header row; case, blanks and signs do not matter."""
    return f"{header.format.name}: {', '.join(normalise(cell) for cell in header.cells)}"


def best(found: Iterable[Header]) -> list[Header]:
    """Give the headers that fit best; more than one is a tie that only the user can break."""
    ranked = sorted(found, key=_rank, reverse=True)
    return [header for header in ranked if _rank(header) == _rank(ranked[0])]


def nearest(records: Iterable[Record], formats: Iterable[Format]) -> Miss | None:
    """Give the format that a table comes closest to; None if it shares too little with any."""
    near = [record for record in records if record.number <= MOST_ROWS_ABOVE and not record.is_blank]
    told = [known for known in formats if not known.across and known.header_rows == 1]
    misses = [_miss(record, places, known) for record in near for places in [_places(record)] for known in told]
    misses += [_miss(*foreign) for record in near for foreign in _foreign(record, _places(record), told)]
    return max((miss for miss in misses if miss.is_near), key=lambda miss: miss.rank, default=None)


def _foreign_headers(
    record: Record, places: Mapping[str, int], formats: Iterable[Format], above: tuple[tuple[str, ...], tuple[str, ...]]
) -> list[Header]:
    """Give the headers that a row is in other languages than English."""
    return [header for foreign in _foreign(record, places, formats) if (header := _header(*foreign, *above))]


def _foreign(
    record: Record, places: Mapping[str, int], formats: Iterable[Format]
) -> Iterable[tuple[Record, Mapping[str, int], Format]]:
    """Give a row with its cells in English, for each language it may be in and each format that may be in it."""
    for vocabulary in all_vocabularies() if len(places) >= LEAST_WORDS else ():
        if is_spoken(places, vocabulary):
            families = {known.id_prefix for known in formats}
            english = {family: in_english(places, vocabulary, family) for family in families}
            yield from ((record, english[known.id_prefix], translated(known, vocabulary)) for known in formats)


def _rank(header: Header) -> tuple[int, int]:
    return int(_is_titled(header.format, header.titles)), len(header.positions)


def lists_all(header: Header) -> bool:
    """Say whether the title of a report, where its kind has any, is one of those that leave nothing out."""
    known, said = header.format, normalise(" ".join(header.titles))
    is_whole = not known.titles or _is_titled(known, header.titles)
    return is_whole and not any(word in said for word in known.in_part)


def _is_titled(known: Format, titles: tuple[str, ...]) -> bool:
    said = normalise(" ".join(titles))
    return any(title in said for title in known.titles)


def _header(
    record: Record, places: Mapping[str, int], known: Format, titles: tuple[str, ...], first_line: tuple[str, ...]
) -> Header | None:
    positions = dict(_first_places(places, known.columns))
    if _missing(known, positions):
        return None
    if known.group and known.headings == "first" and record.cells[0].strip():
        return None
    if known.is_titled and not _is_titled(known, titles):
        return None
    if known.across:
        codes = code_places(record.cells, set(positions.values()))
        if len(codes) < LEAST_COLUMNS:
            return None
        positions |= codes
    header = Header(known, record.number, record.cells, positions, titles, first_line)
    if header.currency:  # an amount in the currency of its title is in no other
        positions.pop("currency", None)
    return None if known.is_closed and header.unread else header


def _joined(record: Record, below: Record) -> Record:
    """Give two rows as one header, in the place of the lower: `Opening` over `Amount` is `Opening Amount`."""
    cells = zip_longest(record.cells, below.cells, fillvalue="")
    return Record(below.number, tuple(" ".join(pair).strip() for pair in cells), record.text)


def _missing(known: Format, positions: Mapping[str, int]) -> list[str]:
    """Give those of the needed columns that are not there."""
    return [needed for needed in known.required if not any(column in positions for column in either(needed))]


def _places(record: Record) -> dict[str, int]:
    """Give the first place of each header name in a row; `Gross (AUD)` is also the `Gross`, if there is no other."""
    places: dict[str, int] = {}
    for place, cell in enumerate(record.cells):
        places.setdefault(normalise(cell), place)
    for place, cell in enumerate(record.cells):
        places.setdefault(normalise(_CURRENCY.sub("", cell)), place)
    return places


def _first_places(places: Mapping[str, int], columns: Mapping[str, tuple[str, ...]]) -> Iterable[tuple[str, int]]:
    for column, names in columns.items():
        there = [places[name] for name in names if name in places]
        if there:
            yield column, there[0]


def _miss(record: Record, places: Mapping[str, int], known: Format) -> Miss:
    positions = dict(_first_places(places, known.columns))
    missing = tuple(
        " or ".join(known.names[column] for column in either(needed)) for needed in _missing(known, positions)
    )
    used = set(positions.values())
    extra = tuple(cell.strip() for place, cell in enumerate(record.cells) if cell.strip() and place not in used)
    return Miss(known, missing, extra if known.is_closed else ())
