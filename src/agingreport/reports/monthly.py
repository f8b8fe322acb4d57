"""The blocks of the owner's monthly report, each from the rows of the models it names."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from agingreport.reports import present, wording
from agingreport.reports.markup import Html, join, tag
from agingreport.reports.page import Page
from agingreport.reports.palette import bucket_tone
from agingreport.reports.present import Bar, Cell, Column, KeyFigure, Tone
from agingreport.table import Table

Row = Mapping[str, Any]
ZERO = Decimal(0)
TOP_CLIENTS = 10
CLIENTS_SHOWN = 15
NOTHING_RECORDED = "Nothing is recorded up to this day: load the exports of your billing program first."


def masthead(page: Page) -> Html:
    """Give the title of the report and the day it is about."""
    known = f", as it was known on {wording.day(page.books.known_on)}" if page.books.known_on else ""
    return tag(
        "header",
        tag("h1", f"What you are owed, {wording.month(page.day)}"),
        tag("p", f"At the close of {wording.day(page.day)}{known}", class_="asof"),
    )


def headline(page: Page, *, dso: Table, aging_trend: Table, aging: Table, balances: Table) -> Html:
    """Give the four numbers of the first screen, each with its change since the month end before.

    The first currency has the sentence and the large figures; the others stand under it, smaller.
    """
    oldest = _oldest_by_currency(page, aging_trend)
    counts = {currency: sum(row["item_count"] for row in rows) for currency, rows in page.by_currency(aging)}
    parts: list[Html] = []
    for place, (currency, rows) in enumerate(page.by_currency(dso)):
        if not place:
            parts.append(present.note(_lede(page, rows[-1], balances), tone="lede"))
        figures = _key_figures(rows, oldest[currency], counts.get(currency, 0))
        parts.append(present.heading(page.currency_heading(currency)))
        parts.append(present.key_figures(figures, is_small=place > 0))
    if not parts:
        return present.note(NOTHING_RECORDED)
    return present.stack([*parts, present.source("dso", "aging_trend", "aging", "balances")])


def _lede(page: Page, now: Row, balances: Table) -> str:
    currency = now["currency"]
    balance = now["open_amount"] - now["unapplied_amount"]
    if balance < 0:
        owed = f"Your clients are {wording.whole_money(-balance, currency)} in credit with you"
    elif now["open_amount"] == 0:
        return "Nobody owes you anything."
    else:
        owed = f"You are owed {wording.whole_money(balance, currency)}"
    if now["overdue_amount"] == 0:
        return f"{owed}, and nothing is late."
    late = wording.whole_money(now["overdue_amount"], currency)
    own = [row for row in balances.dicts() if row["currency"] == currency]
    latest = max(own, key=lambda row: (row["overdue_amount"], row["client"]))
    alone = wording.whole_money(latest["overdue_amount"], currency)
    if latest["overdue_amount"] == now["overdue_amount"]:
        return f"{owed}, and {late} is late, all of it with {page.client(latest['client']).name}."
    return f"{owed}, and {late} is late. {page.client(latest['client']).name} alone owes {alone} of that."


def _key_figures(rows: Sequence[Row], oldest: tuple[str, Decimal, Decimal], open_count: int) -> list[KeyFigure]:
    now, before = rows[-1], rows[-2] if len(rows) > 1 else rows[-1]
    currency, since = now["currency"], wording.short_month(before["month_end"]).split()[0]
    balance, balance_before = (row["open_amount"] - row["unapplied_amount"] for row in (now, before))
    unapplied = now["unapplied_amount"]
    less = f", less {wording.whole_money(unapplied, currency)} paid ahead" if unapplied else ""
    words, old, old_before = oldest
    return [
        KeyFigure(
            "Owed to you",
            wording.whole_money(balance, currency),
            _change(balance - balance_before, since, money_of(currency), ("more", "less")),
            "same",
            f"{wording.count(open_count, 'open item')}{less}",
        ),
        KeyFigure(
            "Late",
            wording.whole_money(now["overdue_amount"], currency),
            _change(now["overdue_amount"] - before["overdue_amount"], since, money_of(currency)),
            _tone(now["overdue_amount"] - before["overdue_amount"]),
            f"{wording.share(now['overdue_amount'], now['open_amount'])} of what is open",
        ),
        KeyFigure(
            words,
            wording.whole_money(old, currency),
            _change(old - old_before, since, money_of(currency)),
            _tone(old - old_before),
            f"{wording.share(old, now['open_amount'])} of what is open",
        ),
        _dso_figure(now, before, since),
    ]


def _dso_figure(now: Row, before: Row, since: str) -> KeyFigure:
    label = "Days to be paid (DSO)"
    if now["dso_days"] is None:
        return KeyFigure(label, wording.UNDEFINED, context=f"nothing was invoiced in {now['period_days']} days")
    context = f"{wording.days(now['best_possible_dso_days'])} if all paid on time"
    if not now["has_whole_period"]:
        context += f"; too many, since invoices go back less than {now['period_days']} days"
    if before["dso_days"] is None:
        return KeyFigure(label, wording.days(now["dso_days"]), context=context)
    moved = Decimal(round(now["dso_days"]) - round(before["dso_days"]))
    return KeyFigure(label, wording.days(now["dso_days"]), _change(moved, since, wording.days), _tone(moved), context)


def _change(
    moved: Decimal, since: str, words: Callable[[Decimal], str], more_less: tuple[str, str] = ("worse", "better")
) -> str:
    """Say how far a figure moved since a month: an arrow, the distance, and whether that is worse."""
    if moved == 0:
        return f"as in {since}"
    arrow, word = ("▲", more_less[0]) if moved > 0 else ("▼", more_less[1])
    return f"{arrow} {words(abs(moved))} {word} than {since}"


def _tone(moved: Decimal) -> Tone:
    return "same" if moved == 0 else "worse" if moved > 0 else "better"


def money_of(currency: str) -> Callable[[Decimal], str]:
    """Give what writes a headline amount of that currency."""
    return lambda amount: wording.whole_money(amount, currency)


def _oldest_by_currency(page: Page, aging_trend: Table) -> dict[str, tuple[str, Decimal, Decimal]]:
    """Give name, amount now and amount at the month end before of the oldest bucket, a currency."""
    found = {}
    for currency, rows in page.by_currency(aging_trend):
        worst = max(row["bucket_number"] for row in rows)
        oldest = sorted((row for row in rows if row["bucket_number"] == worst), key=lambda row: row["month_end"])
        now, before = oldest[-1], oldest[-2] if len(oldest) > 1 else oldest[-1]
        words = f"{page.bucket_words(now['bucket'])} days late"
        found[currency] = (words, now["open_amount"], before["open_amount"])
    return found


def bridge(page: Page, *, rollforward: Table) -> Html:
    """Give how the balance moved since the month end before: it adds up to the cent, and says so."""
    parts = [_bridge(page, rows, currency) for currency, rows in page.by_currency(rollforward)]
    return present.stack([*parts, present.source("rollforward")]) if parts else present.note("Nothing has moved.")


def _bridge(page: Page, rows: Sequence[Row], currency: str) -> Html:
    month = rows[-1]
    start = wording.day(rows[-2]["month_end"]) if len(rows) > 1 else "the start"
    steps = (
        ("Invoiced", month["invoiced_amount"], "quiet"),
        ("Collected", -month["collected_amount"], "p0"),
        ("Credited", -month["credited_amount"], "p1"),
        ("Written off", -month["written_off_amount"], "p3"),
        ("Paid back or bounced", month["refunded_amount"], "p2"),
    )
    opening, closing = month["opening_balance"], month["closing_balance"]
    listed = [_whole_bar(f"Owed at {start}", opening, currency)]
    reached = opening
    for label, amount, tone in steps:
        words = wording.signed(amount, currency) if amount else wording.money(ZERO, currency)
        listed.append(Bar(label, amount, words, tone=tone, start=reached))
        reached += amount
    listed.append(_whole_bar(f"Owed at {wording.day(month['month_end'])}", closing, currency))
    proof = (
        present.note("The lines add up to the cent.", tone="good")
        if reached == closing
        else present.note(
            f"The lines miss the balance by {wording.money(closing - reached, currency)}.", tone="warning"
        )
    )
    caption = page.title("From one month end to the next", currency)
    return join((present.bars(listed, caption=caption), proof))


def _whole_bar(label: str, amount: Decimal, currency: str) -> Bar:
    return Bar(label, amount, wording.money(amount, currency), tone="total", is_total=True)


def aging_bars(page: Page, *, aging_trend: Table, tie_out: Table) -> Html:
    """Give the open money by how late it is, every bucket, and beside them what clients have paid ahead."""
    unapplied = {row["currency"]: row["unapplied_amount"] for row in tie_out.dicts()}
    parts = [
        _aging_bars(page, rows, currency, unapplied.get(currency, ZERO))
        for currency, rows in page.by_currency(aging_trend)
    ]
    return (
        present.stack([*parts, present.source("aging_trend", "tie_out")]) if parts else present.note("Nothing is open.")
    )


def _aging_bars(page: Page, rows: Sequence[Row], currency: str, unapplied: Decimal) -> Html:
    now = sorted((row for row in rows if row["month_end"] == page.day), key=lambda row: row["bucket_number"])
    total = sum((row["open_amount"] for row in now), ZERO)
    listed = [
        Bar(
            page.bucket_words(row["bucket"]) + (" days" if row["bucket_number"] else ""),
            row["open_amount"],
            wording.money(row["open_amount"], currency),
            wording.share(row["open_amount"], total) if total else "",
            bucket_tone(row["bucket_number"], len(now)),
        )
        for row in now
    ]
    said = f"{wording.money(total, currency)} is open on invoices."
    if unapplied:
        said += f" Clients have also paid ahead, or been credited, {wording.money(unapplied, currency)}:"
        said += f" less that, {wording.money(total - unapplied, currency)} is owed to you."
    return join((present.bars(listed, caption=page.title("Open money by days late", currency)), present.note(said)))


def largest_clients(page: Page, *, balances: Table) -> Html:
    """Give the clients that owe most, with their share of all that is owed."""
    parts = [_largest_clients(page, rows, currency) for currency, rows in page.by_currency(balances)]
    listed = [part for part in parts if part is not None]
    return present.stack([*listed, present.source("balances")]) if listed else present.note("No client owes anything.")


def _largest_clients(page: Page, rows: Sequence[Row], currency: str) -> Html | None:
    owing = sorted((row for row in rows if row["balance"] > 0), key=lambda row: (-row["balance"], row["client"]))
    if not owing:
        return None
    total = sum((row["balance"] for row in owing), ZERO)
    top = owing[:TOP_CLIENTS]
    held = wording.share(sum((row["balance"] for row in top), ZERO), total)
    listed = [
        Bar(
            page.client(row["client"]).name,
            row["balance"],
            wording.money(row["balance"], currency),
            wording.share(row["balance"], total),
            late=min(row["overdue_amount"], row["balance"]),
            under=f"{wording.whole_money(row['overdue_amount'], currency)} late" if row["overdue_amount"] else "",
        )
        for row in top
    ]
    caption = f"The {len(top)} largest of {len(owing)} clients that owe: {held} of the money"
    if len(top) == len(owing):
        caption = "Every client that owes"
    return present.bars(listed, caption=page.title(caption, currency), columns=("Client", "Balance", "Share"))


def lateness(page: Page, *, lateness: Table, balances: Table) -> Html:
    """Give how each client pays, the latest payers by money first; only those with anything due."""
    overdue = {(row["client"], row["currency"]): row["overdue_amount"] for row in balances.dicts()}
    parts = [_lateness(page, rows, currency, overdue) for currency, rows in page.by_currency(lateness)]
    if not parts:
        return present.note("No invoice has come due yet.")
    return present.stack([*parts, present.source("lateness", "balances")])


def _lateness(page: Page, rows: Sequence[Row], currency: str, overdue: Mapping[tuple[str, str], Decimal]) -> Html:
    due = [row for row in rows if row["due_count"]]
    ordered = sorted(due, key=lambda row: (-(row["weighted_days_late"] or 0), row["client"]))
    columns = (
        Column("Client"),
        Column("Due", "number"),
        Column("On time", "number"),
        Column("Typically", "number"),
        Column("By amount", "number"),
        Column("Trend", "number"),
        Column("Late now", "number"),
    )
    listed = [_lateness_row(page, row, currency, overdue.get((row["client"], currency), ZERO)) for row in ordered]
    first, rest = listed[:CLIENTS_SHOWN], listed[CLIENTS_SHOWN:]
    shown = present.table(columns, first, caption=page.title("The latest payers first", currency))
    if not rest:
        return shown
    others = f"The other {wording.count(len(rest), 'client')}"
    return join((shown, present.details(others, present.table(columns, rest, caption=page.title(others, currency)))))


def _lateness_row(page: Page, row: Row, currency: str, overdue: Decimal) -> list[Cell | Html | str]:
    at_least = "at least " if row["open_count"] else ""
    return [
        page.client(row["client"]).name,
        Cell(wording.count(row["due_count"], "invoice"), row["due_count"]),
        Cell(wording.percent(row["on_time_rate"]), row["on_time_rate"]),
        Cell(lateness_words(row["median_days_late"]), row["median_days_late"]),
        Cell(at_least + lateness_words(row["weighted_days_late"]), row["weighted_days_late"]),
        Cell(_trend_words(row["trend_days_per_year"]), row["trend_days_per_year"]),
        Cell(wording.money(overdue, currency), overdue),
    ]


def lateness_words(value: float | None) -> str:
    """Say how late: 12 days late, 3 days early, on the day."""
    if value is None:
        return wording.UNDEFINED
    whole = round(value)
    if whole == 0:
        return "on the day"
    return f"{wording.days(abs(whole))} {'late' if whole > 0 else 'early'}"


def _trend_words(value: float | None) -> str:
    if value is None:
        return "too few to say"
    whole = round(value)
    if whole == 0:
        return "steady"
    return f"{wording.days(abs(whole))} a year {'later' if whole > 0 else 'sooner'}"


def dso_parts(page: Page, *, dso: Table) -> Html:
    """Give the parts each DSO of the last month ends is made of."""
    columns = [
        Column("Month end"),
        *(Column(label, "number") for label in ("Open", "Invoiced", "DSO", "Countback", "All on time", "Delinquent")),
    ]
    parts = [
        present.table(
            columns,
            [_dso_row(row, currency) for row in reversed(rows)],
            caption=page.title("DSO and its parts", currency),
            is_sortable=False,
        )
        for currency, rows in page.by_currency(dso)
    ]
    return present.details("The numbers", *parts, present.source("dso"))


def _dso_row(row: Row, currency: str) -> list[Cell | Html | str]:
    days = ("dso_days", "countback_dso_days", "best_possible_dso_days", "average_days_delinquent")
    return [
        Cell(wording.day(row["month_end"]), row["month_end"].isoformat()),
        Cell(wording.money(row["open_amount"], currency), row["open_amount"]),
        Cell(wording.money(row["billed_amount"], currency), row["billed_amount"]),
        *(Cell(wording.days(row[column]), row[column]) for column in days),
    ]


def aging_numbers(page: Page, *, aging_trend: Table) -> Html:
    """Give the amounts behind the picture of aging through time."""
    parts = [_aging_numbers(page, rows, currency) for currency, rows in page.by_currency(aging_trend)]
    return present.details("The numbers", *parts, present.source("aging_trend"))


def _aging_numbers(page: Page, rows: Sequence[Row], currency: str) -> Html:
    buckets = dict(sorted({(row["bucket_number"], row["bucket"]) for row in rows}))
    amounts = {(row["month_end"], row["bucket_number"]): row["open_amount"] for row in rows}
    columns = [Column("Month end"), *(Column(page.bucket_words(bucket), "number") for bucket in buckets.values())]
    listed: Iterable[Sequence[Cell | Html | str]] = (
        [
            Cell(wording.day(end), end.isoformat()),
            *(Cell(wording.money(amounts[end, number], currency), amounts[end, number]) for number in buckets),
        ]
        for end in sorted({row["month_end"] for row in rows}, reverse=True)
    )
    return present.table(
        columns, listed, caption=page.title("Open at each month end, by days late", currency), is_sortable=False
    )
