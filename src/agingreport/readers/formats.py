"""Which exports we know: each a TOML file in `formats/`, read into a `Format`; a user's profile is the same file."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, get_args

from agingreport.errors import AgingReportError
from agingreport.readers.staging import SAYS, SHAPING, SKIP, STATUSES, TABLES
from agingreport.readers.values import DateOrder, DecimalMark, Evidence, Format, KindRule, RowRule

FOLDER = Path(__file__).with_name("formats")

# What an export may be able to say. The ledger derives only what the export cannot.
CAN = {
    "payments": "every payment, as a row or a date of its own",
    "payment_dates": "when each payment came",
    "payment_links": "which payment settled which document",
    "credit_notes": "every credit note",
    "write_offs": "every write-off",
    "due_dates": "when each document falls due",
    "open_balances": "what is still open on the statement date",
    "all_open_items": "everything open on the statement date is in the file, so what is missing is settled",
}
# What cannot be said by a file that has none of those of these columns that its format knows.
CAN_NEEDS = {
    "payments": ("payment_amount",),
    "payment_dates": ("payment_date",),
    "due_dates": ("due_date", "due_text"),
    "open_balances": ("open_amount", "paid_amount"),
    "all_open_items": ("open_amount",),
    "payment_links": ("settles_number", "match_letter", "settled_on", "debit_id", "document_id"),
}

_CHOICES: dict[str, tuple[str, ...]] = {
    "evidence": get_args(Evidence),
    "table": tuple(TABLES),
    "layout": ("list", "report"),
    "date_order": get_args(DateOrder),
    "decimal_mark": get_args(DecimalMark),
    "lines": ("one", "repeat", "sum", "sum-sides"),
    "zone": ("UTC",),
    "amounts": ("positive", "signed"),
    "zero_amounts": ("refuse", "skip"),
    "group": ("client", "currency"),
    "headings": ("first", "alone"),
    "unpaid_rest": ("open", "write_off"),
}
_TEXTS = {"title", "kind", "currency", "id_prefix", "parent_separator", "refuse", "note", "if_none"}
_LISTS = {
    "required", "titles", "in_part", "unnumbered_kinds", "can", "fill_down", "debtors", "other_accounts", "buckets",
    "lone_rows",
}  # fmt: skip
_TABLES = {"columns", "kinds", "statuses", "or_else", "above", "across", "marks", "minor_units"}
_MARKED = {"columns", "statuses", "kinds", "accounts"}
_ABOVE = {"currency", "year_start", "account_digits"}


def either(needed: str) -> tuple[str, ...]:
    """Give the columns that an item of `required` names: one, or two of which either will do (`debit or amount`)."""
    return tuple(needed.split(" or "))


def normalise(header: str) -> str:
    """Give a header cell without what does not matter: case, blanks, signs, a byte order mark; `#` reads as `no`."""
    letters = unicodedata.normalize("NFKC", header).replace("#", " no").casefold()
    return "".join(letter for letter in letters if letter.isalnum())


@cache
def all_formats() -> tuple[Format, ...]:
    """Give every format that ships with the package, in order of name."""
    return tuple(load_format(path) for path in sorted(FOLDER.glob("*.toml"), key=lambda path: path.stem))


def format_named(name: str) -> Format:
    """Give the format of that name, or refuse and list the names there are."""
    for known in all_formats():
        if known.name == name:
            return known
    names = ", ".join(known.name for known in all_formats())
    raise AgingReportError(f"no format is called {name!r}; there are {names}")


def load_format(path: Path) -> Format:
    """Read one TOML entry, refusing a word that is not known: a misspelt key must not be a rule that never holds."""
    try:
        return parse_format(path.name, path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise AgingReportError(f"{path}: the profile cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise AgingReportError(f"{path.name}: not a TOML file: {error}") from error


def parse_format(file_name: str, toml: str) -> Format:
    """Give the format that a TOML text describes; its name is that of the file, without what follows the last dot."""
    try:
        return _format(Path(file_name).stem, tomllib.loads(toml))
    except tomllib.TOMLDecodeError as error:
        raise AgingReportError(f"{file_name}: not a TOML file: {error}") from error
    except ValueError as error:
        raise AgingReportError(f"{file_name}: {error}") from error


def _format(name: str, entry: dict[str, Any]) -> Format:
    _check_keys(entry)
    columns = _columns(entry)
    required = tuple(entry.get("required", columns))
    needed = [column for item in required for column in either(item)]
    _check_columns(entry["table"], (*columns, *needed, *entry.get("fill_down", ()), *entry.get("or_else", ())))
    if strange := set(entry.get("above", ())) - _ABOVE:
        raise ValueError(f"above: unknown {', '.join(sorted(strange))}; use {', '.join(sorted(_ABOVE))}")
    _check_across(entry)
    _check_marks(entry.get("marks", {}))
    can = frozenset(entry.get("can", ()))
    if unknown := can - set(CAN):
        raise ValueError(f"can: unknown {', '.join(sorted(unknown))}; use {', '.join(CAN)}")
    plain = {key: entry[key] for key in (*_CHOICES, *_TEXTS) if key in entry and key not in {"evidence", "title"}}
    return Format(
        name=name,
        title=entry.get("title", name),
        evidence=entry.get("evidence", "MEM"),
        columns=columns,
        names=_names(entry),
        required=required,
        is_closed=entry.get("closed", False),
        is_plain=entry.get("plain", False),
        is_titled=entry.get("titled", False),
        is_ragged=entry.get("ragged", False),
        header_rows=entry.get("header_rows", 1),
        titles=tuple(normalise(title) for title in entry.get("titles", ())),
        in_part=tuple(normalise(title) for title in entry.get("in_part", ())),
        buckets=tuple(title.casefold() for title in entry.get("buckets", ())),
        unnumbered_kinds=tuple(entry.get("unnumbered_kinds", ())),
        kinds=_kinds(entry),
        statuses=_statuses(entry.get("statuses", {})),
        can=can,
        row_rules=tuple(_row_rule(entry["table"], rule) for rule in entry.get("rows", ())),
        lone_rows=tuple(text.casefold() for text in entry.get("lone_rows", ())),
        marks=entry.get("marks", {}),
        fill_down=tuple(entry.get("fill_down", ())),
        or_else=entry.get("or_else", {}),
        above=entry.get("above", {}),
        debtors=tuple(entry.get("debtors", ())),
        other_accounts=tuple(entry.get("other_accounts", ())),
        minor_units=_minor_units(entry.get("minor_units", {})),
        across=entry.get("across", {}),
        **plain,
    )


def _check_keys(entry: Mapping[str, Any]) -> None:
    known = {*_CHOICES, *_TEXTS, *_LISTS, *_TABLES, "closed", "plain", "titled", "ragged", "rows", "header_rows"}
    if unknown := set(entry) - known:
        raise ValueError(f"unknown key {', '.join(sorted(unknown))}; use {', '.join(sorted(known))}")
    if missing := {"table", "columns"} - set(entry):
        raise ValueError(f"missing {', '.join(sorted(missing))}")
    for key, value in entry.items():
        if key in _CHOICES and value not in _CHOICES[key]:
            raise ValueError(f"{key} = {value!r} is not one of {', '.join(_CHOICES[key])}")
        if key in _TEXTS and not isinstance(value, str):
            raise ValueError(f"{key} must be text")
        if key in _LISTS and not (isinstance(value, list) and all(isinstance(item, str) for item in value)):
            raise ValueError(f"{key} must be a list of texts")
        if key in _TABLES and not isinstance(value, dict):
            raise ValueError(f"[{key}] must be a table")


def _check_marks(marks: Mapping[str, str]) -> None:
    for part, mark in marks.items():
        if part not in _MARKED or mark not in get_args(Evidence):
            known = f"{', '.join(sorted(_MARKED))} with one of {', '.join(get_args(Evidence))}"
            raise ValueError(f"marks: {part} = {mark!r}; mark {known}")


def _check_columns(table: str, columns: tuple[str, ...]) -> None:
    known = (*TABLES[table].columns, *SHAPING)
    if unknown := set(columns) - set(known):
        raise ValueError(f"unknown column {', '.join(sorted(unknown))}; {table} have {', '.join(known)}")


def _check_across(entry: Mapping[str, Any]) -> None:
    across = entry.get("across", {})
    if across and set(across) != {"names", "values"}:
        raise ValueError("[across] needs names and values, the columns that take the currency and its cells")
    _check_columns(entry["table"], tuple(across.values()))


def _columns(entry: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    names = {column: map(normalise, _alternatives(value)) for column, value in entry["columns"].items()}
    return {column: tuple(dict.fromkeys(alternatives)) for column, alternatives in names.items()}


def _names(entry: Mapping[str, Any]) -> dict[str, str]:
    return {column: _alternatives(value)[0] for column, value in entry["columns"].items()}


def _alternatives(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _kinds(entry: Mapping[str, Any]) -> dict[str, KindRule]:
    known = {*TABLES[entry["table"]].kinds, SKIP}
    rules = {word: _kind_rule(rule) for word, rule in entry.get("kinds", {}).items()}
    for word, rule in rules.items():
        if unknown := {rule.positive, rule.negative} - known - {None}:
            raise ValueError(f"kinds: {word} = {', '.join(map(str, unknown))} is not one of {', '.join(sorted(known))}")
    return rules


def _row_rule(table: str, rule: Mapping[str, Any]) -> RowRule:
    if unknown := set(rule) - {"column", "like", "unlike", "refuse", "blank"}:
        raise ValueError(f"rows: unknown key {', '.join(sorted(unknown))}")
    columns, blank = tuple(_alternatives(rule["column"])), tuple(rule.get("blank", ()))
    _check_columns(table, (*columns, *blank))
    patterns = {key: tuple(text.casefold() for text in rule.get(key, ())) for key in ("like", "unlike")}
    return RowRule(columns=columns, refuse=rule.get("refuse"), blank=blank, **patterns)


def _kind_rule(rule: str | dict[str, str]) -> KindRule:
    if isinstance(rule, str):
        return KindRule(rule, rule)
    return KindRule(rule.get("positive"), rule.get("negative"))


def _minor_units(decimals: Mapping[str, Any]) -> dict[str, int]:
    if decimals and not (set(decimals) >= {"*"} and all(isinstance(value, int) for value in decimals.values())):
        raise ValueError("minor_units: say the decimals of each currency, and of any other as `*`")
    return dict(decimals)


def _statuses(words: Mapping[str, str]) -> dict[str, str]:
    for word, status in words.items():
        if status not in (*STATUSES, *SAYS):
            raise ValueError(f"statuses: {word} = {status} is not one of {', '.join((*STATUSES, *SAYS))}")
    return dict(words)
