"""The debts to act on: the few things to do this week, and the three lists with every reason."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from agingreport.reports import present, wording
from agingreport.reports.markup import Content, Html, join, tag
from agingreport.reports.page import Client, Page
from agingreport.reports.present import Action, Cell, Column, KeyFigure
from agingreport.table import Table

Row = Mapping[str, Any]
ZERO = Decimal(0)
ACTIONS_FIRST_CURRENCY = 5
ACTIONS_OTHER_CURRENCY = 1
WORTH_ASKING = ("chase", "agency or court")
NUMBERS = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}
ROWS_PER_LIST = 200  # a page of more is read by nobody; worklist.xlsx holds them all

VERBS = {
    "remind": "Send a reminder to",
    "call": "Call",
    "statement": "Send a statement to",
    "stop_work": "Stop work for",
    "demand_letter": "Send a formal letter to",
    "payment_plan": "Offer a payment plan to",
    "settle": "Offer a settlement to",
    "agency": "Hand over to an agency:",
    "small_claims": "File in small claims court against",
    "lawsuit": "See a lawyer about",
    "write_off": "Write off",
    "wait": "Wait for",
}
SHORT_VERBS = {
    "remind": "Remind",
    "call": "Call",
    "statement": "Statement",
    "stop_work": "Stop work",
    "demand_letter": "Formal letter",
    "payment_plan": "Payment plan",
    "settle": "Settle",
    "agency": "Agency",
    "small_claims": "Small claims",
    "lawsuit": "Lawsuit",
    "write_off": "Write off",
    "wait": "Wait",
}
LISTS = (
    ("chase", "To chase yourself"),
    ("agency or court", "For an agency or the court"),
    ("write off", "To write off"),
)
LEFT_ALONE = ("none", "Left alone for now")


def this_week(page: Page, *, decisions: Table) -> Html:
    """Give the few things to do, by the money they are expected to bring; all a client owes is one thing to do."""
    top: list[list[Row]] = []
    rest: list[list[Row]] = []
    for place, (_, rows) in enumerate(page.by_currency(decisions)):
        groups = _by_client([row for row in rows if row["list"] in WORTH_ASKING])
        wanted = ACTIONS_OTHER_CURRENCY if place else ACTIONS_FIRST_CURRENCY
        top += groups[:wanted]
        rest += groups[wanted:]
    if not top:
        return present.note("Nothing: no debt asks for a step now.")
    items = [_action(page.client(group[0]["client"]), group) for group in top]
    return present.stack([present.actions(items, stake=_stake(top, rest)), present.source("decisions")])


def _by_client(rows: Sequence[Row]) -> list[list[Row]]:
    """Group the debts by client and list, the most expected money first, and in each the debt that decides first."""
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in sorted(rows, key=_weight):
        groups.setdefault((row["client"], row["list"]), []).append(row)
    return sorted(groups.values(), key=lambda group: (-_expected(group), -_at_stake(group), group[0]["client"]))


def _weight(row: Row) -> tuple[Decimal, Decimal, str]:
    return (-(row["expected_net_amount"] or ZERO), -row["debt_amount"], row["document_id"])


def _expected(rows: Sequence[Row]) -> Decimal:
    return sum((row["expected_net_amount"] or ZERO for row in rows), ZERO)


def _at_stake(rows: Sequence[Row]) -> Decimal:
    return sum((row["debt_amount"] for row in rows), ZERO)


def _stake(top: Sequence[Sequence[Row]], rest: Sequence[Sequence[Row]]) -> Html:
    these = "this one" if len(top) == 1 else f"these {NUMBERS.get(len(top), str(len(top)))}"
    said = join((f"At stake in {these}: ", tag("strong", _money(top)), "."))
    if not rest:
        return said
    more = "one more thing" if len(rest) == 1 else f"{len(rest)} more things"
    return join((said, f" The lists below name {more} to do, over {_money(rest)}."))


def _money(groups: Sequence[Sequence[Row]]) -> str:
    """Give the debts of the groups, each currency for itself: $1,200 and €300."""
    sums: dict[str, Decimal] = {}
    for group in groups:
        currency = group[0]["currency"]
        sums[currency] = sums.get(currency, ZERO) + _at_stake(group)
    return wording.listing([wording.whole_money(amount, currency) for currency, amount in sums.items()])


def _action(client: Client, group: Sequence[Row]) -> Action:
    first = group[0]
    why = f"{invoice_words(first)}: {sentence(first['reason'], is_start=False)}"
    if len(group) > 1:
        oldest = max(row["days_past_due"] for row in group)
        why = f"{wording.count(len(group), 'late invoice')}, the oldest by {wording.days(oldest)}. {why}"
    return Action(
        verb=VERBS.get(first["route"], f"{route_words(first['route'])}:"),
        client=client.name,
        amount=wording.whole_money(_at_stake(group), first["currency"]),
        why=why,
        reach=_reach(client, first["route"]),
    )


def _reach(client: Client, route: str) -> str:
    found = (client.phone, client.email) if route == "call" else (client.email, client.phone)
    return next((way for way in found if way), "")


def invoice_words(row: Row) -> str:
    """Give the number on the paper, else the key of the document; a bare number says that it is one."""
    number = str(row["number"] or row["document_id"])
    return f"No. {number}" if number[:1].isdigit() else number


def sentence(text: str, *, is_start: bool = True) -> str:
    """Give the text with a full stop, and a capital where a sentence starts."""
    stripped = text.strip()
    first = stripped[:1].upper() if is_start else stripped[:1]
    return first + stripped[1:] + ("" if stripped.endswith((".", "!", "?")) or not stripped else ".")


def summary(page: Page, *, decisions: Table) -> Html:
    """Give the sums of the three lists, and of what is left alone."""
    parts = [
        _summary(page, rows, currency, is_small=place > 0)
        for place, (currency, rows) in enumerate(page.by_currency(decisions))
    ]
    return present.stack([*parts, present.source("decisions")]) if parts else present.note("No debt is late.")


def _summary(page: Page, rows: Sequence[Row], currency: str, *, is_small: bool) -> Html:
    figures = []
    for kind, label in (*LISTS, LEFT_ALONE):
        own = [row for row in rows if row["list"] == kind]
        if own:
            expected = _expected_words(own, currency) if kind in WORTH_ASKING else ""
            context = join_words(wording.count(len(own), "debt"), expected)
            figures.append(KeyFigure(label, wording.whole_money(_at_stake(own), currency), context=context))
        else:
            figures.append(KeyFigure(label, "nothing"))
    return join((present.heading(page.currency_heading(currency)), present.key_figures(figures, is_small=is_small)))


def _expected_words(rows: Sequence[Row], currency: str) -> str:
    if all(row["expected_net_amount"] is None for row in rows):
        return "unknown what they bring"
    return f"{wording.whole_money(_expected(rows), currency)} expected back"


def join_words(*parts: str) -> str:
    """Give the parts that say something, with commas between."""
    return ", ".join(part for part in parts if part)


def lists(page: Page, *, decisions: Table) -> Html:
    """Give the three lists: each debt with its amount, the step, the reason in words, and the runner-up.

    What is left alone for now (disputed, promised, on hold, too small) is a fourth, closed until asked for.
    """
    parts = [_list(page, rows, currency, kind) for kind in LISTS for currency, rows in page.by_currency(decisions)]
    alone = [_list(page, rows, currency, LEFT_ALONE) for currency, rows in page.by_currency(decisions)]
    if not parts:
        return present.stack([])
    return present.stack([*parts, present.details(f"{LEFT_ALONE[1]}, and why", *alone), present.source("decisions")])


def _list(page: Page, rows: Sequence[Row], currency: str, kind: tuple[str, str]) -> Html:
    caption = page.title(kind[1], currency)
    ordered = sorted((row for row in rows if row["list"] == kind[0]), key=_weight)
    columns = (
        Column("Client"),
        Column("Days late", "number"),
        Column("Debt", "number"),
        Column("What to do, and why", "words"),
        Column("Otherwise"),
    )
    shown = [_debt_row(page, row, currency) for row in ordered[:ROWS_PER_LIST]]
    debts = f"{caption}: {wording.count(len(ordered), 'debt')}, {wording.money(_at_stake(ordered), currency)}"
    listed = present.table(columns, shown, caption=debts if ordered else caption)
    rest = ordered[ROWS_PER_LIST:]
    if not rest:
        return listed
    left = f"{wording.count(len(rest), 'smaller debt')}, {wording.money(_at_stake(rest), currency)} in all"
    return join((listed, present.note(f"{left}, are in worklist.xlsx.")))


def _debt_row(page: Page, row: Row, currency: str) -> list[Cell | Content]:
    invoice = tag("span", f"{invoice_words(row)}, due {wording.day(row['due_date'])}", class_="under")
    name = page.client(row["client"]).name
    return [
        Cell(join((name, invoice)), name),
        Cell(str(row["days_past_due"]), row["days_past_due"]),
        Cell(join((wording.money(row["debt_amount"], currency), *_under_the_debt(row, currency))), row["debt_amount"]),
        join((tag("strong", route_words(row["route"]), _ordered(row)), sentence(row["reason"]))),
        _otherwise(row, currency),
    ]


def _under_the_debt(row: Row, currency: str) -> list[Html]:
    said = []
    if row["open_amount"] != row["debt_amount"]:
        said.append(f"of {wording.money(row['open_amount'], currency)} open")
    if row["list"] in WORTH_ASKING:
        said.append(f"expected: {wording.money(row['expected_net_amount'], currency)}")
    return [tag("span", words, class_="under") for words in said]


def _otherwise(row: Row, currency: str) -> Content:
    if not row["runner_up"]:
        return "no other way is open"
    expected = wording.money(row["runner_up_net_amount"], currency)
    return join((route_words(row["runner_up"]), tag("span", f"expected: {expected}", class_="under")))


def route_words(route: str) -> str:
    """Give a route as a list names it: Small claims."""
    return SHORT_VERBS.get(route, route.replace("_", " ").capitalize())


def _ordered(row: Row) -> Html | None:
    return tag("span", ", as you ordered", class_="ordered") if row["overruled_by"] else None
