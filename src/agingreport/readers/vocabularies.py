"""The same exports with their words in another language: each a TOML file in `vocabularies/`, used by any format.

A header row is put into English cell by cell, so that one entry reads a program in all its languages; the words of a
format's statuses, kinds and row rules are joined by those of the language.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, get_args

from agingreport.readers.formats import normalise
from agingreport.readers.staging import STATUSES, TABLES
from agingreport.readers.values import Evidence, Format, KindRule, RowRule
from agingreport.readers.words import plain_word

FOLDER = Path(__file__).with_name("vocabularies")
ANY = "*"

# A row is in another language only if that many of its cells are words of it.
LEAST_WORDS = 2

_TWO_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
Meaning = TypeVar("Meaning")


@dataclass(frozen=True, kw_only=True)
class Words:
    """Foreign words for English ones, of some programs; all normalised as headers and cells are when they are read."""

    of: tuple[str, ...]
    evidence: Evidence
    headers: Mapping[str, tuple[str, ...]]
    cells: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """One language: sets of words, those of a program before those of any."""

    title: str
    sets: tuple[Words, ...]

    def of(self, family: str) -> list[Words]:
        """Give the sets that hold for a program."""
        return [words for words in self.sets if family in words.of or ANY in words.of]


@cache
def all_vocabularies() -> tuple[Vocabulary, ...]:
    """Give every language that ships with the package, in order of name."""
    return tuple(_load(path) for path in sorted(FOLDER.glob("*.toml"), key=lambda path: path.stem))


def in_english(places: Mapping[str, int], vocabulary: Vocabulary, family: str) -> dict[str, int]:
    """Give the places of header cells by their English names too; a cell may stand for several."""
    english, found = _english_headers(vocabulary, family), dict(places)
    for cell, place in places.items():
        for name in english.get(cell, ()):
            found.setdefault(name, place)
    return found


def is_spoken(places: Iterable[str], vocabulary: Vocabulary) -> bool:
    """Say whether a row can be a header in that language."""
    return len(_all_headers(vocabulary).intersection(places)) >= LEAST_WORDS


@cache
def translated(known: Format, vocabulary: Vocabulary) -> Format:
    """Give a format that understands the words of a language as well as its own, wherever it knows words."""
    foreign = _foreign_cells(vocabulary, known.id_prefix)
    statuses = known.statuses or {status: status for status in STATUSES}
    kinds = known.kinds or {kind: KindRule(kind, kind) for kind in TABLES[known.table].kinds}
    return replace(
        known,
        titles=(*known.titles, *(word for title in known.titles for word in _titles(vocabulary, title))),
        statuses=_with_foreign(statuses, foreign),
        kinds=_with_foreign(kinds, foreign),
        totals=_patterns(known.totals, foreign),
        subtotals=_patterns(known.subtotals, foreign),
        row_rules=tuple(_rule_with_foreign(rule, foreign) for rule in known.row_rules),
        debtors=_patterns(known.debtors, foreign),
        other_accounts=_patterns(known.other_accounts, foreign),
        date_order=None if known.is_plain else known.date_order,
        decimal_mark=None if known.is_plain else known.decimal_mark,
        language=vocabulary.title,
    )


def _load(path: Path) -> Vocabulary:
    entry = tomllib.loads(path.read_text(encoding="utf-8"))
    sets = [_words(path.name, words) for words in entry["words"]]
    return Vocabulary(entry["title"], tuple(sorted(sets, key=lambda words: ANY in words.of)))


def _words(name: str, entry: Mapping[str, Any]) -> Words:
    if unknown := set(entry) - {"of", "evidence", "headers", "cells"}:
        raise ValueError(f"{name}: unknown key {', '.join(sorted(unknown))}")
    if entry["evidence"] not in get_args(Evidence):
        raise ValueError(f"{name}: evidence = {entry['evidence']!r} is not one of {', '.join(get_args(Evidence))}")
    return Words(
        of=tuple(entry["of"]),
        evidence=entry["evidence"],
        headers=_spelled(entry.get("headers", {}), normalise),
        cells=_spelled(entry.get("cells", {}), plain_word),
    )


def _spelled(words: Mapping[str, list[str]], read: Callable[[str], str]) -> dict[str, tuple[str, ...]]:
    """Give the words as they are read, each foreign one also without its accents."""
    spelled: dict[str, tuple[str, ...]] = {}
    for english, foreign in words.items():
        ways = [read(way) for word in foreign for way in (word, *_without_accents(word))]
        spelled[read(english)] = tuple(dict.fromkeys((*spelled.get(read(english), ()), *ways)))
    return spelled


def _without_accents(word: str) -> tuple[str, str]:
    bare = "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))
    return word.casefold().translate(_TWO_LETTERS), bare


@cache
def _english_headers(vocabulary: Vocabulary, family: str) -> dict[str, list[str]]:
    english: dict[str, list[str]] = defaultdict(list)
    for words in vocabulary.of(family):
        for name, foreign in words.headers.items():
            for word in foreign:
                if name not in english[word]:
                    english[word].append(name)
    return english


@cache
def _all_headers(vocabulary: Vocabulary) -> frozenset[str]:
    return frozenset(word for words in vocabulary.sets for foreign in words.headers.values() for word in foreign)


def _titles(vocabulary: Vocabulary, title: str) -> list[str]:
    return [word for words in vocabulary.sets for word in words.headers.get(title, ())]


@cache
def _foreign_cells(vocabulary: Vocabulary, family: str) -> dict[str, tuple[str, ...]]:
    foreign: dict[str, tuple[str, ...]] = {}
    for words in vocabulary.of(family):
        for english, spelled in words.cells.items():
            foreign[english] = (*foreign.get(english, ()), *spelled)
    return foreign


def _with_foreign(meanings: Mapping[str, Meaning], foreign: Mapping[str, tuple[str, ...]]) -> dict[str, Meaning]:
    """Join foreign words to English ones; one that would mean two things is left out, so that its rows are refused."""
    found: dict[str, list[Meaning]] = defaultdict(list)
    for english, meaning in meanings.items():
        for word in foreign.get(plain_word(english), ()):
            if meaning not in found[word]:
                found[word].append(meaning)
    return {word: several[0] for word, several in found.items() if len(several) == 1} | dict(meanings)


def _rule_with_foreign(rule: RowRule, foreign: Mapping[str, tuple[str, ...]]) -> RowRule:
    return replace(rule, like=_patterns(rule.like, foreign), unlike=_patterns(rule.unlike, foreign))


def _patterns(patterns: tuple[str, ...], foreign: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return (*patterns, *(word for pattern in patterns for word in foreign.get(plain_word(pattern), ())))
