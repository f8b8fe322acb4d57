"""Void documents that an export shows as void without their amount: they were posted before, and that version stays."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

KNOWN_VOIDS = """
create or replace temp table voided as
select d.* from ledger.documents as d
inner join staged_voids as v on v.document_id = d.document_id
where d.replaced_by is null and d.status is distinct from 'void'
"""
REPLACE_VOIDS = """
update ledger.documents set replaced_by = $load_id
where replaced_by is null and document_id in (select document_id from voided)
"""
ANY_VOIDED = "select 1 from voided limit 1"
INSERT_VOIDS = """
insert into ledger.documents
select * replace ('void' as status, $source_id as source_id, $load_id as loaded_by, null as replaced_by) from voided
"""


def void_known(connection: "duckdb.DuckDBPyConnection", *, load_id: int, source_id: int) -> None:
    """Void the documents that the file shows as void and that were posted until now.

    Inserts nothing where there are none: see DECISIONS on inserts without rows.
    """
    connection.execute(KNOWN_VOIDS)
    if not connection.execute(ANY_VOIDED).fetchall():
        return
    connection.execute(REPLACE_VOIDS, {"load_id": load_id})
    connection.execute(INSERT_VOIDS, {"load_id": load_id, "source_id": source_id})
