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
