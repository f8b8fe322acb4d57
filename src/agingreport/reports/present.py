"""The building blocks of a report as HTML: key figures, things to do, bars, a bridge, tables, notes, definitions.

A block takes words that are ready to read (see `wording`) and the exact amounts its bars are drawn from; it knows
nothing of the books. Bars are small SVG pictures: they need no style attribute, and they print.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from agingreport.reports.markup import NOTHING, Content, Html, join, tag
from agingreport.reports.palette import TONES

Tone = Literal["better", "worse", "same"]


@dataclass(frozen=True)
class KeyFigure:
    """One number of the first screen with its change and a word of context."""

    label: str
    value: str
    change: str = ""
    tone: Tone = "same"
    context: str = ""


@dataclass(frozen=True)
class Action:
    """One thing to do: what, with whom, over how much, why now."""

    verb: str
    client: str
    amount: str
    why: str
    reach: str = ""


@dataclass(frozen=True)
class Bar:
    """One row of a bar list; the bar starts at `start` and is `amount` long, in the unit of the list.

    The first `late` of it is drawn in the colour of late money.
    """

    label: str
    amount: Decimal
    text: str
    note: str = ""
    tone: str = "p0"
    start: Decimal = Decimal(0)
    is_total: bool = False
    late: Decimal = Decimal(0)
    under: str = ""

    @property
    def kind(self) -> str | None:
        """How its row is set: a total stands out, a zero stands back."""
        return "total" if self.is_total else None if self.amount else "zero"


@dataclass(frozen=True)
class Column:
    """A column of a table; numbers stand right, with figures of equal width."""

    label: str
    kind: Literal["text", "number", "words"] = "text"


@dataclass(frozen=True)
class Cell:
    """A table's cell that sorts by another value than its text: an amount, a date, a number of days."""

    content: Content
    value: Decimal | float | int | str | None = None


def key_figures(figures: Iterable[KeyFigure], *, is_small: bool = False) -> Html:
    """Give the numbers of the first screen side by side; small ones where they stand second."""
    size = "figures small" if is_small else "figures"
    return tag("dl", *(_key_figure(figure) for figure in figures), class_=f"{size} mathjax_ignore")


def _key_figure(figure: KeyFigure) -> Html:
    return tag(
        "div",
        tag("dt", figure.label),
        tag("dd", figure.value, class_="value"),
        tag("dd", figure.change, class_=f"change {figure.tone}") if figure.change else None,
        tag("dd", figure.context, class_="context") if figure.context else None,
    )


def actions(items: Sequence[Action], *, stake: Content) -> Html:
    """Give what to do in order, and under it the money at stake."""
    listed = tag("ol", *(_action(item) for item in items), class_="actions")
    return tag("div", listed, tag("p", stake, class_="stake"), class_="mathjax_ignore")


def _action(item: Action) -> Html:
    return tag(
        "li",
        tag("span", item.amount, class_="amount"),
        tag(
            "span",
            tag("strong", f"{item.verb} {item.client}"),
            tag("span", item.reach, class_="reach") if item.reach else None,
            tag("span", item.why, class_="why"),
            class_="what",
        ),
    )


def bars(rows: Sequence[Bar], *, caption: str, columns: tuple[str, str, str] = ("", "Amount", "Share")) -> Html:
    """Give a list with a bar beside each label; the longest reach of a bar fills its column.

    A bar may start anywhere, also below zero: the column then spans all of them, zero included.
    """
    low = min((min(row.start, row.start + row.amount) for row in rows), default=Decimal(0))
    high = max((max(row.start, row.start + row.amount) for row in rows), default=Decimal(0))
    low, high = min(low, Decimal(0)), max(high, Decimal(0))
    span = high - low or Decimal(1)
    has_notes = any(row.note for row in rows)
    heads = (columns[0] or "What", "", columns[1], *([columns[2]] if has_notes else []))
    return tag(
        "table",
        tag("caption", caption),
        tag("thead", tag("tr", *(_head(head) for head in heads)), class_="unseen"),
        tag("tbody", *(_bar_row(row, low=low, span=span, has_notes=has_notes) for row in rows)),
        class_="bars mathjax_ignore",
    )


def _head(label: str) -> Html:
    return tag("th", label, scope="col") if label else tag("td")


def _bar_row(row: Bar, *, low: Decimal, span: Decimal, has_notes: bool) -> Html:
    start = _share(min(row.start, row.start + row.amount) - low, span)
    whole = tag("rect", x=start, width=_share(abs(row.amount), span), height="100%", rx="2")
    late = tag("rect", x=start, width=_share(row.late, span), height="100%", rx="2", class_="fill-p2", fill=TONES["p2"])
    picture = (whole, late) if row.late else (whole,)
    drawn = tag("svg", *picture, class_=f"bar fill-{row.tone}", fill=TONES[row.tone], height="12", aria_hidden="true")
    under = tag("span", row.under, class_="under") if row.under else None
    return tag(
        "tr",
        tag("th", row.label, under, scope="row"),
        tag("td", drawn, class_="picture"),
        tag("td", row.text, class_="number"),
        tag("td", row.note, class_="number note") if has_notes else None,
        class_=row.kind,
    )


def _share(part: Decimal, whole: Decimal) -> str:
    return f"{float(part / whole):.2%}"


def table(
    columns: Sequence[Column],
    rows: Iterable[Sequence[Content | Cell]],
    *,
    caption: str,
    empty: str = "none.",
    is_sortable: bool = True,
) -> Html:
    """Give a table whose first cell names its row.

    One that may be sorted is a list of things: where scripts run it can be, and on a phone its rows are cards. The
    others (months, sums) keep their order and their shape.
    """
    listed = list(rows)
    if not listed:
        return note(f"{caption}: {empty}")
    head = tag("tr", *(tag("th", column.label, scope="col", class_=column.kind) for column in columns))
    body = tag(
        "table",
        tag("caption", caption),
        tag("thead", head),
        tag("tbody", *(_row(columns, row, is_sortable=is_sortable) for row in listed)),
        class_="listing sortable" if is_sortable else "listing",
    )
    return tag("div", body, class_="scroll mathjax_ignore", role="region", aria_label=caption, tabindex="0")


def _row(columns: Sequence[Column], row: Sequence[Content | Cell], *, is_sortable: bool) -> Html:
    cells = [cell if isinstance(cell, Cell) else Cell(cell) for cell in row]
    parts = (
        tag(
            "td" if place else "th",
            cell.content,
            class_=None if column.kind == "text" else column.kind,
            scope=None if place else "row",
            data_l=column.label if place and is_sortable else None,
            data_v=None if cell.value is None or not is_sortable else str(cell.value),
        )
        for place, (column, cell) in enumerate(zip(columns, cells, strict=True))
    )
    return tag("tr", *parts)


def note(text: Content, *, tone: Literal["", "good", "warning", "lede", "source"] = "") -> Html:
    """Give a sentence of its own; a good one and a warning also say so by a sign."""
    return tag("p", text, class_=f"note {tone} mathjax_ignore".replace("  ", " "))


def source(*models: str) -> Html:
    """Say which models the figures above come from: `agingreport show MODEL` gives the rows."""
    named = join((tag("code", model) for model in models), ", ")
    return note(join(("From ", named)), tone="source")


def definitions(pairs: Iterable[tuple[str, Content]]) -> Html:
    """Give terms and what they mean."""
    return tag(
        "dl", *(tag("div", tag("dt", term), tag("dd", text)) for term, text in pairs), class_="terms mathjax_ignore"
    )


def details(summary: str, *parts: Content | None) -> Html:
    """Give parts that stay closed until asked for; paper shows them closed too."""
    return tag("details", tag("summary", summary), *parts)


def stack(parts: Iterable[Html | None]) -> Html:
    """Give blocks one under the other as one."""
    return join(part for part in parts if part is not None)


def heading(text: str | None, *, level: Literal["h1", "h2", "h3"] = "h3") -> Html:
    """Give a heading, or nothing where there is nothing to say."""
    return tag(level, text, class_="mathjax_ignore") if text else NOTHING
