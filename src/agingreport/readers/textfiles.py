"""Opens a text export: its encoding, its records, and whether it is so regular that DuckDB can read it as it stands."""

from __future__ import annotations

import codecs
import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from pathlib import Path

from agingreport.errors import AgingReportError
from agingreport.readers.encodings import CHINESE, find_encoding, is_mixed, read_both_ways
from agingreport.readers.values import Record

_NAMES = {"cp1252": "Windows text", "cp1250": "Central European Windows text", "gb18030": "Chinese text"}
_CHUNK = 1 << 24
_CUT_CHARACTER = 3  # bytes at the end of a file cut in the middle of a letter
_MOST_LINES = 500  # of one record: more means that a quote was never closed
_UTF8_LETTER = re.compile(rb"[\xc3-\xc5\xd0\xd1\xe2][\x80-\xbf]{1,2}")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# White space that only Python's strip knows: no-break and thin spaces, stray byte order marks.
_ODD_SPACES = (b"\xc2\xa0", b"\xe2\x80", b"\xef\xbb\xbf")
# Without a mark, UTF-16 is told by the noughts of its plain letters, which stand on one side of each pair of bytes.
_NULS_OF_UTF16 = 0.05
_ONE_SIDED = 100
# A file may end so and be whole; one that was cut off always does, and its last amount may have lost digits.
_NOT_ENDED = "the last line does not end: if the file was cut short, its last row may be too"


@dataclass(frozen=True)
class TextFile:
    """How a text file is to be read. Regular: UTF-8, one kind of line end, no blank line, no white space but blanks."""

    path: Path
    encoding: str
    is_regular: bool
    notes: tuple[str, ...] = ()
    line_count: int = 0  # of a regular one

    def lines(self, wanted: Set[int]) -> dict[int, str]:
        """Give the lines of these numbers, counted from 1, without their ends."""
        with self.path.open("rb") as lines:
            found = {number: line for number, line in enumerate(lines, start=1) if number in wanted}
        return {number: line.decode(self.encoding).rstrip("\r\n") for number, line in found.items()}

    def records(self, delimiter: str) -> Iterator[Record]:
        """Give the rows of the file cut at the delimiter."""
        with self.path.open(encoding=self.encoding, errors="replace", newline="") as lines:
            yield from cut(lines, delimiter)


def open_text(path: Path, encoding: str | None = None) -> TextFile:
    """Find the encoding of a file from its bytes, where the user has not said it; refuse what is no text."""
    if encoding:
        return _scan(path, known_encoding(encoding), is_said=True)
    with path.open("rb") as file:
        start = file.read(4096)
    for mark, marked in _MARKS:
        if start.startswith(mark):
            return _scan(path, marked)
    high, low = start[1::2].count(0), start[0::2].count(0)
    if high > _NULS_OF_UTF16 * (len(start) + _ONE_SIDED * low):
        return _scan(path, "utf-16-le")
    if low > _NULS_OF_UTF16 * (len(start) + _ONE_SIDED * high):
        return _scan(path, "utf-16-be")
    return _scan(path, "utf-8")


def is_lined(content: bytes, *, lines: int) -> bool:
    """Say whether a text that was written as so many lines is as regular as a file may be: each is one, none blank."""
    shape = _Shape()
    shape.add(content)
    return shape.is_regular and shape.line_count == lines and b"\0" not in content


def known_encoding(name: str) -> str:
    """Give the one name of an encoding. Raises AgingReportError where there is none of that name."""
    try:
        return codecs.lookup(name).name
    except LookupError as error:
        raise AgingReportError(f"no encoding is called {name!r}; use a name like utf-8, cp1252 or gb18030") from error


def cut(lines: Iterable[str], delimiter: str) -> Iterator[Record]:
    """Cut lines into records. One that breaks the rules of quoting is given with its problem, and only its first line:

    a quote that is never closed would else swallow the rest of the file.
    """
    source = _Lines(lines)
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    number = 0
    while True:
        source.taken.clear()
        number += 1
        try:
            cells = tuple(next(reader))
        except StopIteration:
            return
        except csv.Error as error:
            source.give_back()
            yield Record(number, (), source.text(), f"the quotes do not close: {error}")
        else:
            yield Record(number, cells, source.text())


class _Lines:
    """Lines that remember which of them made the present record, and can take all but the first back."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._waiting: deque[str] = deque()
        self.taken: list[str] = []

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if len(self.taken) >= _MOST_LINES:
            raise csv.Error("a field of too many lines")
        line = self._waiting.popleft() if self._waiting else next(self._lines)
        self.taken.append(line)
        return line

    def give_back(self) -> None:
        self._waiting.extendleft(reversed(self.taken[1:]))
        del self.taken[1:]

    def text(self) -> str:
        return "".join(self.taken).rstrip("\r\n")


def _scan(path: Path, encoding: str, *, is_said: bool = False) -> TextFile:
    """Decode the file once, to be sure of its encoding and to see its line ends."""
    decoder = codecs.getincrementaldecoder(encoding)()
    is_utf8, shape, tail = encoding in {"utf-8", "utf-8-sig"}, _Shape(), b""
    with path.open("rb") as file:
        try:
            while chunk := file.read(_CHUNK):
                is_plain = is_utf8 and chunk.isascii() and not decoder.getstate()[0]  # plain ones need no decoding
                if b"\0" in chunk if is_plain else "\0" in decoder.decode(chunk):
                    raise AgingReportError("binary data, not a table; export it as CSV or XLSX")
                shape.add(chunk)
                tail = chunk[-_CUT_CHARACTER:]
            decoder.decode(b"", final=True)
        except UnicodeDecodeError as error:
            if not _is_cut_short(path, encoding, tail):
                return _not_utf8(path, encoding, error, is_said=is_said)
            return TextFile(path, encoding, False, ("the file ends in the middle of a letter; it may be cut short",))
    notes = () if shape.is_ended else (_NOT_ENDED,)
    return TextFile(path, encoding, is_utf8 and shape.is_regular, notes, shape.line_count)


def _is_cut_short(path: Path, encoding: str, tail: bytes) -> bool:
    with path.open("rb") as file:
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
        except UnicodeDecodeError:
            return False
    return bool(tail)


def _not_utf8(path: Path, encoding: str, error: UnicodeDecodeError, *, is_said: bool) -> TextFile:
    if encoding != "utf-8" or is_said:
        raise AgingReportError(f"not all of it is {encoding}; export it again, or say --encoding") from error
    content = path.read_bytes()
    if b"\0" in content:
        raise AgingReportError("binary data, not a table; export it as CSV or XLSX") from error
    found = find_encoding(content)
    if is_mixed(content) or (found != CHINESE and _UTF8_LETTER.search(content)):
        raise AgingReportError("UTF-8 and another encoding in one file; save it as UTF-8") from error
    if not found:
        raise AgingReportError(_unclear(content)) from error
    return TextFile(path, found, False, (f"not UTF-8: read as {_NAMES[found]} ({found})",))


def _unclear(content: bytes) -> str:
    western, central = read_both_ways(content)
    if western == central:
        return "neither UTF-8 nor another encoding that can be told; save it as UTF-8, or say --encoding"
    return (
        f"not UTF-8, and nothing tells whether {western} or {central} is meant; "
        "say --encoding cp1252 or --encoding cp1250, or save it as UTF-8"
    )


class _Shape:
    """Looks for what DuckDB would take another way than we do, over the chunks of a file."""

    def __init__(self) -> None:
        self._feeds = self._returns = self._pairs = 0
        self._is_odd = False
        self._last = b""

    def add(self, chunk: bytes) -> None:
        joined = self._last + chunk if self._last else chunk.removeprefix(codecs.BOM_UTF8)
        self._feeds += chunk.count(b"\n")
        self._returns += chunk.count(b"\r")
        if self._returns:
            self._pairs += joined.count(b"\r\n") - self._last.count(b"\r\n")
            self._is_odd |= b"\n\r\n" in joined
        self._is_odd |= b"\t" in joined or b"\n\n" in joined
        self._is_odd |= not joined.isascii() and any(space in joined for space in _ODD_SPACES)
        self._last = joined[-2:]

    @property
    def is_ended(self) -> bool:
        return self._last[-1:] in {b"\n", b"\r", b"\0", b""}

    @property
    def line_count(self) -> int:
        return self._feeds + (not self.is_ended)

    @property
    def is_regular(self) -> bool:
        return not self._is_odd and self._returns in {0, self._feeds} and self._pairs == self._returns
