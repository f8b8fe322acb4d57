"""The pictures of a report: one plotly figure a function, from the rows of one model.

A figure is drawn from floats, rounded to what a picture can show; every amount written beside it comes from the
exact rows. JupyterLab draws the figure itself, a report the SVG made of it.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from agingreport.reports import wording
from agingreport.reports.page import Page
from agingreport.reports.palette import TONES, bucket_tone
from agingreport.reports.svg import draw
from agingreport.table import Table

MONTH_LABELS = 6

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Chart:
    """A figure with its title and the one sentence that says what to see in it."""

    figure: Any
    title: str
    description: str

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """Give a notebook both forms: JupyterLab takes the first it can draw, a report the picture."""
        figure = json.loads(self.figure.to_json())
        picture = draw(figure, title=self.title, description=self.description)
        words = {"title": self.title, "description": self.description}
        bundle = {
            "application/vnd.plotly.v1+json": {**figure, "config": {"displaylogo": False, "typesetMath": False}},
            "image/svg+xml": picture.text,
        }
        return bundle, {"image/svg+xml": words}


def aging_trend(page: Page, table: Table) -> tuple[Chart, ...]:
    """Show what was owed at each month end, stacked by how late it was; one chart a currency."""
    return tuple(_aging_trend(page, rows, currency) for currency, rows in page.by_currency(table))


def _aging_trend(page: Page, rows: Sequence[Row], currency: str) -> Chart:
    month_ends = _since_first(rows, "open_amount")
    months = [wording.short_month(end) for end in month_ends]
    buckets = dict(sorted({(row["bucket_number"], row["bucket"]) for row in rows}))
    amounts = {(row["bucket_number"], row["month_end"]): row["open_amount"] for row in rows}
    traces = []
    for number, bucket in buckets.items():
        values = [amounts.get((number, end), Decimal(0)) for end in month_ends]
        name = page.bucket_words(bucket)
        tone = bucket_tone(number, len(buckets))
        traces.append(_bars(name, months, values, tone, currency))
    last, first = month_ends[-1], month_ends[0]
    worst = max(buckets)
    then, now = amounts.get((worst, first), Decimal(0)), amounts.get((worst, last), Decimal(0))
    described = (
        f"{page.bucket_words(buckets[worst])}: {wording.whole_money(then, currency)} in {wording.month(first)}, "
        f"{wording.whole_money(now, currency)} in {wording.month(last)}."
    )
    totals = [sum(amounts.get((number, end), Decimal(0)) for number in buckets) for end in month_ends]
    layout = {**_money_axis(max(totals, default=Decimal(0)), currency), **_month_axis(months), "barmode": "stack"}
    return _chart(traces, layout, page.title("Owed at each month end, by days late", currency), described)


def dso(page: Page, table: Table) -> tuple[Chart, ...]:
    """Show days sales outstanding by three definitions; a month where one is undefined leaves a gap."""
    return tuple(_dso(page, rows, currency) for currency, rows in page.by_currency(table))


def _dso(page: Page, rows: Sequence[Row], currency: str) -> Chart:
    month_ends = _since_first(rows, "open_amount", "billed_amount")
    rows = sorted((row for row in rows if row["month_end"] in month_ends), key=lambda row: row["month_end"])
    months = [wording.short_month(row["month_end"]) for row in rows]
    lines = (
        ("DSO", "dso_days", "p0", "solid"),
        ("by countback", "countback_dso_days", "p2", "solid"),
        ("all on time", "best_possible_dso_days", "quiet", "dash"),
    )
    traces = [_days_line(name, months, [row[column] for row in rows], tone, dash) for name, column, tone, dash in lines]
    top = max((row[column] for row in rows for _, column, _, _ in lines if row[column] is not None), default=0)
    layout = {**_days_axis(float(top)), **_month_axis(months)}
    last = rows[-1]
    described = (
        f"{wording.month(last['month_end'])}: {wording.days(last['dso_days'])}; by countback "
        f"{wording.days(last['countback_dso_days'])}; had every client paid on time, "
        f"{wording.days(last['best_possible_dso_days'])}."
    )
    return _chart(traces, layout, page.title("Days sales outstanding", currency), described)


def invoiced_and_collected(page: Page, table: Table) -> tuple[Chart, ...]:
    """Show what was invoiced and what was collected in each month, side by side; one chart a currency."""
    return tuple(_invoiced_and_collected(page, rows, currency) for currency, rows in page.by_currency(table))


def _invoiced_and_collected(page: Page, rows: Sequence[Row], currency: str) -> Chart:
    month_ends = _since_first(rows, "opening_balance", "invoiced_amount", "collected_amount", "closing_balance")
    rows = sorted((row for row in rows if row["month_end"] in month_ends), key=lambda row: row["month_end"])
    months = [wording.short_month(row["month_end"]) for row in rows]
    invoiced = [row["invoiced_amount"] for row in rows]
    collected = [row["collected_amount"] for row in rows]
    traces = [
        _bars("Invoiced", months, invoiced, "quiet", currency),
        _bars("Collected", months, collected, "p0", currency),
    ]
    layout = {**_money_axis(max([*invoiced, *collected]), currency), **_month_axis(months), "barmode": "group"}
    sums = [wording.whole_money(sum(amounts, Decimal(0)), currency) for amounts in (invoiced, collected)]
    described = f"In these {wording.count(len(rows), 'month')}: {sums[0]} invoiced, {sums[1]} collected."
    return _chart(traces, layout, page.title("Invoiced and collected each month", currency), described)


def _since_first(rows: Sequence[Row], *amounts: str) -> list[date]:
    """Give the month ends from the first that has anything in these columns on; the last one is always there."""
    month_ends = sorted({row["month_end"] for row in rows})
    with_something = [row["month_end"] for row in rows if any(row[amount] for amount in amounts)]
    first = min(with_something, default=month_ends[-1])
    return [end for end in month_ends if end >= first]


def _chart(traces: Sequence[Row], layout: Row, title: str, described: str) -> Chart:
    import plotly.graph_objects as go

    whole = {"template": "none", "title": {"text": title}, "hovermode": "x", "height": 380, **layout}
    return Chart(go.Figure(data=list(traces), layout=whole), title, described)


def _bars(name: str, months: Sequence[str], amounts: Sequence[Decimal], tone: str, currency: str) -> Row:
    return {
        "type": "bar",
        "name": name,
        "x": list(months),
        "y": [float(amount) for amount in amounts],
        "hovertext": [
            f"{month}, {name}: {wording.money(amount, currency)}" for month, amount in zip(months, amounts, strict=True)
        ],
        "hoverinfo": "text",
        "marker": {"color": TONES[tone]},
        "meta": tone,
    }


def _days_line(name: str, months: Sequence[str], values: Sequence[Any], tone: str, dash: str) -> Row:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": name,
        "x": list(months),
        "y": [None if value is None else round(float(value), 2) for value in values],
        "hovertext": [f"{month}, {name}: {wording.days(value)}" for month, value in zip(months, values, strict=True)],
        "hoverinfo": "text",
        "line": {"color": TONES[tone], "dash": dash},
        "meta": tone,
    }


def _month_axis(months: Sequence[str]) -> Row:
    """Label every few months, counted back from the last one, as categories: a date axis would call Dec 31 Jan."""
    stride = max(1, math.ceil(len(months) / MONTH_LABELS))
    labelled = [month for place, month in enumerate(reversed(months)) if place % stride == 0][::-1]
    return {"xaxis": {"type": "category", "tickvals": labelled, "ticktext": labelled}}


def _money_axis(highest: Decimal, currency: str) -> Row:
    ticks = _ticks(float(highest))
    return _value_axis(ticks, [wording.short_money(tick, currency) for tick in ticks])


def _days_axis(highest: float) -> Row:
    ticks = _ticks(highest)
    return _value_axis(ticks, [f"{tick:g} d" for tick in ticks])


def _value_axis(ticks: Sequence[float], words: Sequence[str]) -> Row:
    return {"yaxis": {"tickvals": list(ticks), "ticktext": list(words), "range": [0, ticks[-1]]}}


def _ticks(highest: float) -> list[float]:
    """Give round steps from 0 to the first at or above the highest value: 1, 2, 2.5 or 5 times a power of ten."""
    rough = max(highest, 1.0) / 4
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough)
    return [number * step for number in range(math.ceil(max(highest, 1.0) / step) + 1)]
