"""The pictures of a report: drawn from the plotly figure, whole or not at all."""

import re
from xml.etree import ElementTree

import pytest

from agingreport.errors import AgingReportError
from agingreport.reports.svg import HEIGHT, WIDTH, draw

AXES = {
    "xaxis": {"tickvals": ["Jan 26"], "ticktext": ["Jan 26"]},
    "yaxis": {"tickvals": [0, 10], "ticktext": ["0", "10"], "range": [0, 10]},
}


def bar(name: str, *values: float) -> dict[str, object]:
    months = ["Jan 26", "Feb 26"][: len(values)]
    return {
        "type": "bar",
        "name": name,
        "x": months,
        "y": list(values),
        "hovertext": [f"{name} {value}" for value in values],
        "marker": {"color": "#123456"},
        "meta": "p0",
    }


def line(name: str, *values: float | None) -> dict[str, object]:
    shape = {**bar(name, *[value or 0 for value in values]), "type": "scatter", "y": list(values)}
    return {**shape, "line": {"color": "#123456"}}


def drawn(*traces: dict[str, object], barmode: str = "stack") -> str:
    return draw({"data": list(traces), "layout": {**AXES, "barmode": barmode}}, title="T", description="D").text


def rects(svg: str) -> list[dict[str, float]]:
    found = ElementTree.fromstring(svg).iter("rect")
    return [{key: float(part.get(key, "0")) for key in ("x", "y", "width", "height")} for part in found]


def test_stacked_bars_stand_on_each_other() -> None:
    lower, upper = rects(drawn(bar("a", 4), bar("b", 2)))
    assert upper["y"] + upper["height"] == pytest.approx(lower["y"], abs=0.11)
    assert lower["height"] == pytest.approx(2 * upper["height"], abs=0.11)


def test_grouped_bars_stand_beside_each_other() -> None:
    first, second = rects(drawn(bar("a", 4), bar("b", 2), barmode="group"))[:2]
    assert first["x"] + first["width"] == pytest.approx(second["x"], abs=0.11)


def test_a_month_without_a_value_breaks_the_line() -> None:
    path = re.search(r' d="([^"]*)"', drawn(line("dso", 5, None)))
    assert path is not None and path[1].count("M") == 1 and path[1].count("L") == 0


def test_the_picture_has_a_name_and_a_description_to_be_read_aloud() -> None:
    svg = drawn(bar("a", 1))
    assert 'role="img"' in svg
    assert svg.index("<title>T</title>") < svg.index("<desc>D</desc>")


def test_labels_never_lie_on_each_other() -> None:
    svg = drawn(*(bar(name, 0.1) for name in "abcde"))
    places = [float(y) for y in re.findall(r'y="([\d.]+)" class="label', svg)]
    assert all(upper - lower >= 12.9 for lower, upper in zip(sorted(places), sorted(places)[1:], strict=False))
    assert len(places) == 5


@pytest.mark.parametrize("kind", ["pie", "heatmap", "histogram", "waterfall", "indicator"])
def test_a_trace_it_does_not_know_is_refused(kind: str) -> None:
    with pytest.raises(AgingReportError, match=kind):
        drawn({**bar("a", 1), "type": kind})


def test_a_trace_without_a_name_is_refused() -> None:
    with pytest.raises(AgingReportError, match="named"):
        drawn({**bar("", 1)})


def test_names_are_escaped() -> None:
    assert "<b>" not in drawn(bar("<b>&", 1))


def test_a_figure_of_no_months_is_an_empty_frame() -> None:
    svg = draw({"data": [bar("a")], "layout": {**AXES, "xaxis": {"tickvals": []}}}, title="T", description="D").text
    assert f'viewBox="0 0 {WIDTH} {HEIGHT}"' in svg
