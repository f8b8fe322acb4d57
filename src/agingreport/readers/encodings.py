"""Finds which older encoding the bytes of a file are in, by evidence from its words, or says that nothing tells.

Names are short, so no statistics: Chinese bytes come in pairs; and where Western (cp1252) and Central European (cp1250)
Windows text read a byte as different letters, one of the two is often impossible where it stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

WESTERN, CENTRAL, CHINESE = "cp1252", "cp1250", "gb18030"

_WORD = re.compile(rb"[A-Za-z0-9\x80-\xff]*[\x80-\xff][A-Za-z0-9\x80-\xff]*")
_PAIR = re.compile(rb"[\xa1-\xfe]{2}")
# Two bytes within a Latin word are no Chinese letter.
_IN_WORD = re.compile(rb"[A-Za-z][\x80-\xff]{2}(?![\x80-\xff])|(?<![\x80-\xff])[\x80-\xff]{2}[A-Za-z]")
_HIGH = re.compile(rb"[\x80-\xff]")
# The first byte of a sign or of one of the 3,755 common Chinese letters; pairs of small Western letters have another.
_COMMON = re.compile(rb"[\xa1-\xa9\xb0-\xd7]")

# One of them must be so many times the other to decide.
_MANY = 4
_LEAST_PAIRS = 2

_VOWELS = frozenset("aeiouyæøœ")
_SPACING_MARKS = frozenset("ˇ˘˛˝˙ˆ˜¯")
# Letters that never stand at the end of a word, only there, or never before a vowel.
_NEVER_LAST = frozenset("êñõ")
_ONLY_LAST = frozenset("ìù")
_NEVER_BEFORE_VOWEL = frozenset("ńő")
_LETTERS_BEFORE_SYMBOL = 3


def find_encoding(content: bytes) -> str | None:
    """Give the encoding of text that is not UTF-8; None if several fit. Raises nothing; it may fit none in the end."""
    words = set(_WORD.findall(content))
    paired = _paired_bytes(words)
    single = sum(len(_HIGH.findall(word)) for word in words) - paired
    can_be_chinese = _decodes(content, CHINESE)
    if can_be_chinese and paired >= 2 * _LEAST_PAIRS and paired >= _MANY * single:
        return CHINESE
    if can_be_chinese and paired > _MANY * single:
        return None
    readable = [encoding for encoding in (WESTERN, CENTRAL) if _decodes(content, encoding)]
    if len(readable) < 2:
        return readable[0] if readable else CHINESE if can_be_chinese else None
    return _windows(words)


def is_mixed(content: bytes) -> bool:
    """Say whether text that is not UTF-8 is so for the most part: another encoding has been pasted into it."""
    letters = [letter for letter in content.decode("utf-8", "replace") if not letter.isascii()]
    return letters.count("\ufffd") * 2 <= len(letters)


def read_both_ways(content: bytes) -> tuple[str, str]:
    """Give a word of the file as Western and as Central European text, for people to choose; the first that differs."""
    for word in _WORD.findall(content):
        ways = word.decode(WESTERN, "replace"), word.decode(CENTRAL, "replace")
        if ways[0] != ways[1]:
            return ways
    return "", ""


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _paired_bytes(words: Iterable[bytes]) -> int:
    """Count the bytes that make a common Chinese letter or sign."""
    return sum(2 for word in words for pair in _PAIR.findall(_IN_WORD.sub(b"", word)) if _COMMON.match(pair))


def _windows(words: Iterable[bytes]) -> str | None:
    """Decide between the two by the letters that cannot stand where they do; Western where all letters are alike."""
    western = central = 0
    differs = False
    for word in words:
        ways = word.decode(WESTERN), word.decode(CENTRAL)
        places = [place for place, (one, other) in enumerate(zip(*ways, strict=True)) if one != other]
        differs |= bool(places)
        western += sum(_is_impossible(ways[0], place) for place in places)
        central += sum(_is_impossible(ways[1], place) for place in places)
    if not differs or central > western:
        return WESTERN
    return CENTRAL if western > central else None


def _is_impossible(word: str, place: int) -> bool:
    """Say whether a letter or sign cannot stand where it does."""
    letter, folded = word[place], word[place].casefold()
    before, after = _base(word[place - 1 : place]), _base(word[place + 1 : place + 2])
    if letter in _SPACING_MARKS:
        return True
    if not letter.isalpha() or letter in "ªº":
        long_enough = word[max(0, place - _LETTERS_BEFORE_SYMBOL) : place].isalpha() and place >= _LETTERS_BEFORE_SYMBOL
        return (bool(after) and letter not in "¡¿") or (bool(before) and (bool(after) or long_enough))
    if letter.isupper() and word[place - 1 : place].islower():
        return True
    if _base(letter) in _VOWELS:
        return _is_impossible_vowel(folded, before, after)
    lone = before not in _VOWELS and after not in _VOWELS
    return (
        lone
        or (folded in _NEVER_BEFORE_VOWEL and after in _VOWELS)
        or (folded in _NEVER_LAST and after not in _VOWELS)
        or (folded == "ď" and bool(after) and after not in _VOWELS)
    )


def _is_impossible_vowel(letter: str, before: str, after: str) -> bool:
    if letter in "ãõ":
        return letter == "õ" and after != "e"
    return (
        after in _VOWELS
        or (letter in "æøå" and before in _VOWELS)
        or (letter in _NEVER_LAST and not after)
        or (letter in _ONLY_LAST and bool(after))
        or (letter in "ęů" and not before)
    )


def _base(letter: str) -> str:
    """Give a letter without case and accent; nothing for a digit or sign, or where there is none."""
    if not letter.isalpha():
        return ""
    return unicodedata.normalize("NFD", letter.casefold())[0]
