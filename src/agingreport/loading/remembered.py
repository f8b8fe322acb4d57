"""What the user has said of a kind of source, so that it need be said once: dates, decimal mark, currency, profile.

It is kept for the format and header row it was said of, with the load it was said at, and holds until it is said
anew. The time zone is the firm's, and kept for all sources.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agingreport.readers import ReadOptions, Remembered, parse_format, with_remembered

if TYPE_CHECKING:
    import duckdb

    from agingreport.readers import Reading

EVERY_SOURCE = ""
PROFILE = "profile"
WORDS = {"date_order": "dates", "decimal_mark": "decimal mark", "currency": "currency", "time_zone": "days of"}
SAID = """
select o.source_kind, o.option, o.value, l.loaded_at::date
from ledger.said_options as o
inner join ledger.loads as l on l.load_id = o.loaded_by
where o.replaced_by is null
order by o.source_kind, o.option
"""
REPLACE = """
update ledger.said_options set replaced_by = $load_id
where source_kind = $source_kind and option = $option and replaced_by is null
"""
INSERT = "insert into ledger.said_options values ($source_kind, $option, $value, $load_id, null)"


@dataclass(frozen=True)
class Said:
    """What was said, and on what day."""

    value: str
    said_on: date


@dataclass(frozen=True)
class Memory:
    """All that was said before and still holds, by kind of source and option."""

    said: Mapping[str, Mapping[str, Said]]

    def for_readers(self) -> Mapping[str, Remembered]:
        """The same as readers take it."""
        return {
            kind: Remembered(
                options={option: said.value for option, said in options.items() if option != PROFILE},
                profile=parse_format(*options[PROFILE].value.split("\n", 1)) if PROFILE in options else None,
            )
            for kind, options in self.said.items()
        }

    def complete(self, options: ReadOptions, *kinds: str) -> ReadOptions:
        """The options with what was said before of every source, and of those kinds."""
        for kind in (EVERY_SOURCE, *kinds):
            options = with_remembered(options, self.for_readers().get(kind))
        return options

    def profile(self, kind: str) -> str | None:
        """The profile that was said before of that kind of source: its name in the first line, and all of it."""
        said = self.said.get(kind, {}).get(PROFILE)
        return said.value if said else None

    def notes(self, options: ReadOptions, reading: "Reading") -> tuple[str, ...]:
        """What a file was read by that was said before, and what holds from now on in the stead of that."""
        notes = [note for name in WORDS if name in reading.used for note in self._note(name, options, reading)]
        profile = None if options.profile else self.said.get(reading.source_kind, {}).get(PROFILE)
        if profile:
            notes.append(f"profile {profile.value.partition(chr(10))[0]}, as said on {profile.said_on}")
        return tuple(notes)

    def _note(self, name: str, options: ReadOptions, reading: "Reading") -> tuple[str, ...]:
        said, now = self.said.get(scope(name, reading), {}).get(name), getattr(options, name)
        if said is None or now == said.value:
            return ()
        if now is None:
            return (f"{WORDS[name]} {in_words(said.value)}, as said on {said.said_on}",)
        return (f"{WORDS[name]} {in_words(now)} from now on; {in_words(said.value)} was said on {said.said_on}",)


def in_words(value: str) -> str:
    """A value as it stands in a sentence."""
    return {",": "comma", ".": "point"}.get(value, value)


def recall(connection: "duckdb.DuckDBPyConnection") -> Memory:
    """What was said before, from the ledger."""
    said: dict[str, dict[str, Said]] = defaultdict(dict)
    for kind, option, value, said_on in connection.execute(SAID).fetchall():
        said[kind][option] = Said(value, said_on)
    return Memory(said)


def remember(
    connection: "duckdb.DuckDBPyConnection", options: ReadOptions, reading: "Reading", *, load_id: int
) -> None:
    """Keep what was said and was needed to read this file; the firm's time zone in any case."""
    memory = recall(connection)
    values = {name: getattr(options, name) for name in WORDS if name in reading.used or name == "time_zone"}
    if options.profile:
        values[PROFILE] = profile_text(options.profile)
    for name, value in values.items():
        kind = scope(name, reading)
        before = memory.said.get(kind, {}).get(name)
        if value is None or (before and before.value == value):
            continue
        keys: dict[str, Any] = {"source_kind": kind, "option": name, "load_id": load_id}
        connection.execute(REPLACE, keys)
        connection.execute(INSERT, {**keys, "value": value})


def profile_text(path: Path) -> str:
    """A profile with its name in the first line."""
    return f"{path.name}\n{path.read_text(encoding='utf-8-sig')}"


def scope(option: str, reading: "Reading") -> str:
    """The kind of source that an option is kept for."""
    return EVERY_SOURCE if option == "time_zone" else reading.source_kind
