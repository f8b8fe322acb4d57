"""Documents voided after the fact: gone from the figures as known now, still there as they were known then."""

from datetime import datetime
from pathlib import Path

from drawn import DOLLARS, assert_shows, ledger_of, on

LIST = """Invented Books LLC,,,,,,,
Invoice List by Date,,,,,,,
"January 1-March 31, 2026",,,,,,,

Date,Transaction type,Num,Name,Memo,Due date,Amount,Open balance
01/15/2026,Invoice,7001,Acme,{memo},02/14/2026,{amount},{amount}
TOTAL,,,,,,$0.00,$0.00
"""
FIRST_LOAD = datetime(2026, 4, 1, 12)  # noqa: DTZ001 - the ledger keeps UTC without a zone
SECOND_LOAD = datetime(2026, 5, 1, 12)  # noqa: DTZ001


def test_an_invoice_voided_after_the_fact_is_gone_now_and_was_there_then(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path)
    for name, memo, amount, loaded_at in (
        ("march.csv", "", "500.00", FIRST_LOAD),
        ("april.csv", "Voided", "0.00", SECOND_LOAD),
    ):
        path = tmp_path / name
        path.write_text(LIST.format(memo=memo, amount=amount), encoding="utf-8")
        ledger.load([path], loaded_at=loaded_at, options=DOLLARS)
    assert on(ledger, "2026-03-31").show("open_items").rows == ()
    then = on(ledger, "2026-03-31", known_on="2026-04-15")
    assert_shows(
        then,
        "open_items",
        """
        number  open_amount
        7001    500.00
        """,
    )
