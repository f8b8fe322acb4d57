"""The building blocks: what is not markup is escaped, tables say what their cells are, bars are drawn to scale."""

from decimal import Decimal

import pytest

from agingreport.reports import present
from agingreport.reports.markup import Html, join, tag
from agingreport.reports.present import Bar, Cell, Column

HOSTILE = "<script>alert(1)</script>\"'&"
ESCAPED = "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#x27;&amp;"


def blocks() -> list[Html]:
    action = present.Action(verb=HOSTILE, client=HOSTILE, amount=HOSTILE, why=HOSTILE, reach=HOSTILE)
    return [
        present.key_figures([present.KeyFigure(HOSTILE, HOSTILE, HOSTILE, "worse", HOSTILE)]),
        present.actions([action], stake=HOSTILE),
        present.bars([Bar(HOSTILE, Decimal(1), HOSTILE, HOSTILE)], caption=HOSTILE),
        present.table([Column(HOSTILE)], [[HOSTILE]], caption=HOSTILE),
        present.table([Column("a"), Column("b")], [["x", Cell("y", HOSTILE)]], caption="c"),
        present.note(HOSTILE),
        present.definitions([(HOSTILE, HOSTILE)]),
        present.details(HOSTILE, HOSTILE),
        present.source(HOSTILE),
    ]


@pytest.mark.parametrize("block", blocks())
def test_every_block_escapes_every_text(block: Html) -> None:
    assert "<script" not in block.text
    assert ESCAPED in block.text


@pytest.mark.parametrize("block", blocks()[:-2])
def test_amounts_are_kept_from_being_read_as_mathematics(block: Html) -> None:
    outermost = block.text[: block.text.index(">")]
    assert "mathjax_ignore" in outermost


def test_markup_is_not_escaped_twice() -> None:
    assert tag("p", tag("b", "a & b")).text == "<p><b>a &amp; b</b></p>"
    assert join(["a<b", Html("<br/>")]).text == "a&lt;b<br/>"


def test_a_table_names_its_columns_rows_and_cells() -> None:
    table = present.table(
        [Column("Client"), Column("Debt", "number")], [["acme", Cell("$5.00", Decimal(5))]], caption="Debts"
    ).text
    assert "<caption>Debts</caption>" in table
    assert '<th class="text" scope="col">Client</th>' in table or '<th scope="col" class="text">Client</th>' in table
    assert '<th scope="row">acme</th>' in table
    assert '<td class="number" data-l="Debt" data-v="5">$5.00</td>' in table


def test_an_empty_table_is_a_sentence() -> None:
    assert present.table([Column("a")], [], caption="To write off").text.count("<table") == 0


def test_bars_share_one_scale_and_one_zero() -> None:
    rows = [Bar("up", Decimal(30), ""), Bar("down", Decimal(-10), "", start=Decimal(30))]
    drawn = present.bars(rows, caption="c").text
    assert 'x="0.00%" width="100.00%"' in drawn
    assert 'x="66.67%" width="33.33%"' in drawn


def test_a_bar_below_zero_keeps_zero_in_sight() -> None:
    drawn = present.bars([Bar("in credit", Decimal(-25), ""), Bar("owed", Decimal(75), "")], caption="c").text
    assert 'x="0.00%" width="25.00%"' in drawn
    assert 'x="25.00%" width="75.00%"' in drawn


def test_bars_of_nothing_are_empty_and_not_an_error() -> None:
    assert 'width="0.00%"' in present.bars([Bar("none", Decimal(0), "$0.00")], caption="c").text
