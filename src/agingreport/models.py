"""Find the SQL models, read their headers, and compose one of them with all that it rests on into one query."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from agingreport.engines import with_names
from agingreport.errors import AgingReportError

NAMED = re.compile(r"\b(?:from|join)\s+([a-z_]+)\b(?!\.|\()")
LOCAL = re.compile(r"(?:\bwith|,)\s+([a-z_]+)\s+as\s*\(")
ROWS = "select * from {name}"
COMMENT = re.compile(r"--[^\n]*")
MARKS = ("shared", "kept")
FOLDERS = ("base", "parts", "", "checks")
GUARDED_BY = "guarded by "
TREATMENTS = ("formula", "credits", "disputes", "drafts", "source")
ENDS_ORDERED = re.compile(r"\norder by ([^()]*)\Z", re.IGNORECASE)


@dataclass(frozen=True)
class Model:
    """One SQL file: what a row of it is, each of its columns in words, and the one select that makes it."""

    name: str
    folder: str  # "" for metrics, "parts" for what they rest on, "base" for the ledger as known, "checks" for audits
    summary: str
    treatments: Mapping[str, str]  # of a metric: its formula and source, what it does with credits, disputes and drafts
    grain: tuple[str, ...]
    columns: Mapping[str, str]
    is_shared: bool  # computed once for all that read it
    is_kept: bool  # the same for every day and policy: computed once a load
    guards: tuple[str, ...]  # checks that must find nothing, or the model has no answer
    select: str  # without the order at its end
    order: tuple[str, ...]  # its own columns, as people see the rows; the models that read them need none
    needs: tuple[str, ...]  # tables it reads: models, and tables made from the policy


class Catalogue(Mapping[str, Model]):
    """Every model of the package by name, those of the base and the checks too; a file is read when it is asked for."""

    def __init__(self) -> None:
        root = files("agingreport").joinpath("sql")
        self._entries = {
            entry.name.removesuffix(".sql"): (entry, folder)
            for folder in FOLDERS
            for entry in sorted((root.joinpath(folder) if folder else root).iterdir(), key=lambda entry: entry.name)
            if entry.name.endswith(".sql")
        }
        self._models: dict[str, Model] = {}

    def __getitem__(self, name: str) -> Model:
        if name not in self._models:
            self._models[name] = read_model(*self._entries[name])
        return self._models[name]

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


@cache
def catalogue() -> Catalogue:
    """The models of the package."""
    return Catalogue()


def read_model(entry: Traversable, folder: str) -> Model:
    """The model in one file; its header is the comment lines at its top."""
    lines = entry.read_text(encoding="utf-8").splitlines()
    height = next(number for number, line in enumerate(lines) if not line.startswith("--"))
    header, notes = split_header([line.removeprefix("--").strip() for line in lines[:height]])
    prose, treatments = split_treatments(header)
    select, order = split_order("\n".join(lines[height:]).strip().rstrip(";"), notes)
    grain = tuple(part.strip() for part in notes.pop("grain", "").split(",") if part.strip())
    return Model(
        name=entry.name.removesuffix(".sql"),
        folder=folder,
        summary=" ".join(line for line in prose if line not in MARKS and not line.startswith(GUARDED_BY)),
        treatments=treatments,
        grain=grain,
        columns=notes,
        is_shared="shared" in prose or "kept" in prose,
        is_kept="kept" in prose,
        guards=tuple(line.removeprefix(GUARDED_BY) for line in prose if line.startswith(GUARDED_BY)),
        select=select,
        order=order,
        needs=tables_read(select),
    )


def split_order(select: str, columns: Collection[str]) -> tuple[str, tuple[str, ...]]:
    """A select without the order at its end, and the columns in that; an order by other than its own columns stays."""
    found = ENDS_ORDERED.search(select)
    names = tuple(part.strip().rpartition(".")[2] for part in found[1].split(",")) if found else ()
    if found and set(names) <= set(columns):
        return select[: found.start()], names
    return select, ()


def split_header(header: list[str]) -> tuple[list[str], dict[str, str]]:
    """The prose of a header, and its `name: description` lines from the grain on."""
    start = next((number for number, line in enumerate(header) if line.startswith("grain:")), len(header))
    notes = (line.partition(":") for line in header[start:])
    return header[:start], {name.strip(): description.strip() for name, _, description in notes}


def split_treatments(header: list[str]) -> tuple[list[str], dict[str, str]]:
    """The prose of a header, and its lines on the formula, credits, disputes, drafts and source by their first word."""
    found = {line.partition(":")[0]: line for line in header if line.partition(":")[0] in TREATMENTS}
    prose = [line for line in header if line not in found.values()]
    return prose, {name: line.partition(":")[2].strip() for name, line in found.items()}


def tables_read(select: str) -> tuple[str, ...]:
    """Names after `from` and `join` that the select does not define itself, each once, in order."""
    code = COMMENT.sub("", select)
    own = {name.lower() for name in LOCAL.findall(code)}
    return tuple(dict.fromkeys(name for name in NAMED.findall(code) if name not in own))


def find(name: str) -> Model:
    """The model of that name.

    Raises AgingReportError with the nearest names where there is none.
    """
    known = catalogue()
    if name in known:
        return known[name]
    near = get_close_matches(name, known, n=3)
    hint = f"did you mean {' or '.join(near)}?" if near else "agingreport show --list names them all."
    raise AgingReportError(f"There is no metric '{name}': {hint}")


def rests_on(name: str, *, empty: Collection[str] = ()) -> list[str]:
    """Names of the models that this one reads, directly or not, each after those it reads itself.

    The `empty` ones, and what is read for nothing else, are left out.
    """
    order: list[str] = []

    def visit(current: str) -> None:
        for needed in catalogue()[current].needs:
            if needed in catalogue() and needed not in order and needed not in empty:
                visit(needed)
                order.append(needed)

    visit(name)
    return order


def tables_under(name: str) -> set[str]:
    """Every table that the model and those it rests on read, models and tables of the policy alike."""
    return {table for part in (*rests_on(name), name) for table in catalogue()[part].needs}


def guards(name: str) -> tuple[str, ...]:
    """The checks that must find nothing before the model may answer: its own, and those of all that it rests on."""
    found = (guard for part in (*rests_on(name), name) for guard in catalogue()[part].guards)
    return tuple(dict.fromkeys(found))


def compose(name: str, *, ready: frozenset[str] = frozenset(), empty: frozenset[str] = frozenset()) -> str:
    """One statement that gives the model: what it rests on as `with` parts, but for the `ready`, which are tables.

    Left joins with the `empty` tables are left out.
    """
    own = without(catalogue()[name].select, empty)
    reached = parts_reached(name, ready | empty)
    parts = [part for part in rests_on(name) if part in reached]
    if not parts:
        return own
    named = ",\n\n".join(f"{part} as (\n{without(catalogue()[part].select, empty)}\n)" for part in parts)
    is_with = re.match(r"with\s", own, re.IGNORECASE)
    rest = ",\n\n" + own[is_with.end() :] if is_with else "\n\n" + own
    return f"with {named}{rest}"


def without(select: str, empty: Collection[str]) -> str:
    """A select without its left joins with tables that are known to be empty, each a line: their columns are null.

    Without the last branch of a union too, if it reads such a table alone. A join reads the columns that it compares,
    also where there is nothing to find; a report of a million documents takes a quarter longer for it.
    """
    for table in empty:
        select = re.sub(rf"\nunion all\nselect\n[^()]*\nfrom {table} as \w+\s*\Z", "", select)
        while found := re.search(rf"\n *left join {table} as (\w+) on [^\n]*", select):
            select = re.sub(rf"\b{found[1]}\.\w+", "null", select[: found.start()] + select[found.end() :])
    return select


def in_order(name: str, *, ready: frozenset[str] = frozenset(), empty: frozenset[str] = frozenset()) -> str:
    """The composed statement, in the order the model asks for, else that of its grain.

    Without an order the same books may give the same rows in another one each time.
    """
    model = catalogue()[name]
    if name not in ready and not model.order and ENDS_ORDERED.search(model.select):
        return compose(name, ready=ready, empty=empty)
    rows = with_names(ROWS, name=name) if name in ready else compose(name, ready=ready, empty=empty)
    order = ", ".join(model.order or model.grain)
    return f"{rows}\norder by {order}" if order else rows


def parts_reached(name: str, ready: frozenset[str]) -> set[str]:
    """The models that this one reads, directly or not, where it does not read a ready one in their stead."""
    reached: set[str] = set()
    for needed in catalogue()[name].needs:
        if needed in catalogue() and needed not in ready | reached:
            reached |= {needed} | parts_reached(needed, ready)
    return reached
