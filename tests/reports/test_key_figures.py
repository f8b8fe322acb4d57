"""The four numbers of the first screen, as they are worded."""

from pathlib import Path

import pytest

from agingreport.reports import monthly
from agingreport.reports.page import page_of
from drawn import books_of

TOO_MANY = "too many, since invoices go back less than 90 days"


@pytest.mark.parametrize(("first_billed", "is_said"), [("2025-12-31", False), ("2026-02-20", True)])
def test_days_to_be_paid_over_less_than_their_period_are_said_to_be_too_many(
    tmp_path: Path, first_billed: str, is_said: bool
) -> None:
    documents = f"""
        document_id  kind     client  document_date   due_date    amount
        I1           invoice  Acme    {first_billed}  2026-03-22  100.00
    """
    books = books_of(tmp_path, "2026-02-28", documents=documents)
    named = {name: books.show(name) for name in ("dso", "aging_trend", "aging", "balances")}
    assert (TOO_MANY in str(monthly.headline(page_of(books), **named))) is is_said
