"""Law 3: no row is lost in silence. Random books, written in each format and damaged, come back or are refused."""

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from layouts import CLIENTS, FORMATS, SUMS, Invoice, Lines, datev, plain, wanted
from loaded import Loaded, load_text

from agingreport.errors import AgingReportError
from agingreport.loading.facts import DOCUMENTS

few = settings(max_examples=6, deadline=None)


@st.composite
def books(draw: st.DrawFn) -> list[Invoice]:
    """Some invoices; one is dated on a 28th, so that the order of day and month can be found."""
    random = Random(draw(st.integers(min_value=0, max_value=2**32)))
    drawn = []
    for number in range(random.randint(1, 12)):
        dated = date(2025, 3, 28) if number == 0 else date(2025, 1, 1) + timedelta(days=random.randrange(600))
        amount = Decimal(random.randint(1, 10**9)) / 100
        drawn.append((f"{number:04}", random.choice(CLIENTS), dated, dated + timedelta(days=30), amount))
    return drawn


each_format = pytest.mark.parametrize("lay_out", FORMATS.values(), ids=FORMATS)


def as_text(lines: Lines) -> str:
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows(lines)
    return file.getvalue()


def header_place(lines: Lines) -> int:
    """Where the header ends: Tally's has a second row."""
    first = next(place for place, line in enumerate(lines) if len(line) > 2 and line[0] != "EXTF")
    return first + 1 if "Party's Name" in lines[first] else first


def found(loaded: Loaded) -> set[tuple[object, ...]]:
    return set(loaded.rows("documents", "number", "client", "document_date", "due_date", "amount"))


def rows_below_header(text: str, lines: Lines) -> int:
    return len(list(csv.reader(io.StringIO(text)))) - header_place(lines) - 1


def check_accounts(loaded: Loaded, lines: Lines) -> None:
    """Every row below the header is in a fact, skipped or refused; each refused one is kept with reason and text."""
    read, skipped, refused = loaded.counts
    staged = loaded.rows("documents", "source_rows")
    assert read == len(lines) - header_place(lines) - 1
    assert read == sum(row[0] for row in staged) + skipped + refused
    assert len(loaded.rejects) == refused
    assert all(reason for _, _, reason, _ in loaded.rejects)


@each_format
@few
@given(invoices=books())
def test_books_come_back(lay_out: Callable[[list[Invoice]], Lines], invoices: list[Invoice]) -> None:
    lines = lay_out(invoices)
    loaded = load_text(as_text(lines))
    assert found(loaded) == wanted(lay_out, invoices)
    assert loaded.counts[2] == 0
    check_accounts(loaded, lines)


@few
@given(invoices=books())
def test_the_quick_the_careful_and_the_slow_way_give_the_same(invoices: list[Invoice]) -> None:
    quick = as_text(plain(invoices))
    one_careful = quick.replace(",invoice,", ",Invoice,", 1)
    careful = quick.replace(",invoice,", ",Invoice,")
    slow = quick + "\n"
    columns = (*DOCUMENTS.keys, *DOCUMENTS.values, "source_row", "source_rows")
    facts = [load_text(text).rows("documents", *columns) for text in (quick, one_careful, careful, slow)]
    assert facts[0] == facts[1] == facts[2] == facts[3]


def shuffled_columns(lines: Lines, random: Random) -> Lines:
    """The columns in another order; the first cell of a report stays, for it holds the headings."""
    place = header_place(lines)
    width = len(lines[place])
    kept = [0] if not lines[place][0] else []
    order = kept + random.sample(range(len(kept), width), width - len(kept))
    return [[line[cell] for cell in order] if len(line) == width else line for line in lines]


def other_case(lines: Lines, random: Random) -> Lines:
    place = header_place(lines)
    header = [random.choice([str.upper, str.lower, str.title])(f" {cell} *") for cell in lines[place]]
    header = ["" if not cell else changed for cell, changed in zip(lines[place], header, strict=True)]
    return [*lines[:place], header, *lines[place + 1 :]]


def blank_lines(lines: Lines, random: Random) -> Lines:
    place = random.randrange(header_place(lines) + 1, len(lines) + 1)
    blank = random.choice([[], [""] * len(lines[header_place(lines)]), [" "]])
    return [*lines[:place], blank, *lines[place:]]


HARMLESS = (shuffled_columns, other_case, blank_lines)


@each_format
@few
@given(invoices=books(), seed=st.integers(min_value=0))
def test_harmless_changes_of_the_file_change_nothing(
    lay_out: Callable[[list[Invoice]], Lines], invoices: list[Invoice], seed: int
) -> None:
    random = Random(seed)
    lines = lay_out(invoices)
    for change in random.sample(HARMLESS, 2):
        lines = change(lines, random)
    loaded = load_text(as_text(lines))
    assert found(loaded) == wanted(lay_out, invoices)
    check_accounts(loaded, lines)


def can_be_damaged(lay_out: Callable[[list[Invoice]], Lines], cell: int, text: str) -> bool:
    """Nobody can see damage in a client's name, in the number of a line that is summed, in DATEV's free text."""
    is_number_of_a_line = lay_out in SUMS and len(text) == 4 and text.isdigit()
    return text not in CLIENTS and not is_number_of_a_line and not (lay_out is datev and cell == 7)


@each_format
@few
@given(invoices=books(), seed=st.integers(min_value=0))
def test_a_damaged_cell_costs_its_row_and_no_other(
    lay_out: Callable[[list[Invoice]], Lines], invoices: list[Invoice], seed: int
) -> None:
    random = Random(seed)
    lines = lay_out(invoices)
    place = random.choice([place for place, line in enumerate(lines) if invoices[-1][0] in line])
    cell = random.choice(
        [cell for cell, text in enumerate(lines[place]) if text and can_be_damaged(lay_out, cell, text)]
    )
    lines[place] = [*lines[place]]
    lines[place][cell] = "?!"
    try:
        loaded = load_text(as_text(lines))
    except AgingReportError:
        return
    assert {row for row in found(loaded) if row[0] != "?!"} - wanted(lay_out, invoices) == set()
    assert found(loaded) >= wanted(lay_out, invoices[:-1])
    check_accounts(loaded, lines)


@each_format
@few
@given(invoices=books(), seed=st.integers(min_value=0))
def test_a_row_with_too_few_or_too_many_cells_is_kept_whole(
    lay_out: Callable[[list[Invoice]], Lines], invoices: list[Invoice], seed: int
) -> None:
    random = Random(seed)
    lines = lay_out(invoices)
    place = random.choice([place for place, line in enumerate(lines) if invoices[-1][0] in line])
    lines[place] = lines[place] + ["more"] if random.random() < 0.5 else lines[place][:-2]
    if lay_out in SUMS:
        with pytest.raises(AgingReportError, match="amounts are sums of rows here"):
            load_text(as_text(lines))
        return
    loaded = load_text(as_text(lines))
    assert loaded.counts[2] == 1
    assert loaded.rejects[0][3] == as_text([lines[place]]).rstrip("\n")
    check_accounts(loaded, lines)


def without_a_row(lines: Lines, random: Random) -> Lines:
    place = random.randrange(header_place(lines) + 1, len(lines))
    return [*lines[:place], *lines[place + 1 :]]


def header_again(lines: Lines, random: Random) -> Lines:
    header, place = header_place(lines), random.randrange(header_place(lines) + 1, len(lines) + 1)
    return [*lines[:place], lines[header], *lines[place:]]


@each_format
@few
@given(invoices=books(), seed=st.integers(min_value=0))
def test_a_header_that_stands_in_the_file_again_makes_nothing_wrong(
    lay_out: Callable[[list[Invoice]], Lines], invoices: list[Invoice], seed: int
) -> None:
    lines = header_again(lay_out(invoices), Random(seed))
    try:
        loaded = load_text(as_text(lines))
    except AgingReportError:
        return
    assert found(loaded) <= wanted(lay_out, invoices)
    assert loaded.counts[2] + loaded.counts[1] > 0
    check_accounts(loaded, lines)


@pytest.mark.parametrize(
    "lay_out", [lay_out for lay_out in FORMATS.values() if lay_out not in SUMS], ids=lambda lay_out: lay_out.__name__
)
@few
@given(invoices=books(), seed=st.integers(min_value=0))
def test_a_row_that_is_missing_makes_no_other_wrong(
    lay_out: Callable[[list[Invoice]], Lines], invoices: list[Invoice], seed: int
) -> None:
    """It may have been a fact, a heading or a total; a file whose amounts are sums of rows cannot tell."""
    lines = without_a_row(lay_out(invoices), Random(seed))
    try:
        loaded = load_text(as_text(lines))
    except AgingReportError:
        return
    assert found(loaded) <= wanted(lay_out, invoices)
    check_accounts(loaded, lines)


@each_format
@few
@given(invoices=books(), cut=st.floats(min_value=0, max_value=1))
def test_a_file_cut_in_the_middle_gives_no_wrong_number(
    lay_out: Callable[[list[Invoice]], Lines], invoices: list[Invoice], cut: float
) -> None:
    """Only the row that the cut went through may lack what stood behind it, and then the reading says so."""
    text = as_text(lay_out(invoices))
    text = text[: int(len(text) * cut)]
    try:
        loaded = load_text(text)
    except AgingReportError:
        return
    wrong = found(loaded) - wanted(lay_out, invoices)
    assert len(wrong) <= 1
    assert not wrong or lay_out in SUMS or "the last line does not end" in " ".join(loaded.reading.notes)
