"""Makes the cells that the tables have from those of a file that says it in another way, before any is understood.

Debit and credit columns, or an amount and its side, make one amount with a sign; the accounts of an entry make the
client and the kind; blank cells are filled from above or from another column; the first line names year and currency.
All of it on text: what a cell means is found out later, for all formats alike.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from agingreport.errors import AgingReportError
from agingreport.readers.staging import SHAPING, TABLES
from agingreport.readers.values import Format, Header, RowRule

Cells = dict[str, str]
Take = Callable[[int, Sequence[str]], None]

_DEBIT_SIDES = {"s", "d", "dr", "soll", "debit", "+1", "1"}
_CREDIT_SIDES = {"h", "c", "cr", "haben", "credit", "-1"}
_DAY_MONTH = re.compile(r"(?P<day>\d{1,2})(?P<month>\d\d)")


class RowRefused(Exception):
    """A row that cannot be shaped, with the reason."""


def is_shaped(header: Header) -> bool:
    """Say whether the rows of a file need shaping at all."""
    known = header.format
    has_rules = known.row_rules or known.fill_down or known.or_else or known.above or known.debtors or known.across
    return bool(has_rules) or any(column in SHAPING for column in header.positions)


@dataclass
class Shaper:
    """Takes facts as the file has them and hands them on, shaped; rows left out and refused are counted here."""

    header: Header
    columns: Sequence[str]
    take: Take
    taken: int = 0
    skipped: int = 0
    refused: list[tuple[int, str, str | None]] = field(default_factory=list)
    _waiting: list[tuple[int, Cells]] = field(default_factory=list)
    _parent: Cells = field(default_factory=dict)

    @property
    def shaped_columns(self) -> list[str]:
        """The cells of a shaped fact, in order."""
        made = ["amount", "kind", "client", "currency"] if self.header.format.table == "documents" else []
        kept = [column for column in self.columns if column not in SHAPING]
        return list(dict.fromkeys([*kept, *made, *self.header.format.or_else]))

    def add(self, number: int, cells: Sequence[str]) -> None:
        """Take the next fact. Those of entries wait until all accounts of each are known."""
        named = dict(zip(self.columns, cells, strict=True))
        if not self._fill_down(named):
            self.refused.append((number, "goes on with a row above that is not there", None))
        elif "entry" in named:
            self._waiting.append((number, named))
        else:
            self._shape(number, named, contra=())

    def break_off(self) -> None:
        """Forget the row that the next may go on with: one between them was refused."""
        self._parent = {}

    def finish(self) -> None:
        """Hand on the facts that waited."""
        accounts: dict[tuple[str, str], list[str]] = defaultdict(list)
        for _, cells in self._waiting:
            accounts[_entry(cells)].append(cells.get("account", ""))
        for number, cells in self._waiting:
            self._shape(number, cells, contra=accounts[_entry(cells)])
        if self.header.format.if_none and self.skipped and not self.taken:
            raise AgingReportError(self.header.format.if_none)

    def _shape(self, number: int, cells: Cells, *, contra: Sequence[str]) -> None:
        try:
            shaped = shape(cells, self.header, contra=contra)
        except RowRefused as refusal:
            self.refused.append((number, str(refusal), None))
            return
        if shaped is None:
            self.skipped += 1
        else:
            self.taken += 1
            self.take(number, [shaped.get(column, "") for column in self.shaped_columns])

    def _fill_down(self, cells: Cells) -> bool:
        """Give a row that goes on with the one above the cells that it leaves blank; False if there is none above."""
        filled = [column for column in self.header.format.fill_down if column in cells]
        if not filled:
            return True
        if any(cells[column] for column in filled):
            self._parent = {column: cells[column] for column in filled}
        cells.update(self._parent)
        return bool(self._parent)


def shape(cells: Cells, header: Header, *, contra: Sequence[str]) -> Cells | None:
    """Give the cells as the tables have them; None for a row that a rule of the format leaves out."""
    known = header.format
    shaped = cells | {column: cells[column].strip('"') for column in ("number", "settles_number") if column in cells}
    if any(_is_left_out(shaped, rule) for rule in known.row_rules):
        return None
    if known.debtors and not _take_account(shaped, header, contra):
        return None
    for rule in known.row_rules:
        if rule.refuse and _applies(shaped, rule):
            raise RowRefused(rule.refuse)
        if rule.blank and _applies(shaped, rule):
            shaped.update(dict.fromkeys(rule.blank, ""))
    for column, other in known.or_else.items():
        is_empty = is_nothing(shaped.get(column, "")) if column == "amount" else not shaped.get(column)
        shaped[column] = shaped.get(other, "") if is_empty else shaped[column]
    _take_first_line(shaped, header)
    _take_sides(shaped)
    _take_minor_units(shaped, known)
    return shaped


def _is_left_out(cells: Cells, rule: RowRule) -> bool:
    return not rule.refuse and not rule.blank and _applies(cells, rule)


def _applies(cells: Cells, rule: RowRule) -> bool:
    there = [cells[column].casefold() for column in rule.columns if column in cells]
    return bool(there) and all(_fits(word, rule) for word in there)


def _fits(word: str, rule: RowRule) -> bool:
    if rule.like and not any(fnmatchcase(word, pattern) for pattern in rule.like):
        return False
    return not any(fnmatchcase(word, pattern) for pattern in rule.unlike)


def _take_account(cells: Cells, header: Header, contra: Sequence[str]) -> bool:
    """Make the kind of a booking on a client's account from the account it is booked against; False for any other."""
    known, account = header.format, cells.get("account", "")
    if not account:
        raise RowRefused("names no account")
    if "contra_account" not in cells:
        if not _is_debtor(account, header):
            _check_other(account, known)
            return False
        others = [other for other in contra if not _is_debtor(other, header)]
        if "entry" in cells:
            cells["kind"] = _kind_word(others, known)
        return True
    sides = [account, cells["contra_account"]]
    owing = [_is_debtor(side, header) for side in sides]
    if all(owing):
        raise RowRefused("moves money between two clients; say what it is in documents.csv")
    if not any(owing):
        return False
    place = owing.index(True)
    cells["client"], cells["kind"] = sides[place], _kind_word([sides[1 - place]], known)
    cells["side"] = _side(cells["side"], turned=place == 1)
    return True


def _is_debtor(account: str, header: Header) -> bool:
    digits = _first_line(header, "account_digits")
    if digits.isdigit() and len(account) != int(digits) + 1:
        return False
    return any(fnmatchcase(account.casefold(), pattern.casefold()) for pattern in header.format.debtors)


def _check_other(account: str, known: Format) -> None:
    """Raise where an account is neither a client's nor one of those that are known to be others."""
    others = known.other_accounts
    if others and not any(fnmatchcase(account.casefold(), pattern) for pattern in others):
        raise RowRefused(f"on an account of unknown type, which may be what clients owe: {account}")


def _kind_word(accounts: Sequence[str], known: Format) -> str:
    """Give the first word of the kinds that one of the accounts begins with, else the one for all others."""
    for word in known.kinds:
        if any(account.casefold().startswith(word.casefold()) for account in accounts):
            return word
    return "*"


def _take_first_line(cells: Cells, header: Header) -> None:
    if currency := _first_line(header, "currency"):
        cells["currency"] = cells.get("currency") or currency
    if start := _first_line(header, "year_start"):
        cells["document_date"] = _dated(cells["document_date"], start)
        cells["due_date"] = _short_date(cells.get("due_date", ""))


def _first_line(header: Header, what: str) -> str:
    place = header.format.above.get(what)
    return header.first_line[place - 1].strip() if place and place <= len(header.first_line) else ""


def _dated(day_month: str, start: str) -> str:
    """Give a day and month their year: the one, from the start of the fiscal year, that they fall in."""
    found = _DAY_MONTH.fullmatch(day_month)
    if not found or not re.fullmatch(r"\d{8}", start):
        return day_month
    year, day = int(start[:4]), f"{int(found['day']):02}"
    year += (found["month"] + day) < start[4:]
    return f"{year}-{found['month']}-{day}"


def _short_date(text: str) -> str:
    """Give the date that six or eight digits write as day, month and year; nothing for any other text in the cell."""
    found = re.fullmatch(r"(\d\d)(\d\d)(?:20)?(\d\d)", text)
    return f"20{found[3]}-{found[2]}-{found[1]}" if found and found[2] <= "12" and found[1] <= "31" else ""


def _take_sides(cells: Cells) -> None:
    if "side" in cells:
        minus = _side(cells["side"]) == "credit"
        cells["amount"] = negated(cells["amount"]) if minus else cells["amount"]
    elif "debit" in cells or "credit" in cells:
        cells["amount"] = _one_amount(cells.get("debit", ""), cells.get("credit", ""))


def _side(word: str, *, turned: bool = False) -> str:
    word = word.casefold()
    if word not in _DEBIT_SIDES | _CREDIT_SIDES:
        raise RowRefused(f"on neither the debit nor the credit side: {word}")
    return "debit" if (word in _DEBIT_SIDES) != turned else "credit"


def _one_amount(debit: str, credit: str) -> str:
    if is_nothing(credit):
        return debit or credit
    if is_nothing(debit):
        return negated(credit)
    raise RowRefused(f"has both a debit, {debit}, and a credit, {credit}")


def is_nothing(amount: str) -> bool:
    """Say whether a cell is empty or writes nought, in whatever spelling."""
    return re.fullmatch(r"[^1-9]*", amount) is not None and not any(letter.isalpha() for letter in amount)


def negated(amount: str) -> str:
    """Give an amount with its sign turned, as text."""
    if amount.startswith("(") and amount.endswith(")"):
        return amount[1:-1]
    turned = amount.replace("-", "", 1)
    return turned if turned != amount else f"-{amount}"


def _take_minor_units(cells: Cells, known: Format) -> None:
    """Put the decimal mark into whole numbers of cents, by the currency of the row."""
    if not known.minor_units:
        return
    decimals = known.minor_units.get(cells.get("currency", "").strip().upper(), known.minor_units["*"])
    for column in TABLES[known.table].numbers:
        if text := cells.get(column, ""):
            cells[column] = in_major_units(text, decimals)


def in_major_units(text: str, decimals: int) -> str:
    """Give a whole number of the smallest coin as an amount: 29876 with 2 decimals is 298.76."""
    if not re.fullmatch(r"-?\d+", text):
        raise RowRefused(f"not a whole number of the smallest coin: {text}")
    digits = text.lstrip("-").rjust(decimals + 1, "0")
    whole, part = digits[: len(digits) - decimals], digits[len(digits) - decimals :]
    return ("-" if text.startswith("-") else "") + whole + (f".{part}" if part else "")


def _entry(cells: Cells) -> tuple[str, str]:
    return cells.get("journal", ""), cells["entry"]
