"""The public sample of receivables by IBM, through a profile and up to the report, where it is beside the project."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from agingreport.ledger import open_ledger
from agingreport.readers import ReadOptions
from agingreport.reports.make import monthly_report
from drawn import LOADED_AT

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT.parent / "shared" / "datasets" / "ibm" / "WA_Fn-UseC_-Accounts-Receivable.csv"
PROFILE = ROOT / "src" / "agingreport" / "readers" / "profiles" / "ibm.toml"
DAY = date(2013, 6, 30)


@pytest.mark.skipif(not SAMPLE.exists(), reason="the public sample is not beside the project")
def test_it_loads_whole_and_its_report_builds(tmp_path: Path) -> None:
    path = tmp_path / "ledger.duckdb"
    with open_ledger(path, writable=True) as ledger:
        options = ReadOptions(currency="USD", profile=PROFILE)
        [loaded] = ledger.load([SAMPLE], loaded_at=LOADED_AT, options=options)
        assert (loaded.rows_read, loaded.rows_new, loaded.rows_refused) == (2466, 2466, 0)
        documents = ledger.as_of(date(2014, 12, 31)).show("documents").dicts()
        billed = sum((row["amount"] for row in documents if row["kind"] == "invoice"), Decimal(0))
        assert billed == Decimal("147703.18")
        books = ledger.as_of(DAY)
        open_amount = sum((row["open_amount"] for row in books.show("aging")), Decimal(0))
        assert open_amount == books.show("dso").dicts()[-1]["open_amount"] == Decimal("5119.85")
        assert len(books.show("lateness")) == 100
    page = monthly_report(
        path, as_of=DAY, policy_path=None, output=tmp_path, made_at=datetime(2013, 7, 1, tzinfo=UTC)
    ).read_text(encoding="utf-8")
    assert "What you are owed, June 2013" in page
    assert "$5,119.85" in page
