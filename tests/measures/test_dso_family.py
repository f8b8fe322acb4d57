"""Days of sales outstanding by calendar months, on average, by month of billing and net of tax; each names its oracle.

The names are those of oracles.json, the sources stand in definitions.md, section 2, and in peers.md, 6b.
"""

from pathlib import Path
from typing import Any

import pytest

from drawn import books_of, shown


def by_months(folder: Path, as_of: str, months: int, **drawings: str) -> dict[str, Any]:
    """The figures of as_of itself over that many months."""
    rows = books_of(folder, as_of, **drawings).show("dso_by_months").dicts()
    return [row for row in rows if row["months"] == months][-1]


def last(folder: Path, as_of: str, metric: str, **drawings: str) -> dict[str, Any]:
    """The last row of a metric."""
    return books_of(folder, as_of, **drawings).show(metric).dicts()[-1]


def opening_and_billed(opening: int, closing: int, billed: int, *, opened_on: str, billed_on: str) -> dict[str, str]:
    """Books that owe the opening amount, bill some, and owe the closing amount."""
    paid = opening + billed - closing
    return {
        "documents": f"""
            document_id  kind     client  document_date  due_date     amount
            OLD          invoice  Acme    {opened_on}    {billed_on}  {opening}
            NEW          invoice  Acme    {billed_on}    {billed_on}  {billed}
            P1           payment  Acme    {billed_on}    -            {paid}
        """,
        "allocations": f"debit_id  credit_id  amount\n NEW  P1  {paid}",
    }


def test_dso_over_three_months_is_jde_dso_3m(tmp_path: Path) -> None:
    """Oracle JD Edwards: 10,869 * 90 / (5,538 + 4,566 + 7,570) = 55.35; January to March of 2025 have 90 days."""
    row = by_months(
        tmp_path,
        "2025-03-31",
        3,
        documents="""
            document_id  kind     client  document_date  amount
            M1           invoice  Acme    2025-01-10     5538
            M2           invoice  Acme    2025-02-10     4566
            M3           invoice  Acme    2025-03-10     7570
            P1           payment  Acme    2025-03-20     6805
        """,
        allocations="debit_id  credit_id  amount\n M1  P1  5538\n M2  P1  1267",
    )
    assert (row["open_amount"], row["billed_amount"], row["period_days"]) == (10869, 17674, 90)
    assert row["dso_days"] == pytest.approx(55.35, abs=0.005)


def test_dso_on_average_receivables_is_dso_average(tmp_path: Path) -> None:
    """fool.com: average AR 18,000, sales 20,000 in 30 days: 27."""
    drawn = opening_and_billed(16_000, 20_000, 20_000, opened_on="2025-03-10", billed_on="2025-04-10")
    row = by_months(tmp_path, "2025-04-30", 1, **drawn)
    assert (row["opening_open_amount"], row["average_open_amount"], row["period_days"]) == (16_000, 18_000, 30)
    assert row["averaged_dso_days"] == pytest.approx(27)


def test_turnover_of_a_year_is_turnover_and_turnover_days(tmp_path: Path) -> None:
    """gaodun.com: 6,205,000 / 335,000 = 18.52 times, 19.71 days."""
    drawn = opening_and_billed(300_000, 370_000, 6_205_000, opened_on="2024-12-10", billed_on="2025-06-10")
    row = by_months(tmp_path, "2025-12-31", 12, **drawn)
    assert row["turnover"] == pytest.approx(18.52, abs=0.005)
    assert row["averaged_dso_days"] == pytest.approx(19.71, abs=0.005)


@pytest.mark.parametrize(
    ("opened_on", "opening", "is_dso_known"),
    [("2025-01-31", "16000.00", True), ("2025-02-01", "-", True), ("2025-03-01", "-", False)],
)
def test_a_history_that_begins_within_the_period_is_too_short(
    tmp_path: Path, opened_on: str, opening: str, is_dso_known: bool
) -> None:
    """The period is February to April."""
    drawn = opening_and_billed(16_000, 20_000, 20_000, opened_on=opened_on, billed_on="2025-04-10")
    books = books_of(tmp_path, "2025-04-30", **drawn)
    where = {"months": "3", "month_end": "2025-04-30"}
    assert shown(books, "dso_by_months", ["opening_open_amount"], where) == [[opening]]
    row = by_months(tmp_path, "2025-04-30", 3, **drawn)
    assert (row["dso_days"] is not None) == is_dso_known
    assert (row["averaged_dso_days"] is not None) == (row["turnover"] is not None) == (opening != "-")


def test_an_opening_balance_is_no_history_of_sales(tmp_path: Path) -> None:
    """Brought in as a journal entry: 2,000 open, 500 billed in March: 124 days; January was never billed here."""
    documents = """
        document_id  kind           client  document_date  amount
        J1           journal_debit  Acme    2024-12-31     1000
        I1           invoice        Acme    2025-02-10     500
        I2           invoice        Acme    2025-03-10     500
    """
    one, three = (by_months(tmp_path / str(months), "2025-03-31", months, documents=documents) for months in (1, 3))
    assert one["dso_days"] == pytest.approx(124)
    assert (three["billed_amount"], three["opening_open_amount"]) == (1000, 1000)
    assert (three["dso_days"], three["averaged_dso_days"], three["turnover"]) == (None, None, None)


def test_months_without_sales_have_no_dso_and_no_turnover_days(tmp_path: Path) -> None:
    """Peers.md K5."""
    row = by_months(
        tmp_path,
        "2025-04-30",
        1,
        documents="document_id  kind  client  document_date  amount\n I1  invoice  Acme  2025-03-01  5000",
    )
    assert (row["open_amount"], row["billed_amount"]) == (5000, 0)
    assert (row["dso_days"], row["averaged_dso_days"], row["turnover"]) == (None, None, 0)


CREDITGURU = """
    document_id  kind     client  document_date  due_date    amount
    M0           invoice  Acme    2024-12-10     2025-01-10  3390
    M1           invoice  Acme    2025-01-10     2025-02-10  3390
    M2           invoice  Acme    2025-02-10     2025-03-10  3610
    M3           invoice  Acme    2025-03-10     2025-04-10  3890
    P1           payment  Acme    2025-03-20     -           7940
"""
CREDITGURU_PAID = "debit_id  credit_id  amount\n M0  P1  3340\n M1  P1  2490\n M2  P1  1810\n M3  P1  300"


def test_sales_weighted_days_are_sales_weighted_dso_own(tmp_path: Path) -> None:
    """On creditguru's ledger: 30 * (3590/3890 + 1800/3610 + 900/3390 + 50/3390) = 51.05."""
    books = books_of(tmp_path, "2025-03-31", documents=CREDITGURU, allocations=CREDITGURU_PAID)
    row = books.show("weighted_dso").dicts()[-1]
    assert (row["open_amount"], row["month_count"]) == (6340, 4)
    assert row["sales_weighted_dso_days"] == pytest.approx(51.051903720817066)
    parts = shown(
        books, "open_by_billing_month", ["billed_in", "billed_amount", "open_amount"], {"month_end": "2025-03-31"}
    )
    assert parts[0] == ["2024-12-01", "3390.00", "50.00"]
    assert [part[2] for part in parts] == ["50.00", "900.00", "1800.00", "3590.00"]


TRUE_DSO = """
    document_id  kind     client  document_date  amount
    A            invoice  Acme    2025-04-20     500
    B            invoice  Acme    2025-04-01     4500
    C            invoice  Acme    2025-03-21     1000
    D            invoice  Acme    2025-03-01     3000
    P1           payment  Acme    2025-04-29     7500
"""


def test_true_dso_takes_each_invoice_by_its_own_age(tmp_path: Path) -> None:
    """Definitions.md, section 2: 10 d * 500/5,000 + 40 d * 1,000/4,000 = 11."""
    allocations = "debit_id  credit_id  amount\n B  P1  4500\n D  P1  3000"
    row = last(tmp_path, "2025-04-30", "weighted_dso", documents=TRUE_DSO, allocations=allocations)
    assert row["true_dso_days"] == pytest.approx(11)


def test_only_invoices_are_measured_against_the_sales_of_their_month(tmp_path: Path) -> None:
    documents = TRUE_DSO + "J1  journal_debit  Acme  2025-04-10  900\n P2  payment  Acme  2025-04-12  300"
    allocations = "debit_id  credit_id  amount\n B  P1  4500\n D  P1  3000\n J1  P2  300"
    row = last(tmp_path, "2025-04-30", "weighted_dso", documents=documents, allocations=allocations)
    assert (row["open_amount"], row["true_dso_days"]) == (1500, pytest.approx(11))


def test_a_month_end_before_the_first_sale_has_no_weighted_days_and_one_with_nothing_open_has_none_to_wait(
    tmp_path: Path,
) -> None:
    documents = """
        document_id  kind     client  document_date  amount
        A            invoice  Acme    2025-03-10     500
        P1           payment  Acme    2025-04-10     500
    """
    books = books_of(
        tmp_path, "2025-04-30", documents=documents, allocations="debit_id  credit_id  amount\n A  P1  500"
    )
    days = [row["true_dso_days"] for row in books.show("weighted_dso")]
    assert days[-3:] == [None, pytest.approx(21), 0]


TAXED = """
    document_id  kind     client  document_date  due_date    amount  tax_amount
    I1           invoice  Acme    2025-04-10     2025-05-10  120     {first}
    I2           invoice  Acme    2025-04-12     2025-04-20  60      {second}
    P1           payment  Acme    2025-04-20     -           30      -
"""
THIRTY_DAYS = "[conventions]\ndso_period_days = 30\n"
PART_PAID = "debit_id  credit_id  amount\n I2  P1  30"


def test_net_of_tax_is_net_on_both_sides(tmp_path: Path) -> None:
    """Peers.md K9, with a second invoice at another tax rate: open 100 + 25, billed 100 + 50; 36 is the error."""
    documents = TAXED.format(first=20, second=10)
    row = last(tmp_path, "2025-04-30", "dso_net", policy=THIRTY_DAYS, documents=documents, allocations=PART_PAID)
    assert (row["open_net_amount"], row["current_net_amount"], row["billed_net_amount"]) == (125, 100, 150)
    assert row["dso_net_days"] == pytest.approx(25)
    assert row["best_possible_dso_net_days"] == pytest.approx(20)
    assert row["average_days_delinquent_net"] == pytest.approx(5)


@pytest.mark.parametrize(("due_date", "current"), [("2025-04-30", 100), ("2025-04-29", 0)])
def test_what_is_due_on_the_month_end_is_current_net_of_tax_too(tmp_path: Path, due_date: str, current: int) -> None:
    documents = f"""
        document_id  kind     client  document_date  due_date    amount  tax_amount
        I1           invoice  Acme    2025-04-10     {due_date}  120     20
    """
    assert last(tmp_path, "2025-04-30", "dso_net", documents=documents)["current_net_amount"] == current


def test_where_the_tax_of_one_invoice_is_unknown_net_is_unknown_and_says_of_how_much(tmp_path: Path) -> None:
    documents = TAXED.format(first=20, second="-")
    row = last(tmp_path, "2025-04-30", "dso_net", policy=THIRTY_DAYS, documents=documents, allocations=PART_PAID)
    assert (row["open_net_amount"], row["billed_net_amount"], row["dso_net_days"]) == (None, None, None)
    assert row["unknown_tax_amount"] == 30 + 60


def test_a_firm_that_charges_no_tax_is_net_as_it_stands(tmp_path: Path) -> None:
    policy = THIRTY_DAYS + "[firm]\ncharges_sales_tax = false\n"
    documents = TAXED.format(first="-", second="-")
    row = last(tmp_path, "2025-04-30", "dso_net", policy=policy, documents=documents, allocations=PART_PAID)
    assert row["dso_net_days"] == pytest.approx(150 / 180 * 30)
