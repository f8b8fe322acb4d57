"""Small ledgers on disk and the reports made of them, for the tests of whole pages."""

from datetime import date, datetime
from pathlib import Path

from agingreport.reports.make import monthly_report
from drawn import ledger_file, load, write_drawn

AS_OF = date(2026, 10, 31)
MADE_AT = datetime(2026, 11, 2, 9, 30)  # noqa: DTZ001 - UTC, as the ledger has it
HEADER = "document_id  kind  client  number  document_date  due_date  amount  currency"
EMPTY = ""
ONE_INVOICE = "I1  invoice  acme  A-1  2026-10-10  2026-11-09  100.00  USD"
ONE_LATE = "I1  invoice  acme  A-1  2026-08-10  2026-09-09  100.00  USD"
TWO_CURRENCIES = """
    I1  invoice  acme   A-1  2026-08-10  2026-09-09  1000.00  USD
    I2  invoice  acme   A-2  2026-09-10  2026-10-10   250.50  USD
    I3  invoice  byron  B-1  2026-07-01  2026-07-31   700.00  EUR
    I4  invoice  byron  B-2  2026-10-01  2026-10-31    80.00  EUR
    P1  payment  acme   -    2026-10-12  -            300.00  USD
"""


def ledger_of_documents(folder: Path, documents: str, **drawings: str) -> Path:
    """Give a ledger file that has loaded these documents, drawn without their header."""
    path = folder / "ledger.duckdb"
    drawn = {"documents": HEADER + "\n" + documents, **drawings} if documents else drawings
    with ledger_file(path) as ledger:
        if drawn:
            load(ledger, write_drawn(folder / "exports", **drawn))
    return path


def report_of(folder: Path, documents: str, **drawings: str) -> Path:
    """Give the page of the monthly report of these documents."""
    return monthly_report(
        ledger_of_documents(folder, documents, **drawings),
        as_of=AS_OF,
        policy_path=None,
        output=folder / "report",
        made_at=MADE_AT,
    )
