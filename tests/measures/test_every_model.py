"""What holds for every model: it answers on empty books and on one invoice, and documents what it gives."""

import pytest

from agingreport.books import Books
from agingreport.models import catalogue
from drawn import books_of

ONE_INVOICE = """
    document_id  kind     client  document_date  due_date    amount
    I1           invoice  Acme    2025-03-01     2025-03-31  100.00
"""


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Books:
    return books_of(tmp_path_factory.mktemp("empty"), "2025-04-30")


@pytest.fixture(scope="module")
def one_invoice(tmp_path_factory: pytest.TempPathFactory) -> Books:
    return books_of(tmp_path_factory.mktemp("one"), "2025-04-30", documents=ONE_INVOICE)


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_it_documents_each_column_it_gives_in_its_order(empty: Books, name: str) -> None:
    model = catalogue()[name]
    assert tuple(model.columns) == empty.show(name).columns
    assert model.summary
    assert set(model.grain) <= set(model.columns)


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_its_grain_is_what_tells_its_rows_apart(one_invoice: Books, name: str) -> None:
    rows = one_invoice.show(name).dicts()
    keys = [tuple(row[column] for column in catalogue()[name].grain) for row in rows]
    assert len(set(keys)) == len(keys)


# Trillions, as a firm has it that bills in rupiah or won; the ledger takes up to a hundred million million.
TRILLIONS = """
    document_id  kind       client  document_date  due_date    amount          currency
    I1           invoice    Acme    2022-01-01     2022-01-31  1234567890100.23  USD
    I2           invoice    Bolt    2023-01-01     2023-01-31  2234567890100.23  EUR
    I3           invoice    Acme    2023-01-01     2023-01-31  3234567890100.23  USD
    I4           invoice    Acme    2025-04-20     2025-05-31  4234567890100.23  USD
    P1           payment    Acme    2023-12-31     -           1234567890100.23  USD
    P2           payment    Bolt    2025-04-10     -           234567890100      EUR
    P3           payment    Bolt    2025-04-10     -           934567890100      EUR
    W1           write_off  Acme    2025-03-10     -           234567890100      USD
    C1           credit_note  Acme  2025-03-10     -           34567890100       USD
"""
TRILLIONS_SETTLED = """
    debit_id  credit_id  amount
    I1        P1         1234567890100.23
    I2        P2         234567890100
    I3        W1         234567890100
    I4        C1         34567890100
"""
POLICY = """
    [firm]
    country = "GB"
    charges_sales_tax = false
    [conventions]
    accounting_basis = "accrual"
    [provision]
    history_minimum_count = 1
    [late_interest.contract]
    yearly_rate = 0.12
"""


@pytest.fixture(scope="module")
def trillions(tmp_path_factory: pytest.TempPathFactory) -> Books:
    rates = [f"{day}  EUR  1.1" for day in ("2023-01-01", "2023-01-31", "2025-04-10")]
    rates += [f"{year}-{month:02}-28  EUR  1.1" for year in (2023, 2024, 2025) for month in range(1, 13)]
    return books_of(
        tmp_path_factory.mktemp("trillions"),
        "2025-04-30",
        policy=POLICY,
        documents=TRILLIONS,
        allocations=TRILLIONS_SETTLED,
        fx_rates="\n".join(["date  currency  rate", *rates]),
        clients="client  country  region\n Acme  GB  England\n Bolt  US  TX",
        contacts="client  document_id  date  kind\n Acme  I3  2025-01-10  demand_letter",
        agreements="client  kind  on_file\n Acme  signed_terms  yes",
        control_balances="date  currency  balance\n 2025-04-30  USD  1",
    )


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_it_answers_on_amounts_of_trillions(trillions: Books, name: str) -> None:
    """DuckDB multiplies two decimals of up to 18 digits within 18: one of them must be wider."""
    rows = trillions.show(name).dicts()
    assert len({tuple(row[column] for column in catalogue()[name].grain) for row in rows}) == len(rows)


def test_the_books_of_trillions_have_something_to_say_of_nearly_everything(trillions: Books) -> None:
    metrics = [name for name, model in catalogue().items() if model.folder == ""]
    silent = [name for name in metrics if not trillions.show(name).rows]
    assert set(silent) == {"holds", "recoveries", "reminders"}
