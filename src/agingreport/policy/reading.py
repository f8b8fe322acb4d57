"""What this firm counts, asks for and believes: the shipped policy and what the firm's own file changes."""

from collections.abc import Mapping
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from pathlib import Path
from tomllib import TOMLDecodeError, loads
from types import UnionType
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from agingreport.errors import AgingReportError
from agingreport.policy.sections import Figure, Policy

Tree = Mapping[str, Any]


def load_policy(path: Path | None = None) -> Policy:
    """The shipped policy with the firm's own file laid over it; the file gives only what differs.

    A list (the ladder, the bucket edges) is replaced whole. Raises AgingReportError, naming file and key,
    for a file that cannot be read, a key the policy does not know, and a figure it cannot take.
    """
    if path is None:
        return _shipped_policy()
    own = _vouched(_read(path), Policy, (), path)
    try:
        return Policy.model_validate(_laid_over(_shipped_tree(), own))
    except ValidationError as error:
        raise AgingReportError(f"{path}: {_first_problem(error)}") from None


@cache
def _shipped_policy() -> Policy:
    return Policy.model_validate(_shipped_tree())


def _shipped_tree() -> Tree:
    tree: Tree = {}
    for entry in sorted(files("agingreport.policy").iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".toml"):
            tree = _laid_over(tree, _parsed(entry.read_text("utf-8")))
    return tree


def _parsed(text: str) -> Tree:
    return loads(text, parse_float=Decimal)


def _read(path: Path) -> Tree:
    try:
        return _parsed(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        raise AgingReportError(f"{path}: there is no such policy file") from None
    except (OSError, UnicodeDecodeError) as error:
        raise AgingReportError(f"{path}: the policy file cannot be read ({error})") from None
    except TOMLDecodeError as error:
        raise AgingReportError(f"{path}: not a TOML file: {error}") from None


def _laid_over(below: Tree, above: Tree) -> dict[str, Any]:
    merged = dict(below)
    for key, value in above.items():
        beneath = below.get(key)
        if isinstance(value, Mapping) and isinstance(beneath, Mapping):
            merged[key] = _laid_over(beneath, value)
        else:
            merged[key] = value
    return merged


def _vouched(tree: Tree, kind: Any, place: tuple[str, ...], path: Path) -> Tree:
    """The firm's own file, its legal and market figures taken as verified by the firm.

    Raises AgingReportError for such a figure without its own source: the shipped one does not vouch for it.
    """
    if isinstance(kind, type) and issubclass(kind, Figure):
        evidence = [name for name in ("source", "source_date", "stale_after") if name in kind.model_fields]
        missing = [name for name in evidence if name not in tree]
        if missing:
            raise AgingReportError(f"{path}: {'.'.join(place)}: give {' and '.join(missing)} with a figure of your own")
        return {"verified": True, "confidence": "high", **tree}
    return {
        key: _vouched(value, _kind_below(kind, key), (*place, key), path) if isinstance(value, Mapping) else value
        for key, value in tree.items()
    }


def _kind_below(kind: Any, key: str) -> Any:
    """The type the policy holds under that key, or None where it holds nothing or plain values."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        field = kind.model_fields.get(key)
        return field.annotation if field else None
    if get_origin(kind) in (dict, tuple):
        return get_args(kind)[-1] if get_origin(kind) is dict else get_args(kind)[0]
    if isinstance(kind, UnionType):
        return _kind_below(get_args(kind)[0], key)
    return None


def _first_problem(error: ValidationError) -> str:
    problem = error.errors(include_url=False)[0]
    place = ".".join(str(part) for part in problem["loc"] if part != "[key]")
    if problem["type"] == "extra_forbidden" or (problem["type"] == "literal_error" and "[key]" in problem["loc"]):
        return f"unknown key {place}; {_nearest(problem)}"
    if problem["type"] == "missing":
        return f"{place} is missing"
    if problem["type"] in ("model_type", "dict_type"):
        return f"{place} must be a table, as in [{place}]"
    message = problem["msg"].removeprefix("Value error, ")
    return f"{place}: {message}" if place else message


def _nearest(problem: ErrorDetails) -> str:
    parts = [str(part) for part in problem["loc"] if part != "[key]"]
    kind: Any = Policy
    for part in parts[:-1]:
        kind = _kind_below(kind, part)
    known = _known_keys(kind)
    elsewhere = [f"{section}.{parts[-1]}" for section in Policy.model_fields if parts[-1] in _known_keys_of(section)]
    close = elsewhere or get_close_matches(parts[-1], known, n=1, cutoff=0.5)
    return f"did you mean {close[0]}?" if close else f"known keys: {', '.join(known)}"


def _known_keys_of(section: str) -> list[str]:
    return _known_keys(Policy.model_fields[section].annotation)


def _known_keys(kind: Any) -> list[str]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return list(kind.model_fields)
    return [str(name) for name in get_args(get_args(kind)[0])] if get_origin(kind) is dict else []
