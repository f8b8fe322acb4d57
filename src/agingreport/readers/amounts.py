"""Reads written amounts exactly, and finds from all of a file's amounts which mark is the decimal one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal

from agingreport.errors import AgingReportError
from agingreport.readers.values import DecimalMark

_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u200a\u202f\u3000\t"), " ")
# What the accounting format of spreadsheets writes for nought, beside its currency.
_NOUGHT = re.compile(r"(?P<left>[^\d()-]*)[-\u2014](?P<right>[^\d()-]*)")
_FULL_WIDTH = {sign + 0xFEE0: chr(sign) for sign in range(0x21, 0x7F)}
_MINUS = dict.fromkeys(map(ord, "\u2212\u2013"), "-")
_SIGNED = re.compile(
    r"(?P<left>[^\d.,]*[^\W\d_]\. ?|[^\d.,]*)(?P<number>\d[\d., '\u2019]*|[.,]\d+)(?P<right>[^\d]*)",
)
_SIDE = re.compile(r"(?P<amount>.*\d\)?) ?(?P<side>dr|cr|s|h|soll|haben)\.?", re.IGNORECASE)
_CREDIT_SIDES = {"cr", "h", "haben"}
# Currencies are written as codes of three letters, as these, or as a sign with these before it; any other word beside a
# number may be a multiple of it (`1.5k`, `3 Mio`, `2 lakh`), a share or a unit.
_NAMES = {
    "kr", "kč", "zł", "rs", "re", "fr", "sfr", "ft", "lei", "leu", "kn", "din", "r", "rm", "rp", "tl", "лв", "р", "руб",
    "грн", "元", "圆", "圓", "円",
}  # fmt: skip
_BEFORE_SIGNS = {"a", "au", "us", "c", "ca", "hk", "nt", "s", "sg", "nz", "mx", "b", "bs", "r", "j", "tt"}
_MULTIPLES = {"mio", "mrd", "mil", "tsd", "mln", "bln", "bps", "pct", "cts", "ths"}
_MOST_DIGITS = 14
_GROUPED = {
    ".": re.compile(r"(?:\d*|\d{1,3}(?:(?P<group>[, '\u2019])\d{2,3})*(?:(?P<last>[, '\u2019])\d{3}))(?:\.\d*)?"),
    ",": re.compile(r"(?:\d*|\d{1,3}(?:(?P<group>[. '\u2019])\d{2,3})*(?:(?P<last>[. '\u2019])\d{3}))(?:,\d*)?"),
}


def parse_amount(text: str, mark: DecimalMark) -> Decimal | None:
    """Give the number a text writes, exactly; None if it writes none, or one with another decimal mark.

    Parentheses, a minus before or after and the credit side (`Cr`, `H`) are negative; a currency sign or code may
    stand on either side, where a dash alone is nought. Where `each` amount shows its own mark, one that could be read
    either way is none.
    """
    text = _in_plain_signs(text).replace("(-)", "-")
    if (nought := _NOUGHT.fullmatch(text)) and _is_nought(*nought.groups()):
        return Decimal(0)
    text, side = _without_side(text)
    found = _SIGNED.fullmatch(text)
    if not found:
        return None
    shown = _mark_of(text) if mark == "each" else mark
    if shown == "either":
        return None
    sign = _sign(found["left"] + side, found["right"])
    digits = _digits(found["number"].strip(), "," if shown == "," else ".")
    return None if sign is None or digits is None else sign * digits


def decide_mark(texts: Iterable[str]) -> DecimalMark:
    """Give the one decimal mark that fits all the amounts of a file; a point if none of them needs one.

    Raises when both are in use, or when an amount like `1.234` could be either and nothing else in the file tells.
    """
    point = comma = either = None
    for text in texts:
        match _mark_of(text):
            case ".":
                point = point or text
            case ",":
                comma = comma or text
            case "either":
                either = either or text
    if point and comma:
        raise AgingReportError(
            f"the amounts {point.strip()} and {comma.strip()} have different decimal marks; "
            "say which holds with --decimal (the other rows are then refused)"
        )
    if either and not point and not comma:
        raise AgingReportError(
            f"the amount {either.strip()} can be read with either decimal mark, and nothing in the file tells; "
            'say --decimal "." or --decimal ","'
        )
    return "," if comma else "."


def _mark_of(text: str) -> str | None:
    found = _SIGNED.fullmatch(_in_plain_signs(text))
    if not found:
        return None
    number = found["number"].strip()
    points, commas = number.count("."), number.count(",")
    if points and commas:
        return "." if number.rfind(".") > number.rfind(",") else ","
    if not points and not commas:
        return None
    mark: DecimalMark = "." if points else ","
    other: DecimalMark = "," if points else "."
    if points + commas > 1:
        return other if _digits(number, other) is not None else None
    whole, _, part = number.partition(mark)
    is_group = len(part) == 3 and 1 <= len(re.split("[ '\u2019]", whole)[-1]) <= 3 and whole.lstrip("0") != ""
    if is_group and re.search("[ '\u2019]", whole):
        return mark
    return "either" if is_group else mark


def _in_plain_signs(text: str) -> str:
    """Give an amount with the digits, marks, blanks and minus of any script as the plain ones."""
    text = text.translate(_SPACES | _MINUS | _FULL_WIDTH).strip()
    return text if text.isascii() else "".join(str(unicodedata.decimal(sign, sign)) for sign in text)


def _without_side(text: str) -> tuple[str, str]:
    """Give an amount without the side of the account behind it, and the minus that a credit stands for."""
    found = _SIDE.fullmatch(text)
    return (found["amount"], "-" if found["side"].casefold() in _CREDIT_SIDES else "") if found else (text, "")


def _is_nought(left: str, right: str) -> bool:
    """Say whether a dash between two texts stands for nothing of a currency: without one it may stand for unknown."""
    signs = [sign for text in (left, right) if (sign := text.strip())]
    return bool(signs) and all(map(_is_currency, signs))


def _sign(left: str, right: str) -> int | None:
    around = left + right
    if (left.count("("), right.count(")")) not in {(0, 0), (1, 1)} or ")" in left or "(" in right:
        return None
    negatives = around.count("-") + around.count("(")
    if negatives > 1 or around.count("+") > 1 or ("+" in around and negatives):
        return None
    signs = re.split(r"[()+\-. ]+", around)
    return (-1 if negatives else 1) if all(map(_is_currency, signs)) else None


def _is_currency(sign: str) -> bool:
    """Say whether a text beside a number is a currency and nothing that changes it."""
    letters = "".join(letter for letter in sign if unicodedata.category(letter) != "Sc").casefold()
    is_code = len(letters) == 3 and letters.isascii() and letters.isalpha() and letters not in _MULTIPLES
    return not letters or is_code or letters in _NAMES or (letters != sign.casefold() and letters in _BEFORE_SIGNS)


def _digits(number: str, mark: DecimalMark) -> Decimal | None:
    found = _GROUPED[mark].fullmatch(number)
    if not found or (found["group"] and found["group"] != found["last"]):
        return None
    kept = re.sub("[^0-9" + re.escape(mark) + "]", "", number).replace(mark, ".")
    whole = kept.partition(".")[0]
    return Decimal(kept) if len(whole.lstrip("0")) <= _MOST_DIGITS else None
