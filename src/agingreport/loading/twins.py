"""Which documents two programs have told: after a change of program the same invoices stand in both.

Certain are documents of one kind, number, client, date, amount and currency, each told under another program or
another spelling of the client. The one that counts is that of the program that says more of its payments. Worked out
anew after each load from all documents; nothing is rewritten, the models leave the other out.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

SEVERAL = """
select 1 from ledger.sources as s where not s.is_refused having count(distinct s.family) > 1
union all
select 1 from ledger.aliases as a where a.replaced_by is null
union all
select 1 from ledger.twins as t where t.replaced_by is null
limit 1
"""
FIND = """
create or replace temp table told_twice as
with told as (
    select
        d.document_id, d.client, s.family, s.links_payments, d.kind, lower(trim(d.number)) as number,
        coalesce(a.known_as, d.client) as known_as, d.document_date, d.amount, d.currency
    from ledger.documents as d
    inner join ledger.sources as s on s.source_id = d.source_id
    left join ledger.aliases as a on a.client = d.client and a.replaced_by is null
    where d.replaced_by is null and d.origin = 'export' and d.number is not null
        and coalesce(d.status, 'posted') = 'posted' and d.kind <> 'payment'
),
grouped as (
    select
        t.*,
        count(*) over same_document as told_count,
        first_value(t.document_id) over (
            same_document order by t.links_payments desc, t.family, t.document_id
        ) as counted_as,
        count(*) over (
            partition by t.kind, t.number, t.known_as, t.document_date, t.amount, t.currency, t.family, t.client
        ) as alike_count
    from told as t
    window same_document as (
        partition by t.kind, t.number, t.known_as, t.document_date, t.amount, t.currency
    )
)
select g.document_id, g.counted_as
from grouped as g
where g.told_count > 1
qualify max(g.alike_count) over (partition by g.counted_as) = 1 and g.document_id <> g.counted_as
"""
REPLACE = """
update ledger.twins as t set replaced_by = $load_id
where t.replaced_by is null
    and row(t.document_id, t.counted_as) not in (select row(f.document_id, f.counted_as) from told_twice as f)
"""
INSERT = """
insert into ledger.twins
select f.document_id, f.counted_as, $load_id, null from told_twice as f
where row(f.document_id, f.counted_as) not in (
    select row(t.document_id, t.counted_as) from ledger.twins as t where t.replaced_by is null
)
"""


def find_twins(connection: "duckdb.DuckDBPyConnection", *, load_id: int) -> None:
    """Bring the list of documents that are told twice up to date, inside the caller's transaction."""
    if not connection.execute(SEVERAL).fetchall():
        return
    connection.execute(FIND)
    connection.execute(REPLACE, {"load_id": load_id})
    connection.execute(INSERT, {"load_id": load_id})
