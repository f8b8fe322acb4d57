"""The practical limit: aging, trend and lateness of the plain format by hand-written DuckDB SQL, one pass, no rules.

It knows these books: one currency, no instalments, no voids, every credit used once and never for more than it is.

* `reference.py load FOLDER` reads the CSV into typed tables and prints the seconds.
* `reference.py read FILE` reads Xero's lines into a typed table, or a workbook into Python values, and prints the same.
* `reference.py report FOLDER OUT AS_OF` prints the seconds and keeps the figures.
"""

import csv
import json
import sys
import time
from datetime import date
from pathlib import Path

import duckdb
from figures import Figures, cents
from python_calamine import CalamineWorkbook

DOCUMENTS = {
    "document_id": "VARCHAR",
    "kind": "VARCHAR",
    "client": "VARCHAR",
    "number": "VARCHAR",
    "document_date": "DATE",
    "due_date": "DATE",
    "amount": "DECIMAL(18,4)",
    "currency": "VARCHAR",
}
ALLOCATIONS = {
    "debit_id": "VARCHAR",
    "credit_id": "VARCHAR",
    "amount": "DECIMAL(18,4)",
    "allocated_on": "DATE",
}
LOAD_DOCUMENTS = "create table documents as from read_csv($file, header = true, auto_detect = false, columns = $types)"
LOAD_ALLOCATIONS = LOAD_DOCUMENTS.replace("table documents", "table allocations")

XERO_DATES = ("InvoiceDate", "DueDate", "PlannedDate")
XERO_AMOUNTS = (
    "Total",
    "TaxTotal",
    "InvoiceAmountPaid",
    "InvoiceAmountDue",
    "Quantity",
    "UnitAmount",
    "Discount",
    "LineAmount",
    "TaxAmount",
)
LOAD_XERO = """
create table lines as
from read_csv($file, header = true, auto_detect = false, columns = $types, dateformat = '%d/%m/%Y')
"""

# One row an invoice; settlements are summed before they meet it, and looked at one by one only where they must be.
BASE = """
create temp table settled as
select a.debit_id, a.amount, c.document_date as settled_on
from allocations as a
inner join documents as c on c.document_id = a.credit_id
where c.kind <> 'invoice' and c.document_date <= $as_of;

create temp table bills as
select
    d.document_id, d.client, d.document_date, d.due_date, d.amount,
    coalesce(s.paid, 0) as paid, s.last_on, coalesce(s.parts, 0) as parts
from documents as d
left join (
    select debit_id, cast(sum(amount) as decimal(18, 4)) as paid, max(settled_on) as last_on, count(*) as parts
    from settled group by debit_id
) as s on s.debit_id = d.document_id
where d.kind = 'invoice' and d.document_date <= $as_of
"""
# The part of each settlement above what was still owed, for the one invoice in a hundred that is overpaid.
OVERPAID = """
create temp table overpaid as
select
    document_id, due_date, settled_on, amount, greatest(least(so_far - owed, amount), 0) as excess,
    so_far >= owed as is_full
from (
    select
        b.document_id, b.due_date, greatest(s.settled_on, b.document_date) as settled_on, s.amount, b.amount as owed,
        sum(s.amount) over (partition by s.debit_id order by s.settled_on rows unbounded preceding) as so_far
    from settled as s
    inner join bills as b on b.document_id = s.debit_id
    where b.paid > b.amount
)
"""
AGING = """
select
    client,
    sum(amount - paid) filter (where age <= 0),
    sum(amount - paid) filter (where age between 1 and 30),
    sum(amount - paid) filter (where age between 31 and 60),
    sum(amount - paid) filter (where age between 61 and 90),
    sum(amount - paid) filter (where age > 90)
from (select client, amount, paid, $as_of - due_date as age from bills where amount > paid)
group by client order by client
"""
TREND = """
with changes as (
    select document_date as changed_on, due_date, amount, 0 as unapplied from bills
    union all
    select greatest(last_on, document_date), due_date, -paid, 0 from bills where parts = 1
    union all
    select greatest(s.settled_on, b.document_date), b.due_date, -s.amount, 0
    from settled as s inner join bills as b on b.document_id = s.debit_id where b.parts > 1
    union all
    select settled_on, due_date, excess, excess from overpaid where excess > 0
),
monthly as (
    select date_trunc('month', changed_on) as changed_in, due_date, sum(amount) as amount, sum(unapplied) as unapplied
    from changes group by 1, 2
),
ends as (
    select last_day($as_of - to_months(n)) as month_end from range(24) as r(n)
),
billed as (
    select e.month_end, sum(d.amount) as billed
    from ends as e inner join (select document_date, sum(amount) as amount from bills group by 1) as d
        on d.document_date <= e.month_end and d.document_date > e.month_end - 90
    group by 1
)
select
    e.month_end,
    sum(m.amount) filter (where e.month_end - m.due_date <= 0),
    sum(m.amount) filter (where e.month_end - m.due_date between 1 and 30),
    sum(m.amount) filter (where e.month_end - m.due_date between 31 and 60),
    sum(m.amount) filter (where e.month_end - m.due_date between 61 and 90),
    sum(m.amount) filter (where e.month_end - m.due_date > 90),
    sum(m.unapplied),
    any_value(b.billed)
from ends as e
inner join monthly as m on m.changed_in <= e.month_end
left join billed as b on b.month_end = e.month_end
group by e.month_end order by e.month_end
"""
LATENESS = """
with full_on as (
    select document_id, min(settled_on) as paid_on from overpaid where is_full group by document_id
),
paid as (
    select
        b.client, b.amount, b.document_date,
        greatest(coalesce(f.paid_on, b.last_on), b.document_date) - b.due_date as days
    from bills as b left join full_on as f on f.document_id = b.document_id
    where b.paid >= b.amount
)
select
    client, count(*), cast(sum(days) as bigint), median(days),
    sum(days * cast(amount as double)) / sum(cast(amount as double)),
    avg(cast(days <= 0 as integer)), regr_slope(days, cast(document_date - date '2000-01-01' as double)) * 30
from paid group by client order by client
"""


def load(folder: Path) -> float:
    """Read the CSV into typed tables of a new DuckDB file; gives the seconds."""
    file = folder / "reference.duckdb"
    file.unlink(missing_ok=True)
    started = time.perf_counter()
    with duckdb.connect(str(file)) as connection:
        for query, name, columns in (
            (LOAD_DOCUMENTS, "documents.csv", DOCUMENTS),
            (LOAD_ALLOCATIONS, "allocations.csv", ALLOCATIONS),
        ):
            connection.execute(query, {"file": str(folder / name), "types": columns})
        connection.execute("checkpoint")
    return time.perf_counter() - started


def read(path: Path) -> float:
    """Read one export as its own library does; gives the seconds."""
    started = time.perf_counter()
    if path.suffix == ".xlsx":
        CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
        return time.perf_counter() - started
    file = path.with_suffix(".reference.duckdb")
    file.unlink(missing_ok=True)
    with path.open(encoding="utf-8") as lines, duckdb.connect(str(file)) as connection:
        names = next(csv.reader(lines))
        types = {
            name: "DATE" if name in XERO_DATES else "DECIMAL(18,4)" if name in XERO_AMOUNTS else "VARCHAR"
            for name in names
        }
        connection.execute(LOAD_XERO, {"file": str(path), "types": types})
        connection.execute("checkpoint")
    return time.perf_counter() - started


def report(folder: Path, as_of: date) -> tuple[float, Figures]:
    """The seconds it takes, and the figures."""
    with duckdb.connect(str(folder / "reference.duckdb"), read_only=True) as connection:
        connection.execute("set preserve_insertion_order = false")
        day = {"as_of": as_of}
        started = time.perf_counter()
        for statement in BASE.split(";"):
            connection.execute(statement, day)
        connection.execute(OVERPAID)
        aging, trend = (connection.execute(query, day).fetchall() for query in (AGING, TREND))
        lateness = connection.execute(LATENESS).fetchall()
        seconds = time.perf_counter() - started
    return seconds, Figures(
        aging={client: cents(amounts) for client, *amounts in aging},
        trend={day.isoformat(): cents(amounts) for day, *amounts in trend},
        paid={client: [count, days] for client, count, days, *_ in lateness},
    )


def main() -> None:
    """Do what the command line asks."""
    task, folder, *rest = sys.argv[1:]
    if task in {"load", "read"}:
        print(json.dumps({"seconds": (load if task == "load" else read)(Path(folder))}))
        return
    seconds, figures = report(Path(folder), date.fromisoformat(rest[1]))
    figures.write(Path(rest[0]))
    print(json.dumps({"seconds": seconds}))


if __name__ == "__main__":
    main()
