"""The yardstick of the project's reference material, where it lies beside the checkout: its books and its script.

Its generator and its script need pyarrow, which this package does not: pip install 'agingreport[bench]'.
"""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import duckdb
from figures import Figures, cents

BENCH = Path(__file__).resolve().parents[2] / "shared" / "bench"
AS_PLAIN = {
    "documents.csv": """
copy (
    select
        invoice_id as document_id, 'invoice' as kind, client_id as client, invoice_id as number,
        invoice_date as document_date, due_date, amount, 'USD' as currency
    from read_parquet($invoices)
    union all
    select s.settlement_id, s.kind, i.client_id, null, s.settled_on, null, s.amount, 'USD'
    from read_parquet($settlements) as s inner join read_parquet($invoices) as i on i.invoice_id = s.invoice_id
) to $file (header)
""",
    "allocations.csv": """
copy (
    select invoice_id as debit_id, settlement_id as credit_id, amount, settled_on as allocated_on
    from read_parquet($settlements)
) to $file (header)
""",
}
AGING = """
select client_id, "current", d1_30, d31_60, d61_90, d90p from read_parquet($file)
where total <> credit order by client_id
"""
TREND = 'select m, "current", d1_30, d31_60, d61_90, d90p, -credit, billed90 from read_parquet($file) order by m'
PAID = "select client_id, n, cast(round(mean * n) as bigint) from read_parquet($file) order by client_id"


def is_there() -> bool:
    """Whether the yardstick can be used here."""
    return BENCH.is_dir() and importlib.util.find_spec("pyarrow") is not None


def write_books(folder: Path, *, invoices: int) -> None:
    """Its books with text ids, and the same in the plain format. Its script takes ids for text by the final s."""
    subprocess.run([sys.executable, "-B", BENCH / "gen.py", str(invoices), folder, "--ids", "str"], check=True)
    with duckdb.connect() as connection:
        connection.execute("set preserve_insertion_order = true")
        tables = {name: str(folder / f"{name}.parquet") for name in ("invoices", "settlements")}
        for name, query in AS_PLAIN.items():
            used = {table: path for table, path in tables.items() if f"${table}" in query}
            connection.execute(query, {**used, "file": str(folder / name)})


def report_command(folder: Path) -> list[str]:
    """What to start for one timed run; it reads its tables from the file it has made before."""
    reuse = ["--reuse"] if (folder / "book.duckdb").exists() else []
    duck_fast = str(BENCH / "scripts" / "duck_fast.py")
    return [sys.executable, "-B", duck_fast, str(folder), "--out", str(folder / "peer"), *reuse]


def seconds(printed: str) -> float:
    """The seconds of its report, from what it has printed."""
    return float(json.loads(printed.splitlines()[-1])["t"]["report"])


def figures(folder: Path) -> Figures:
    """What its last run has found."""
    with duckdb.connect() as connection:
        aging, trend, paid = (
            connection.execute(query, {"file": str(folder / "peer" / name)}).fetchall()
            for query, name in ((AGING, "aging.parquet"), (TREND, "trend.parquet"), (PAID, "late.parquet"))
        )
    return Figures(
        aging={client: cents(amounts) for client, *amounts in aging},
        trend={day.isoformat(): cents(amounts) for day, *amounts in trend},
        paid={client: [count, days] for client, count, days in paid},
    )
