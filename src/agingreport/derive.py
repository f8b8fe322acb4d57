"""Derive what the exports could not say, from all that they have said: the same facts give the same answer.

It is worked out anew after every load, so neither the order of the files nor their number of pieces matters; what
comes out differently replaces what was derived before and keeps its former version.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from agingreport.engines import DuckDB, with_names
from agingreport.matching import DerivedPayment, Entry, Match, Statement, match_account

if TYPE_CHECKING:
    import duckdb

ANYTHING_TO_DERIVE = """
select 1 from ledger.sources where not links_payments
union all
select 1 from ledger.open_balances limit 1
"""
ENTRIES = """
select
    coalesce(a.known_as, d.client), d.currency, d.document_id, d.document_date,
    coalesce(d.due_date, d.document_date), d.amount, d.source_id,
    d.kind in ('invoice', 'journal_debit', 'refund') as is_debit, s.links_payments
from ledger.documents as d
inner join ledger.sources as s on s.source_id = d.source_id
left join ledger.aliases as a on a.client = d.client and a.replaced_by is null
left join ledger.twins as t on t.document_id = d.document_id and t.replaced_by is null
where d.replaced_by is null and d.origin = 'export' and coalesce(d.status, 'posted') = 'posted'
    and t.document_id is null
"""
# A list of all that is open says of every older document of the same program that it does not name: nothing is open.
STATEMENTS = """
select coalesce(t.counted_as, b.document_id), b.stated_on, abs(b.open_amount), b.last_paid_on, b.source_id
from ledger.open_balances as b
left join ledger.twins as t on t.document_id = b.document_id and t.replaced_by is null
where b.replaced_by is null
union all
select d.document_id, s.statement_date, 0, null, min(s.source_id)
from ledger.sources as s
inner join ledger.sources as o on o.family = s.family
inner join ledger.documents as d on d.source_id = o.source_id and d.document_date <= s.statement_date
where s.is_complete and s.statement_date is not null
    and d.replaced_by is null and d.origin = 'export'
    and not exists (
        select 1 from ledger.open_balances as b
        where b.document_id = d.document_id and b.stated_on = s.statement_date and b.replaced_by is null
    )
group by d.document_id, s.statement_date
order by 1, 2
"""
GIVEN_MATCHES = """
select d.document_id, c.document_id, greatest(d.document_date, c.document_date), a.amount
from ledger.allocations as a
left join ledger.twins as t on t.document_id = a.debit_id and t.replaced_by is null
left join ledger.twins as u on u.document_id = a.credit_id and u.replaced_by is null
inner join ledger.documents as d on d.document_id = coalesce(t.counted_as, a.debit_id) and d.replaced_by is null
inner join ledger.documents as c on c.document_id = coalesce(u.counted_as, a.credit_id) and c.replaced_by is null
where a.replaced_by is null and a.origin = 'export'
    and (t.document_id is null or u.document_id is null)
    and coalesce(d.status, 'posted') = 'posted' and coalesce(c.status, 'posted') = 'posted'
"""
REPLACE_DERIVED = """
update {table} as known set replaced_by = $load_id
where known.origin = 'derived' and known.replaced_by is null
    and row({columns}) not in (select row({columns}) from {derived})
"""
INSERT_DERIVED = """
insert into {table} ({columns}, origin, loaded_by)
select {columns}, 'derived', $load_id from {derived}
where row({columns}) not in (
    select row({columns}) from {table} where origin = 'derived' and replaced_by is null
)
"""
DOCUMENT_COLUMNS = (
    ("document_id", "VARCHAR"),
    ("kind", "VARCHAR"),
    ("client", "VARCHAR"),
    ("document_date", "DATE"),
    ("amount", "DECIMAL(18,4)"),
    ("currency", "VARCHAR"),
    ("date_basis", "VARCHAR"),
    ("source_id", "INTEGER"),
)
ALLOCATION_COLUMNS = (
    ("debit_id", "VARCHAR"),
    ("credit_id", "VARCHAR"),
    ("allocated_on", "DATE"),
    ("amount", "DECIMAL(18,4)"),
    ("source_id", "INTEGER"),
)

Account = tuple[str, str]


def derive(connection: "duckdb.DuckDBPyConnection", *, load_id: int) -> None:
    """Bring the derived payments and allocations of the ledger up to date, inside the caller's transaction."""
    if not connection.execute(ANYTHING_TO_DERIVE).fetchall():
        return
    documents: list[tuple[Any, ...]] = []
    allocations: list[tuple[Any, ...]] = []
    for account, entries in accounts(connection).items():
        for found in match_account(entries):
            if isinstance(found, DerivedPayment):
                documents.append(as_document(found, account))
            allocations.append(as_allocation(found))
    engine = DuckDB(connection)
    engine.put("derived_documents", DOCUMENT_COLUMNS, documents)
    engine.put("derived_allocations", ALLOCATION_COLUMNS, allocations)
    update(connection, "ledger.documents", "derived_documents", DOCUMENT_COLUMNS, load_id)
    update(connection, "ledger.allocations", "derived_allocations", ALLOCATION_COLUMNS, load_id)


def accounts(connection: "duckdb.DuckDBPyConnection") -> dict[Account, list[Entry]]:
    """The entries of each client in each currency that have something to derive, with what is known of them."""
    statements = statements_by_document(connection)
    uses = uses_by_document(connection)
    found: dict[Account, list[Entry]] = defaultdict(list)
    for client, currency, document_id, day, due, amount, source_id, is_debit, is_linked in connection.execute(
        ENTRIES
    ).fetchall():
        found[client, currency].append(
            Entry(
                document_id=document_id,
                document_date=day,
                due_date=due,
                amount=amount,
                source_id=source_id,
                is_debit=is_debit,
                is_matchable=not is_linked,
                statements=statements.get(document_id, ()),
                uses=uses.get(document_id, []),
            )
        )
    return {account: entries for account, entries in found.items() if any(map(can_tell_more, entries))}


def can_tell_more(entry: Entry) -> bool:
    """Whether anything can be derived from this entry."""
    return bool(entry.statements) or (not entry.is_debit and entry.is_matchable)


def statements_by_document(connection: "duckdb.DuckDBPyConnection") -> dict[str, list[Statement]]:
    """What the exports say is open, by document, in order of the day they speak of."""
    found: dict[str, list[Statement]] = defaultdict(list)
    for document_id, stated_on, open_amount, last_paid_on, source_id in connection.execute(STATEMENTS).fetchall():
        found[document_id].append(Statement(stated_on, open_amount, last_paid_on, source_id))
    return found


def uses_by_document(connection: "duckdb.DuckDBPyConnection") -> dict[str, list[tuple[Any, Any]]]:
    """The matches that exports have given, by debit and by credit."""
    found: dict[str, list[tuple[Any, Any]]] = defaultdict(list)
    for debit_id, credit_id, settled_on, amount in connection.execute(GIVEN_MATCHES).fetchall():
        found[debit_id].append((settled_on, amount))
        found[credit_id].append((settled_on, amount))
    return found


def as_document(payment: DerivedPayment, account: Account) -> tuple[Any, ...]:
    """The row of a derived payment."""
    client, currency = account
    return (
        payment.document_id,
        "payment",
        client,
        payment.document_date,
        payment.amount,
        currency,
        payment.date_basis,
        payment.source_id,
    )


def as_allocation(found: Match | DerivedPayment) -> tuple[Any, ...]:
    """The row of a derived allocation; a derived payment settles its own debit."""
    if isinstance(found, DerivedPayment):
        return found.debit_id, found.document_id, found.document_date, found.amount, found.source_id
    return found.debit_id, found.credit_id, found.allocated_on, found.amount, found.source_id


def update(
    connection: "duckdb.DuckDBPyConnection",
    table: str,
    derived: str,
    columns: Iterable[tuple[str, str]],
    load_id: int,
) -> None:
    """Make the derived rows of a table these; what is the same stays, what is not keeps its former version."""
    names = {"table": table, "derived": derived, "columns": [name for name, _ in columns]}
    connection.execute(with_names(REPLACE_DERIVED, **names), {"load_id": load_id})
    connection.execute(with_names(INSERT_DERIVED, **names), {"load_id": load_id})
