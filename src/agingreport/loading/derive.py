"""Derive what the exports could not say, from all that they have said: the same facts give the same answer.

It is worked out anew after every load, so neither the order of the files nor their number of pieces matters; what
comes out differently replaces what was derived before and keeps its former version.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from agingreport.engines import DuckDB, with_names
from agingreport.loading.matching import Derived, DerivedCharge, DerivedPayment, Entry, Match, Statement, match_account

if TYPE_CHECKING:
    import duckdb

ANYTHING_TO_DERIVE = """
select 1 from ledger.sources where not links_payments
union all
select 1 from ledger.open_balances limit 1
"""
# A list of all that is open says of every older document of the same program that it does not name: nothing is open.
# One that names no day speaks of one from `stated_on` up to `latest_on`, the day it was loaded on.
STATEMENTS = """
create or replace temp table statements as
select
    coalesce(t.counted_as, b.document_id) as document_id, b.stated_on, abs(b.open_amount) as open_amount,
    b.last_paid_on, b.source_id,
    case when s.statement_date is null then cast(l.loaded_at as date) end as latest_on
from ledger.open_balances as b
inner join ledger.sources as s on s.source_id = b.source_id
inner join ledger.loads as l on l.load_id = b.loaded_by
left join ledger.twins as t on t.document_id = b.document_id and t.replaced_by is null
where b.replaced_by is null
union all
select d.document_id, s.statement_date, 0, null, min(s.source_id), null
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
"""
# Where two programs speak of one document on one day, the one that shows more of it settled is believed.
ANY_TWINS = "select 1 from ledger.twins where replaced_by is null limit 1"
ONE_STATEMENT = """
create or replace temp table statements as
select
    s.document_id, s.stated_on, min(s.open_amount) as open_amount, max(s.last_paid_on) as last_paid_on,
    min(s.source_id) as source_id, min(s.latest_on) as latest_on
from statements as s
group by s.document_id, s.stated_on
"""
# An export of earlier documents was not made after one of later ones.
DATED_STATEMENTS = """
create or replace temp table statements as
select
    s.* exclude (latest_on),
    min(greatest(s.latest_on, s.stated_on)) over (
        partition by s.document_id order by s.stated_on rows between current row and unbounded following
    ) as until
from (select * replace (coalesce(latest_on, stated_on) as latest_on) from statements) as s
"""
GIVEN_MATCHES = """
create or replace temp table given_matches as
select
    d.document_id as debit_id, c.document_id as credit_id,
    greatest(d.document_date, c.document_date) as settled_on, a.amount
from ledger.allocations as a
left join ledger.twins as t on t.document_id = a.debit_id and t.replaced_by is null
left join ledger.twins as u on u.document_id = a.credit_id and u.replaced_by is null
inner join ledger.documents as d on d.document_id = coalesce(t.counted_as, a.debit_id) and d.replaced_by is null
inner join ledger.documents as c on c.document_id = coalesce(u.counted_as, a.credit_id) and c.replaced_by is null
where a.replaced_by is null and a.origin = 'export'
    and (t.document_id is null or u.document_id is null)
    and coalesce(d.status, 'posted') = 'posted' and coalesce(c.status, 'posted') = 'posted'
"""
ENTRIES = """
create or replace temp table entries as
select
    coalesce(a.known_as, d.client) as client, d.currency, d.document_id, d.document_date,
    coalesce(d.due_date, d.document_date) as due_date, d.amount, d.source_id,
    d.kind in ('invoice', 'journal_debit', 'refund') as is_debit, s.links_payments
from ledger.documents as d
inner join ledger.sources as s on s.source_id = d.source_id
left join ledger.aliases as a on a.client = d.client and a.replaced_by is null
left join ledger.twins as t on t.document_id = d.document_id and t.replaced_by is null
where d.replaced_by is null and d.origin = 'export' and coalesce(d.status, 'posted') = 'posted'
    and t.document_id is null
"""
# Where there is no credit to match, no debit can come in the way of another: LONE_PAYMENTS explains each by itself.
MATCHED_ENTRIES = """
create or replace temp table matched_entries as
with matched_accounts as (
    select distinct e.client, e.currency
    from entries as e
    left join statements as s
        on s.document_id = e.document_id and (s.stated_on < e.document_date or not e.is_debit)
    where (not e.is_debit and not e.links_payments) or s.document_id is not null
)
select e.* from entries as e
inner join matched_accounts as m on m.client = e.client and m.currency = e.currency
"""
MATCHED_STATEMENTS = """
select s.document_id, s.stated_on, s.open_amount, s.last_paid_on, s.source_id, s.until
from statements as s
where s.document_id in (select e.document_id from matched_entries as e)
order by s.document_id, s.stated_on
"""
MATCHED_USES = """
select g.* from given_matches as g
where g.debit_id in (select e.document_id from matched_entries as e)
    or g.credit_id in (select e.document_id from matched_entries as e)
"""
# The same as `matching.explain` for debits that no derived match can touch. What a statement shows as settled, given
# matches aside, has been paid since the statement that showed least open before it; the date is that of `date_of`.
LONE_PAYMENTS = """
create or replace temp table lone_payments as
with shown as (
    select
        s.document_id,
        s.stated_on,
        any_value(e.document_date) as document_date,
        any_value(e.due_date) as due_date,
        any_value(e.client) as client,
        any_value(e.currency) as currency,
        any_value(s.last_paid_on) as last_paid_on,
        any_value(s.source_id) as source_id,
        least(
            any_value(e.amount - s.open_amount) - coalesce(sum(g.amount) filter (g.settled_on <= s.until), 0),
            any_value(e.amount) - coalesce(sum(g.amount), 0)
        ) as shown_amount
    from statements as s
    inner join entries as e on e.document_id = s.document_id
    left join given_matches as g on g.debit_id = s.document_id
    where e.is_debit and s.document_id not in (select m.document_id from matched_entries as m)
    group by s.document_id, s.stated_on, s.until
),

running as (
    select
        shown.*,
        greatest(max(shown_amount) over so_far, 0) as paid_amount,
        greatest(max(shown_amount) over before, 0) as paid_before,
        max(stated_on) over before as open_until
    from shown
    window
        so_far as (partition by document_id order by stated_on),
        before as (partition by document_id order by stated_on rows between unbounded preceding and 1 preceding)
)

select
    'derived payment of ' || document_id || ' by ' || stated_on as document_id,
    document_id as debit_id,
    client,
    currency,
    case
        when is_stated then last_paid_on
        when open_until is null and due_date between document_date and stated_on then due_date
        else stated_on
    end as document_date,
    cast(paid_amount - paid_before as decimal(18, 4)) as amount,
    case
        when is_stated then 'stated'
        when open_until is not null then 'between exports'
        else 'assumed'
    end as date_basis,
    source_id
from (
    select
        running.*,
        coalesce(last_paid_on between document_date and stated_on and (open_until is null or last_paid_on > open_until),
            false) as is_stated
    from running
)
where paid_amount > paid_before
"""
DERIVED_DOCUMENTS = """
create or replace temp table derived_documents as
select {columns} from matched_payments
union all
select {columns} from (select *, 'payment' as kind from lone_payments)
"""
DERIVED_ALLOCATIONS = """
create or replace temp table derived_allocations as
select {columns} from matched_allocations
union all
select debit_id, document_id, document_date, amount, source_id from lone_payments
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
    merging = (ONE_STATEMENT,) if connection.execute(ANY_TWINS).fetchall() else ()
    for statement in (STATEMENTS, *merging, DATED_STATEMENTS, GIVEN_MATCHES, ENTRIES, MATCHED_ENTRIES, LONE_PAYMENTS):
        connection.execute(statement)
    documents: list[tuple[Any, ...]] = []
    allocations: list[tuple[Any, ...]] = []
    for account, entries in accounts(connection).items():
        for found in match_account(entries):
            if not isinstance(found, Match):
                documents.append(as_document(found, account))
            allocations.append(as_allocation(found))
    engine = DuckDB(connection)
    engine.put("matched_payments", DOCUMENT_COLUMNS, documents)
    engine.put("matched_allocations", ALLOCATION_COLUMNS, allocations)
    connection.execute(with_names(DERIVED_DOCUMENTS, columns=[name for name, _ in DOCUMENT_COLUMNS]))
    connection.execute(with_names(DERIVED_ALLOCATIONS, columns=[name for name, _ in ALLOCATION_COLUMNS]))
    update(connection, "ledger.documents", "derived_documents", DOCUMENT_COLUMNS, load_id)
    update(connection, "ledger.allocations", "derived_allocations", ALLOCATION_COLUMNS, load_id)


def accounts(connection: "duckdb.DuckDBPyConnection") -> dict[Account, list[Entry]]:
    """The entries of each client in each currency that have something to match, with what is known of them."""
    statements = statements_by_document(connection)
    uses = uses_by_document(connection)
    found: dict[Account, list[Entry]] = defaultdict(list)
    for client, currency, document_id, day, due, amount, source_id, is_debit, is_linked in connection.execute(
        "from matched_entries"
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
    for document_id, *said in connection.execute(MATCHED_STATEMENTS).fetchall():
        found[document_id].append(Statement(*said))
    return found


def uses_by_document(connection: "duckdb.DuckDBPyConnection") -> dict[str, list[tuple[Any, Any]]]:
    """The matches that exports have given, by debit and by credit."""
    found: dict[str, list[tuple[Any, Any]]] = defaultdict(list)
    for debit_id, credit_id, settled_on, amount in connection.execute(MATCHED_USES).fetchall():
        found[debit_id].append((settled_on, amount))
        found[credit_id].append((settled_on, amount))
    return found


def as_document(found: DerivedPayment | DerivedCharge, account: Account) -> tuple[Any, ...]:
    """The row of a derived payment or charge."""
    client, currency = account
    return (
        found.document_id,
        "journal_debit" if isinstance(found, DerivedCharge) else "payment",
        client,
        found.document_date,
        found.amount,
        currency,
        found.date_basis,
        found.source_id,
    )


def as_allocation(found: Derived) -> tuple[Any, ...]:
    """The row of a derived allocation; a derived payment settles its own debit, and a charge takes its own credit."""
    match found:
        case Match():
            return found.debit_id, found.credit_id, found.allocated_on, found.amount, found.source_id
        case DerivedCharge():
            return found.document_id, found.credit_id, found.document_date, found.amount, found.source_id
        case DerivedPayment():
            return found.debit_id, found.document_id, found.document_date, found.amount, found.source_id


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
