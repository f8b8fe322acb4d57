"""Draw the plotly figures of a report as plain SVG: bars side by side or stacked, and lines, with direct labels.

It knows what `charts.py` makes and nothing more: categories along the bottom, the ticks the figure names, one label
for each trace. Anything else is refused, because a chart drawn half is worse than none.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from agingreport.errors import AgingReportError
from agingreport.reports.markup import Html, join, tag

WIDTH, HEIGHT = 520, 236
LEFT, RIGHT, TOP, BOTTOM = 44, 76, 12, 24
LABEL_GAP = 13
LEGEND_HEIGHT = 18
KNOWN_TRACES = ("bar", "scatter")

Figure = Mapping[str, Any]
Trace = Mapping[str, Any]


@dataclass(frozen=True)
class Frame:
    """Where the plot lies in the picture, and how values and categories become places in it."""

    categories: tuple[str, ...]
    top_value: float
    left: float
    right: float
    top: float
    bottom: float

    def x(self, position: float) -> float:
        """Give the place of a category, counted from 0 and taken at its middle."""
        return self.left + (position + 0.5) * self.step

    def y(self, value: float) -> float:
        """Give the height of a value; 0 is the bottom of the plot."""
        return self.bottom - (self.bottom - self.top) * value / self.top_value

    @property
    def step(self) -> float:
        """Width that one category has."""
        return (self.right - self.left) / max(1, len(self.categories))


def draw(figure: Figure, *, title: str, description: str) -> Html:
    """Give the figure as one SVG element with a name and a description that are read aloud.

    Colours are classes of the page (tone and dark mode are its business) with the figure's own as fallback.
    """
    traces, layout = figure["data"], figure["layout"]
    _demand_known(traces)
    is_grouped = layout.get("barmode") == "group"
    frame = _frame(traces, layout, is_grouped=is_grouped)
    bars = [trace for trace in traces if trace["type"] == "bar"]
    lines = [trace for trace in traces if trace["type"] == "scatter"]
    return tag(
        "svg",
        tag("title", title),
        tag("desc", description),
        _axes(frame, layout),
        *(_grouped_bars(bars, frame) if is_grouped else _stacked_bars(bars, frame)),
        *(_line(trace, frame) for trace in lines),
        _legend(bars) if is_grouped else _labels([*_bar_labels(bars, frame), *_line_labels(lines, frame)], frame),
        class_="chart",
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        role="img",
    )


def _demand_known(traces: Iterable[Trace]) -> None:
    for trace in traces:
        if trace["type"] not in KNOWN_TRACES or not trace.get("name"):
            kind = f"{trace['type']} trace named {trace.get('name')!r}"
            raise AgingReportError(f"A report cannot draw a {kind}: use named traces of {' or '.join(KNOWN_TRACES)}.")


def _frame(traces: Sequence[Trace], layout: Figure, *, is_grouped: bool) -> Frame:
    return Frame(
        categories=tuple(traces[0]["x"]) if traces else (),
        top_value=layout["yaxis"]["range"][1],
        left=LEFT,
        right=WIDTH - (8 if is_grouped else RIGHT),
        top=TOP + (LEGEND_HEIGHT if is_grouped else 0),
        bottom=HEIGHT - BOTTOM,
    )


def _axes(frame: Frame, layout: Figure) -> Html:
    rules = [
        join(
            (
                tag("line", class_="rule", x1=_n(frame.left), x2=_n(frame.right), y1=_n(y), y2=_n(y), stroke="#dde3ea"),
                _text(text, frame.left - 6, y + 4, anchor="end"),
            )
        )
        for value, text in zip(layout["yaxis"]["tickvals"], layout["yaxis"]["ticktext"], strict=True)
        for y in (frame.y(value),)
    ]
    months = [
        _text(name, frame.x(frame.categories.index(name)), HEIGHT - 7, anchor="middle")
        for name in layout["xaxis"]["tickvals"]
    ]
    return join([*rules, *months])


def _stacked_bars(bars: Sequence[Trace], frame: Frame) -> list[Html]:
    floors = [0.0] * len(frame.categories)
    drawn = []
    for trace in bars:
        parts = []
        for position, value in enumerate(trace["y"]):
            floor, floors[position] = floors[position], floors[position] + value
            if value:
                place = {"left": frame.x(position) - frame.step * 0.38, "width": frame.step * 0.76}
                height = {"top": frame.y(floor + value), "bottom": frame.y(floor)}
                parts.append(_bar(trace["hovertext"][position], **place, **height))
        drawn.append(_group(trace, parts))
    return drawn


def _grouped_bars(bars: Sequence[Trace], frame: Frame) -> list[Html]:
    width = frame.step * 0.8 / max(1, len(bars))
    drawn = []
    for number, trace in enumerate(bars):
        parts = []
        for position, value in enumerate(trace["y"]):
            if value:
                left = frame.x(position) - frame.step * 0.4 + number * width
                height = {"top": frame.y(value), "bottom": frame.y(0)}
                parts.append(_bar(trace["hovertext"][position], left=left, width=width, **height))
        drawn.append(_group(trace, parts))
    return drawn


def _bar(words: str, *, left: float, width: float, top: float, bottom: float) -> Html:
    return tag("rect", tag("title", words), x=_n(left), y=_n(top), width=_n(width), height=_n(bottom - top))


def _group(trace: Trace, parts: Sequence[Html]) -> Html:
    return tag("g", *parts, class_=f"fill-{trace['meta']}", fill=trace["marker"]["color"])


def _line(trace: Trace, frame: Frame) -> Html:
    color = trace["line"]["color"]
    points = [(frame.x(position), value) for position, value in enumerate(trace["y"])]
    pen, path = "M", []
    for x, value in points:
        if value is None:
            pen = "M"
            continue
        path.append(f"{pen}{_n(x)} {_n(frame.y(value))}")
        pen = "L"
    dots = [
        tag("circle", tag("title", trace["hovertext"][position]), cx=_n(x), cy=_n(frame.y(value)), r="2.4", fill=color)
        for position, (x, value) in enumerate(points)
        if value is not None
    ]
    stroke = tag("path", d="".join(path), fill="none", stroke=color, stroke_width="2", stroke_dasharray=_dash(trace))
    return tag("g", stroke, *dots, class_=f"line-{trace['meta']}")


def _dash(trace: Trace) -> str | None:
    return "4 4" if trace["line"].get("dash") == "dash" else None


def _bar_labels(bars: Sequence[Trace], frame: Frame) -> list[tuple[float, Trace]]:
    """Place the name of each part of the last stack at the middle of that part; an empty part has no label."""
    labels, floor = [], 0.0
    for trace in bars:
        value = trace["y"][-1] if trace["y"] else 0
        if value:
            labels.append((frame.y(floor + value / 2), trace))
        floor += value
    return labels


def _line_labels(lines: Sequence[Trace], frame: Frame) -> list[tuple[float, Trace]]:
    return [(frame.y(trace["y"][-1]), trace) for trace in lines if trace["y"] and trace["y"][-1] is not None]


def _labels(labels: Sequence[tuple[float, Trace]], frame: Frame) -> Html:
    """Write the labels at the right, from the bottom up, each at least a line above the one below it."""
    written = []
    limit = HEIGHT - BOTTOM + 4.0
    for y, trace in sorted(labels, key=lambda label: -label[0]):
        limit = min(y + 4, limit)
        written.append(_text(trace["name"], frame.right + 6, limit, tone=trace["meta"]))
        limit -= LABEL_GAP
    return join(written)


def _legend(bars: Sequence[Trace]) -> Html:
    parts, x = [], float(LEFT)
    for trace in bars:
        swatch = tag("rect", x=_n(x), y="4", width="10", height="10", rx="2", fill=trace["marker"]["color"])
        parts.append(tag("g", swatch, class_=f"fill-{trace['meta']}"))
        parts.append(_text(trace["name"], x + 15, 13, tone="text"))
        x += 32 + 7 * len(trace["name"])
    return join(parts)


def _text(text: str, x: float, y: float, *, anchor: str | None = None, tone: str | None = None) -> Html:
    class_ = f"label-{tone}" if tone else "tick"
    return tag("text", text, x=_n(x), y=_n(y), text_anchor=anchor, class_=class_, font_size="11")


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
