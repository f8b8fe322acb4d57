"""By when invoices are paid, open ones counted for as long as they are open; each test names its oracle.

The names are those of oracles.json, the sources stand in definitions.md, section 5.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import accumulate, pairwise
from operator import mul
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agingreport.books import Books
from drawn import assert_shows, books_of
from random_books import RandomBooks, days, kept, policy_of, random_books

AS_OF = date(2025, 12, 31)
PAID = "payment"
LOST = "write_off"


def lived(folder: Path, *lives: tuple[int, str | None], terms: int = 0) -> Books:
    """Books of invoices that each left by that kind of credit so many days after their date, or are open that old."""
    documents, allocations = (
        ["document_id  kind  client  document_date  due_date  amount"],
        ["debit_id  credit_id  amount"],
    )
    for number, (age, kind) in enumerate(lives):
        issued = AS_OF - timedelta(days=age if kind is None else 200)
        documents.append(f"I{number}  invoice  Acme  {issued}  {issued + timedelta(days=terms)}  10")
        if kind:
            documents.append(f"C{number}  {kind}  Acme  {issued + timedelta(days=age)}  -  10")
            allocations.append(f"I{number}  C{number}  10")
    return books_of(folder, str(AS_OF), documents="\n".join(documents), allocations="\n".join(allocations))


def curve(books: Books, column: str, counted_from: str = "document_date") -> dict[int, float]:
    """One column of the curve by day."""
    return {row["day"]: row[column] for row in books.show("payment_curve") if row["counted_from"] == counted_from}


def ages(times: str) -> list[tuple[int, str | None]]:
    """Times as the papers write them: 6+ is still open after six."""
    return [(int(time.rstrip("+")), None if time.endswith("+") else PAID) for time in times.split()]


def test_what_stays_open_is_km_bewick(tmp_path: Path) -> None:
    """Bewick, Cheek and Ball, Critical Care 2004, table 2."""
    shares = curve(lived(tmp_path, *ages("1 1 4 5 6+ 9 9+ 22")), "open_share")
    assert shares == pytest.approx({1: 0.750, 4: 0.625, 5: 0.500, 9: 0.333, 22: 0}, abs=0.0005)


def test_what_a_bounced_cheque_paid_is_open_until_it_is_paid_again(tmp_path: Path) -> None:
    """Of two invoices one is paid on day 10; the other on day 19 by a cheque that bounces, for good on day 68."""
    drawings = {
        "documents": """
            document_id  kind     client  document_date  due_date    amount
            I0           invoice  Acme    2025-01-01     2025-01-31  100
            P0           payment  Acme    2025-01-11     -           100
            I1           invoice  Acme    2025-01-01     2025-01-31  100
            P1           payment  Acme    2025-01-20     -           100
            R1           refund   Acme    2025-02-05     -           100
            P2           payment  Acme    2025-03-10     -           100
        """,
        "allocations": """
            debit_id  credit_id  amount
            I0        P0         100
            I1        P1         100
            R1        P1         100
            R1        P2         100
        """,
    }
    paid = {
        as_of: curve(books_of(tmp_path / as_of, as_of, **drawings), "paid_share")
        for as_of in ("2025-02-04", "2025-02-05", "2025-03-10")
    }
    assert paid == {"2025-02-04": {10: 0.5, 19: 1}, "2025-02-05": {10: 0.5}, "2025-03-10": {10: 0.5, 68: 1}}


FREIREICH = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"


def test_a_long_history_with_many_open_is_km_6mp(tmp_path: Path) -> None:
    """Freireich's 21 patients: km_6mp, km_6mp_statsmodels, and km_6mp_se_at6 for Greenwood's error."""
    books = lived(tmp_path, *ages(FREIREICH))
    shares = curve(books, "open_share")
    assert list(shares) == [6, 7, 10, 13, 16, 22, 23]
    assert list(shares.values()) == pytest.approx([0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448], abs=0.0005)
    assert shares[23] == pytest.approx(0.44817927170868355)
    assert curve(books, "open_share_error")[6] == pytest.approx(0.0764, abs=0.00005)


def test_two_ways_out_are_aj_satagopan_pct(tmp_path: Path) -> None:
    """Satagopan et al., Br J Cancer 2004, table 2: 0.33, 0.66, 0.66, 0.99, 0.99, 1.32 % (not rounded)."""
    exits = [(10, PAID), (16, PAID), (18, LOST), (23, PAID), (26, LOST), (27, PAID)]
    leaving_open = [(12, None), (24, None)]
    books = lived(tmp_path, *exits, *leaving_open, *[(28, None)] * 296)
    assert list(curve(books, "at_risk_count").values()) == [304, 302, 301, 300, 298, 297]
    paid = curve(books, "paid_share").values()
    assert [100 * share for share in paid] == pytest.approx([0.33, 0.66, 0.66, 0.99, 0.99, 1.32], abs=0.005)


def test_a_write_off_is_a_way_out_and_not_an_open_invoice_as_in_aj_own(tmp_path: Path) -> None:
    """Definitions.md, oracle D: 0.400 paid by day 50; with the lost ones taken for open it would be 0.5078."""
    paid, lost = [(age, PAID) for age in (10, 20, 30, 40)], [(age, LOST) for age in (15, 25, 35)]
    books = lived(tmp_path, *paid, *lost, *[(50, None)] * 3)
    assert curve(books, "paid_share")[40] == pytest.approx(0.4)
    assert curve(books, "written_off_share")[40] == pytest.approx(0.3)
    at_risk, paid_count = curve(books, "at_risk_count"), curve(books, "paid_count")
    taken_for_open = 1 - list(accumulate((1 - paid_count[day] / at_risk[day] for day in at_risk), mul))[-1]
    assert taken_for_open == pytest.approx(0.5078125)


def test_a_credit_note_is_neither_a_payment_nor_a_loss(tmp_path: Path) -> None:
    books = lived(tmp_path, (10, PAID), (10, "credit_note"), (20, LOST), (30, None))
    last = {column: curve(books, f"{column}_share")[20] for column in ("paid", "credited", "written_off", "open")}
    assert last == pytest.approx({"paid": 0.25, "credited": 0.25, "written_off": 0.25, "open": 0.25})


def test_days_late_count_an_invoice_from_its_issue_on(tmp_path: Path) -> None:
    """Paid 10 days after issue with 30 days of terms: 20 days early; the day it was issued it was at risk first."""
    books = lived(tmp_path, (10, PAID), (45, PAID), terms=30)
    assert curve(books, "at_risk_count", "due_date") == {-20: 2, 15: 1}
    assert curve(books, "paid_share", "due_date") == pytest.approx({-20: 0.5, 15: 1})


def test_an_invoice_is_not_at_risk_before_its_issue(tmp_path: Path) -> None:
    """One with 60 days of terms paid 40 days early, while the one with 10 days of terms was not issued yet."""
    books = books_of(
        tmp_path,
        "2025-12-31",
        documents="""
            document_id  kind     client  document_date  due_date    amount
            A            invoice  Acme    2025-01-01     2025-03-02  10
            B            invoice  Acme    2025-01-01     2025-01-11  10
            P            payment  Acme    2025-01-21     -           20
        """,
        allocations="debit_id  credit_id  amount\n A  P  10\n B  P  10",
    )
    assert curve(books, "at_risk_count", "due_date") == {-40: 1, 10: 1}


def test_a_median_that_is_not_reached_is_not_made_up(tmp_path: Path) -> None:
    books = lived(tmp_path, (10, PAID), (20, None), (30, None), (40, None), terms=5)
    assert_shows(
        books,
        "payment_medians",
        """
        counted_from   invoice_count  quarter_days  median_days  three_quarters_days  paid_share
        document_date  1              10            -            -                    0.25
        due_date       1              5             -            -                    0.25
        """,
    )


def test_half_of_the_clients_never_pay(tmp_path: Path) -> None:
    """The bias that matters most: of the paid invoices all came within 10 days, and it is but half of the truth."""
    books = lived(tmp_path, *[(10, PAID)] * 5, *[(150, None)] * 5)
    assert_shows(
        books,
        "payment_medians",
        "median_days  three_quarters_days  paid_share\n 10  -  0.50",
        counted_from="document_date",
    )


EXITS = ("paid_count", "credited_count", "written_off_count")
SHARES = ("open_share", "paid_share", "credited_share", "written_off_share")


@settings(max_examples=20, deadline=None)
@given(random_books(), days)
def test_the_shares_add_up_to_one_and_only_what_is_open_falls(books: RandomBooks, as_of: date) -> None:
    rows = kept(books).as_of(as_of, policy=policy_of()).show("payment_curve").dicts()
    assert all(sum(row[share] for share in SHARES) == pytest.approx(1) for row in rows)
    for key in {(row["currency"], row["counted_from"]) for row in rows}:
        own = [row for row in rows if (row["currency"], row["counted_from"]) == key]
        assert rising(own, "paid_share") and rising(own, "credited_share") and rising(own, "written_off_share")
        assert all(row["at_risk_count"] >= sum(row[way_out] for way_out in EXITS) for row in own)


def rising(rows: Sequence[dict[str, float]], column: str) -> bool:
    """Whether a column never falls from row to row."""
    return all(later[column] >= earlier[column] - 1e-9 for earlier, later in pairwise(rows))


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 60), min_size=1, max_size=8))
def test_without_open_invoices_it_is_a_plain_count(ages_paid: list[int]) -> None:
    for day, share in curve(all_paid(ages_paid), "paid_share").items():
        assert share == pytest.approx(sum(age <= day for age in ages_paid) / len(ages_paid))


def all_paid(ages_paid: Sequence[int]) -> Books:
    """Invoices paid at these ages, put straight into the tables of a ledger."""
    issued = AS_OF - timedelta(days=200)
    shared = {"client": "Acme", "amount": 10, "currency": "USD", "status": "posted", "terms": ""}
    documents, allocations = [], []
    for number, age in enumerate(ages_paid):
        invoice, payment = f"I{number}", f"C{number}"
        documents += [
            {"document_id": invoice, "kind": "invoice", "document_date": issued, "due_date": issued, **shared},
            {
                "document_id": payment,
                "kind": PAID,
                "document_date": issued + timedelta(days=age),
                "due_date": None,
                **shared,
            },
        ]
        allocations.append({"debit_id": invoice, "credit_id": payment, "amount": 10, "allocated_on": None})
    return kept(RandomBooks(tuple(documents), tuple(allocations))).as_of(AS_OF, policy=policy_of())
