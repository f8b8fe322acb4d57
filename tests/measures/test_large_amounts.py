"""Amounts as large as some currencies write them: a product of two must not run over what a decimal holds."""

from decimal import Decimal

import pytest

from agingreport.books import Books
from agingreport.models import catalogue
from drawn import books_of

# Trillions, as invoices in rupiah or dong have them; one paid late, one in parts, one overpaid, one written off.
DOCUMENTS = """
    document_id  kind         client   document_date  due_date    amount             currency
    I1           invoice      Acme     2025-01-01     2025-01-31  1900000000000.99   USD
    I2           invoice      Acme     2025-02-01     2025-03-03  2500000000000.01   USD
    I3           invoice      Borneo   2024-02-01     2024-03-03  1700000000000.55   USD
    I4           invoice      Celebes  2024-05-01     2024-05-31  1800000000000.55   USD
    I5           invoice      Celebes  2025-01-05     2025-02-04  1600000000000.55   IDR
    I6           invoice      Borneo   2023-05-01     2023-05-31  1234567890123.45   IDR
    P1           payment      Acme     2025-03-10     -           2900000000000.00   USD
    P2           payment      Borneo   2024-06-10     -           1700000000001.55   USD
    P3           payment      Borneo   2024-06-10     -           1234567890123.45   IDR
    W1           write_off    Celebes  2025-04-01     -           1800000000000.55   USD
    C1           credit_note  Acme     2025-03-12     -           1000000000000.00   USD
"""
ALLOCATIONS = """
    debit_id  credit_id  amount
    I1        P1         1900000000000.99
    I2        P1         999999999999.01
    I2        C1         1000000000000.00
    I3        P2         1700000000000.55
    I6        P3         1234567890123.45
    I4        W1         1800000000000.55
"""
FX_RATES = """
    date        currency  rate
    2023-05-01  IDR       0.0000612345
    2023-05-31  IDR       0.0000612345
    2024-06-10  IDR       0.0000612345
    2025-01-05  IDR       0.0000612345
    2025-04-30  IDR       0.0000612345
"""
POLICY = """
[firm]
country = "GB"

[conventions]
fx_rate_max_age_days = 1000
"""


@pytest.fixture(scope="module")
def trillions(tmp_path_factory: pytest.TempPathFactory) -> Books:
    drawn = {"documents": DOCUMENTS, "allocations": ALLOCATIONS, "fx_rates": FX_RATES}
    return books_of(tmp_path_factory.mktemp("large"), "2025-04-30", policy=POLICY, **drawn)


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_every_model_answers(trillions: Books, name: str) -> None:
    assert trillions.show(name).columns == tuple(catalogue()[name].columns)


def test_the_concentration_of_trillions_is_exact(trillions: Books) -> None:
    found = [
        row for row in trillions.show("concentration") if row["counted_by"] == "client" and row["currency"] == "USD"
    ]
    # Acme owes 500,000,000,001.00 of I2; Borneo and Celebes owe nothing in dollars.
    assert [(row["measure"], row["total_amount"], row["hhi"]) for row in found] == [
        ("open", Decimal("500000000001.0000"), 10000.0),
        ("overdue", Decimal("500000000001.0000"), 10000.0),
    ]
