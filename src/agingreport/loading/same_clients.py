"""Which names are one client: certainly, as the owner has said, or probably, for the owner to say.

Certain are names that differ only in case, blanks, width or composition of letters; and names that differ in
punctuation or in the spelling of one legal form, where no program keeps them as two. All of it is worked out anew
after each load from all names, so that the order of files makes no difference; what changes keeps its former answer.
Nothing is rewritten: documents keep the name of their export, and the models read it through the aliases.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from agingreport.engines import DuckDB
from agingreport.loading.names import bare, numbers_in, taken_apart

if TYPE_CHECKING:
    import duckdb

UNKNOWN = "(unknown)"  # of rows that name no client
LEAST_LIKENESS = 80  # percent; what is kept at all, for the policy to choose from
SPELLING, LEGAL_FORM, SAID = "spelling", "legal form", "said"

# The names in use, each with the programs that use it.
NAMES = """
select distinct u.client, s.family
from (
    select distinct d.client, d.source_id from ledger.documents as d where d.replaced_by is null
    union
    select c.client, c.source_id from ledger.clients as c where c.replaced_by is null
    union
    select k.client, k.source_id from ledger.contacts as k where k.replaced_by is null
    union
    select g.client, g.source_id from ledger.agreements as g where g.replaced_by is null and g.client is not null
) as u
inner join ledger.sources as s on s.source_id = u.source_id
"""
MAKE_NAMES = "create or replace temp table names_in_use as " + NAMES
NEW_NAMES = """
select distinct u.client from names_in_use as u
where u.client not in (select n.client from ledger.client_names as n)
order by u.client
"""
KNOWN_NAMES = "select n.client, n.core from ledger.client_names as n"
SAME_PLAIN = """
select list(distinct n.client) from ledger.client_names as n
where n.client in (select u.client from names_in_use as u)
group by n.plain having count(*) > 1
"""
# One name in other letters is one client unless some program keeps two such names apart; case is no difference there.
SAME_FORM = """
select list(distinct t.client) from (
    select n.core, n.form, n.plain, n.client, u.family,
        count(*) over (partition by n.core, n.form, u.family, n.plain) as spellings,
        count(*) over (partition by n.core, n.form, u.family) as names
    from ledger.client_names as n
    inner join names_in_use as u on u.client = n.client
    where n.client <> '(unknown)'
) as t
group by t.core, t.form
having count(distinct t.plain) > 1 and bool_and(t.spellings = t.names)
"""
RULINGS = """
select r.client, r.other, r.is_same, r.shown_as from ledger.same_clients as r
where r.replaced_by is null order by r.client, r.other
"""
REPLACE_ALIASES = """
update ledger.aliases as a set replaced_by = $load_id
where a.replaced_by is null
    and row(a.client, a.known_as, a.reason) not in (select row(r.client, r.known_as, r.reason) from resolved as r)
"""
INSERT_ALIASES = """
insert into ledger.aliases
select r.client, r.known_as, r.reason, $load_id, null from resolved as r
where row(r.client, r.known_as, r.reason) not in (
    select row(a.client, a.known_as, a.reason) from ledger.aliases as a where a.replaced_by is null
)
"""
INSERT_NAMES = "insert into ledger.client_names select p.client, p.plain, p.core, p.form from parted as p"
INSERT_ALIKE = "insert into ledger.alike_clients select p.client, p.other, p.likeness, $load_id from alike as p"
TEXT = "VARCHAR"
NAME_COLUMNS = (("client", TEXT), ("plain", TEXT), ("core", TEXT), ("form", TEXT))
ALIKE_COLUMNS = (("client", TEXT), ("other", TEXT), ("likeness", "DOUBLE"))
ALIAS_COLUMNS = (("client", TEXT), ("known_as", TEXT), ("reason", TEXT))

Block = tuple[str, tuple[str, ...], str]
Ruling = tuple[str, str, bool, str]


def resolve_names(connection: "duckdb.DuckDBPyConnection", *, load_id: int) -> None:
    """Bring the aliases and the list of names that are alike up to date, inside the caller's transaction."""
    connection.execute(MAKE_NAMES)
    take_new_names(connection, load_id=load_id)
    groups = [
        (reason, names)
        for reason, query in ((SPELLING, SAME_PLAIN), (LEGAL_FORM, SAME_FORM))
        for names in sorted(sorted(names) for (names,) in connection.execute(query).fetchall())
    ]
    resolved = aliases(connection.execute(RULINGS).fetchall(), groups)
    DuckDB(connection).put("resolved", ALIAS_COLUMNS, resolved)
    connection.execute(REPLACE_ALIASES, {"load_id": load_id})
    connection.execute(INSERT_ALIASES, {"load_id": load_id})


def take_new_names(connection: "duckdb.DuckDBPyConnection", *, load_id: int) -> None:
    """Take apart the names that come for the first time, and find those that are like them."""
    new = {client: taken_apart(client) for (client,) in connection.execute(NEW_NAMES).fetchall()}
    if not new:
        return
    known = dict(connection.execute(KNOWN_NAMES).fetchall())
    engine = DuckDB(connection)
    engine.put("parted", NAME_COLUMNS, [(client, name.plain, name.core, name.form) for client, name in new.items()])
    connection.execute(INSERT_NAMES)
    if alike := list(alike_pairs({client: name.core for client, name in new.items()}, known)):
        engine.put("alike", ALIKE_COLUMNS, alike)
        connection.execute(INSERT_ALIKE, {"load_id": load_id})


def alike_pairs(new: Mapping[str, str], known: Mapping[str, str]) -> Iterator[tuple[str, str, float]]:
    """Pairs of a new name with any other whose cores are alike, in percent; names that differ in a number never are.

    Compared are names under the same parent that share the first two letters of some word: a slip of the pen in just
    those of every word is not found.
    """
    from rapidfuzz import fuzz, process

    blocks: dict[Block, list[str]] = defaultdict(list)
    cores = {client: bare(core) for client, core in {**known, **new}.items() if client != UNKNOWN}
    for client, core in cores.items():
        for block in blocks_of(core):
            blocks[block].append(client)
    ordered = {client: in_order(core) for client, core in cores.items()}
    found: dict[tuple[str, str], float] = {}
    for clients in blocks.values():
        comers = [client for client in clients if client in new] if len(clients) > 1 else []
        choices = [ordered[client] for client in clients] if comers else []
        for client in comers:
            near = process.extract(ordered[client], choices, scorer=fuzz.ratio, score_cutoff=LEAST_LIKENESS, limit=None)
            for _, likeness, place in near:
                if clients[place] != client:
                    found[min(client, clients[place]), max(client, clients[place])] = likeness
    for (client, other), likeness in found.items():
        yield client, other, likeness


def blocks_of(core: str) -> set[Block]:
    """What a name must share with another to be compared with it: parent, numbers, and the begin of some word."""
    parent, _, own = core.rpartition(":")
    return {(parent, numbers_in(core), word[:2]) for word in own.split()}


def in_order(core: str) -> str:
    """The words of a name, or of the child of `parent:child`, in the order of the alphabet."""
    return " ".join(sorted(core.rpartition(":")[2].split()))


def aliases(rulings: Sequence[Ruling], groups: Iterable[tuple[str, Sequence[str]]]) -> list[tuple[str, str, str]]:
    """Each name that the books show under another: name, the other, and why they are one.

    What the owner said goes before what is certain, and two names that are said to be two clients never meet.
    """
    sets = Sets((client, other) for client, other, is_same, _ in rulings if not is_same)
    for client, other, is_same, _ in rulings:
        if is_same:
            sets.join(client, other, SAID)
    for reason, names in groups:
        for one, other in combinations(names, 2):
            sets.join(one, other, reason)
    said = [shown_as for _, _, is_same, shown_as in rulings if is_same]
    outdone = {client if other == shown_as else other for client, other, is_same, shown_as in rulings if is_same}
    found = []
    for members in sets.members():
        shown = [name for name in said if name in members and name not in outdone] or [n for n in said if n in members]
        known_as = min(shown or members, key=readable)
        found += [(name, known_as, sets.reasons[name]) for name in sorted(members) if name != known_as]
    return found


def readable(name: str) -> tuple[bool, bool, int, str]:
    """What makes one spelling of a name the better one to show, the least first: tidy, in both cases, short."""
    return name != " ".join(name.split()), name in (name.lower(), name.upper()), len(name), name


class Sets:
    """Names joined into sets, of which some pairs are never to meet."""

    def __init__(self, apart: Iterable[tuple[str, str]]) -> None:
        self.apart = [set(pair) for pair in apart]
        self.set_of: dict[str, set[str]] = {}
        self.reasons: dict[str, str] = {}

    def join(self, one: str, other: str, reason: str) -> bool:
        """Make the sets of the two names one, unless that would bring a pair together that is to stay apart."""
        joined = self.set_of.get(one, {one}) | self.set_of.get(other, {other})
        if any(pair <= joined for pair in self.apart):
            return False
        for name in joined:
            self.set_of[name] = joined
        for name in (one, other):
            self.reasons.setdefault(name, reason)
        return True

    def members(self) -> list[set[str]]:
        """The sets, each once, in the order of their first names."""
        return sorted({id(members): members for members in self.set_of.values()}.values(), key=min)
