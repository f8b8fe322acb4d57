"""What of a client's name matters: two names may differ in what does not and still be one client."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
BESIDE_COLON = re.compile(r"\s*:\s*")
BETWEEN_WORDS = re.compile(r"[\s,;/()\"_\u2010-\u2015-]+")
INSIDE_WORDS = re.compile(r"[.'’‘`´]")
NUMBER = re.compile(r"\d+")
SAFE = re.compile(r"[a-z0-9]+(?: [a-z0-9]+)*")


@dataclass(frozen=True)
class Name:
    """A client's name taken apart.

    `plain` is the same for names that differ only in case, blanks, width and composition of letters: certainly one
    client. `core` is that without punctuation and legal form, `form` the legal form in one spelling: names with both
    alike are the same name written otherwise. Of `Parent:Child` both have the parent before the last colon.
    """

    plain: str
    core: str
    form: str


def taken_apart(client: str) -> Name:
    """The parts of a name."""
    plain = plain_name(client)
    *parents, own = plain.split(":")
    core, form = core_and_form(own)
    above = [" ".join(core_and_form(parent)).strip() for parent in parents]
    return Name(plain, ":".join([*above, core]), form)


def core_and_form(plain: str) -> tuple[str, str]:
    """A plain name without punctuation and legal form, and that form in one spelling."""
    words = words_of(plain)
    form, count = legal_form(words)
    return " ".join(words[: len(words) - count]) or plain, form


def plain_name(client: str) -> str:
    """A name without what certainly does not matter: case, blanks, width and composition of letters."""
    lower = client.lower()
    if SAFE.fullmatch(lower):
        return lower
    letters = INVISIBLE.sub("", unicodedata.normalize("NFKC", client).casefold())
    return BESIDE_COLON.sub(":", " ".join(unicodedata.normalize("NFKC", letters).split()))


def words_of(plain: str) -> list[str]:
    """The words of a plain name, without punctuation; `&` and `+` are the word."""
    if SAFE.fullmatch(plain):
        return plain.split(" ")
    joined = INSIDE_WORDS.sub("", plain.replace("&", " and ").replace("+", " and "))
    return BETWEEN_WORDS.sub(" ", joined).split()


def legal_form(words: list[str]) -> tuple[str, int]:
    """The legal form that a name ends in, in one spelling, and how many words it takes; the longest that fits."""
    forms = spellings()
    for count in range(min(longest(), len(words) - 1), 0, -1):
        form = forms.get(" ".join(words[-count:]))
        if form is not None:
            return form, count
    return "", 0


def bare(core: str) -> str:
    """A core without accents, as one who types it in a hurry would."""
    if core.isascii():
        return core
    return "".join(letter for letter in unicodedata.normalize("NFD", core) if not unicodedata.combining(letter))


def numbers_in(core: str) -> tuple[str, ...]:
    """The numbers in a name: what differs in them is never the same client."""
    return tuple(NUMBER.findall(core))


@cache
def spellings() -> Mapping[str, str]:
    """Each way to write a legal form, with the form."""
    table = tomllib.loads(files("agingreport.loading").joinpath("legal_forms.toml").read_text(encoding="utf-8"))
    written = {form: form for form in table["forms"]}
    return written | {other: form for form, others in table["forms"].items() for other in others}


@cache
def longest() -> int:
    """How many words the longest legal form has."""
    return max(len(spelling.split()) for spelling in spellings())
