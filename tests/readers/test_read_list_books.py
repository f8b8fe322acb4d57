"""Law 3 for the exports of `list_layouts`: random books, damaged or not, come back or are refused, never wrong."""

from collections.abc import Callable
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from layouts import CLIENTS, Invoice, Lines
from list_layouts import CLIENT_LISTS, INVOICES, NO_DUE_DATES, PAYMENTS, SUMMED, paypal
from loaded import Loaded, load, write
from test_read_accounting import HARMLESS, as_text, books, header_place

from agingreport.errors import AgingReportError

few = settings(max_examples=3, deadline=None)
each_list = pytest.mark.parametrize("lay_out", [*INVOICES.values(), *PAYMENTS.values()], ids=[*INVOICES, *PAYMENTS])

LayOut = Callable[[list[Invoice]], Lines]
Facts = set[tuple[object, ...]]


def read(text: str) -> Loaded:
    with TemporaryDirectory() as folder:
        return load(write(Path(folder), text))


def kind_of(lay_out: LayOut) -> str:
    return "payment" if lay_out in PAYMENTS.values() else "invoice"


def found(loaded: Loaded, lay_out: LayOut) -> Facts:
    rows = loaded.rows("documents", "number", "client", "document_date", "due_date", "amount", "kind")
    return {row[:5] for row in rows if row[5] == kind_of(lay_out)}


def wanted(lay_out: LayOut, invoices: list[Invoice]) -> Facts:
    dueless = lay_out in NO_DUE_DATES or lay_out in PAYMENTS.values()
    return {
        (number, client, dated, None if dueless else due, amount) for number, client, dated, due, amount in invoices
    }


def check_accounts(loaded: Loaded, lines: Lines) -> None:
    rows_read, skipped, refused = loaded.counts
    kept: dict[int, int] = dict(loaded.rows("documents", "source_row", "source_rows"))
    assert rows_read == len(lines) - header_place(lines) - 1 == sum(kept.values()) + skipped + refused
    assert len(loaded.rejects) == refused
    assert all(reason for _, _, reason, _ in loaded.rejects)


@each_list
@few
@given(invoices=books())
def test_books_come_back(lay_out: LayOut, invoices: list[Invoice]) -> None:
    lines = lay_out(invoices)
    loaded = read(as_text(lines))
    assert found(loaded, lay_out) == wanted(lay_out, invoices)
    assert loaded.counts[2] == 0
    check_accounts(loaded, lines)


@each_list
@few
@given(invoices=books(), seed=st.integers(min_value=0))
def test_harmless_changes_change_nothing(lay_out: LayOut, invoices: list[Invoice], seed: int) -> None:
    random, lines = Random(seed), lay_out(invoices)
    ragged = {len(line) for line in lines[header_place(lines) :]} - {0, len(lines[header_place(lines)])}
    changes = HARMLESS[1:] if ragged else HARMLESS
    for change in random.sample(changes, 2):
        lines = change(lines, random)
    loaded = read(as_text(lines))
    assert found(loaded, lay_out) == wanted(lay_out, invoices)
    check_accounts(loaded, lines)


@each_list
@few
@given(invoices=books(), seed=st.integers(min_value=0))
def test_a_damaged_cell_costs_its_document_and_no_other(lay_out: LayOut, invoices: list[Invoice], seed: int) -> None:
    """Nobody can see damage in a client's name, or in the number or account of a line that is summed."""
    random, lines = Random(seed), lay_out(invoices)
    place = random.choice([place for place, line in enumerate(lines) if invoices[-1][0] in line])
    unseen = {*CLIENTS, *([*lines[place][4:7], f"E{invoices[-1][0]}", invoices[-1][0]] if lay_out in SUMMED else ())}
    cells = [cell for cell, text in enumerate(lines[place]) if text and text not in unseen]
    lines[place] = [*lines[place]]
    lines[place][random.choice(cells)] = "?!"
    try:
        loaded = read(as_text(lines))
    except AgingReportError:
        return
    assert {row for row in found(loaded, lay_out) if row[0] != "?!"} - wanted(lay_out, invoices) == set()
    assert found(loaded, lay_out) >= wanted(lay_out, invoices[:-1])
    check_accounts(loaded, lines)


@each_list
@few
@given(invoices=books(), seed=st.integers(min_value=0))
def test_a_cut_row_gives_no_wrong_number(lay_out: LayOut, invoices: list[Invoice], seed: int) -> None:
    """A row of a report that is cut to its empty first cell is a blank one: only its totals tell."""
    random, lines = Random(seed), lay_out(invoices)
    place = random.choice([place for place, line in enumerate(lines) if invoices[-1][0] in line])
    lines[place] = lines[place][: random.randint(2, len(lines[place]) - 1)]
    try:
        loaded = read(as_text(lines))
    except AgingReportError:
        return
    assert found(loaded, lay_out) <= wanted(lay_out, invoices)
    check_accounts(loaded, lines)


@each_list
@few
@given(invoices=books(), cut=st.floats(min_value=0, max_value=1))
def test_a_file_cut_in_the_middle_gives_no_wrong_number(lay_out: LayOut, invoices: list[Invoice], cut: float) -> None:
    text = as_text(lay_out(invoices))
    try:
        loaded = read(text[: int(len(text) * cut)])
    except AgingReportError:
        return
    wrong = found(loaded, lay_out) - wanted(lay_out, invoices)
    assert len(wrong) <= 1
    assert not wrong or lay_out in SUMMED or "the last line does not end" in " ".join(loaded.reading.notes)


@few
@given(payments=books())
def test_what_links_to_an_invoice_links_to_that_one(payments: list[Invoice]) -> None:
    for name, lay_out in PAYMENTS.items():
        loaded = read(as_text(lay_out(payments)))
        linked = {debit.split(":")[2] for (debit,) in loaded.rows("allocations", "debit_id")}
        if lay_out is paypal or name == "odoo-payments":
            assert linked == set()
        elif name == "erpnext-payments":
            assert linked == {f"{letter}{number}" for number, *_ in payments for letter in "ab"}
        else:
            assert linked == {f"i{number}" for number, *_ in payments}


@pytest.mark.parametrize("name", CLIENT_LISTS)
@few
@given(seed=st.integers(min_value=0))
def test_lists_of_clients_come_back(name: str, seed: int) -> None:
    random, header = Random(seed), CLIENT_LISTS[name]
    clients = random.sample(CLIENTS, random.randint(1, len(CLIENTS)))
    more = ["x"] * (len(header) - 4)
    rows = [[client, f"{place}@example.com", f"+49 30 {place}", "DE", *more] for place, client in enumerate(clients)]
    loaded = read(as_text([header, *rows]))
    assert set(loaded.rows("clients", "client", "email", "phone", "country")) == {tuple(row[:4]) for row in rows}
    assert loaded.counts == (len(clients), 0, 0)
