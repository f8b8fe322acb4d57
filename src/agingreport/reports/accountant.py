"""The blocks of the monthly report for the accountant: expected losses, movement, concentration, claims."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from agingreport.reports import present, wording
from agingreport.reports.markup import Html, join
from agingreport.reports.page import Page
from agingreport.reports.present import Cell, Column
from agingreport.table import Table

Row = Mapping[str, Any]
Line = list[Cell | Html | str]
ZERO = Decimal(0)
CLAIMS_SHOWN = 10
WORDS = ("new", "paid", "credited", "written off")


def provision(page: Page, *, provision: Table, allowance: Table) -> Html:
    """Give the provision matrix: what history says, what the firm adds, and what comes of it, bucket by bucket."""
    required = {row["currency"]: row for row in allowance.dicts()}
    parts = [
        (currency, _provision(page, rows, currency, required[currency]))
        for currency, rows in page.by_currency(provision)
    ]
    if not parts:
        return present.note("Nothing is open, so nothing need be provided for.")
    return present.stack([*_first_open(parts), present.source("provision", "allowance")])


def _first_open(parts: Sequence[tuple[str, Html]]) -> list[Html]:
    """Give the block of the first currency as it is, and those of the others closed until asked for."""
    return [part if not place else present.details(currency, part) for place, (currency, part) in enumerate(parts)]


def _provision(page: Page, rows: Sequence[Row], currency: str, allowance: Row) -> Html:
    columns = [
        Column("Days late"),
        *(Column(label, "number") for label in ("Open", "Lost before", "Added", "Rate", "Expected loss")),
        Column("Rests on", "words"),
    ]
    listed: list[Line] = [
        [
            page.bucket_words(row["bucket"]),
            Cell(wording.money(row["gross_amount"], currency), row["gross_amount"]),
            *(Cell(_known_rate(row[name]), row[name]) for name in ("historical_rate", "adjustment_rate", "loss_rate")),
            Cell(_known(row["allowance_amount"], currency), row["allowance_amount"]),
            "; ".join(filter(None, (row["rate_source"], row["adjustment_reason"]))),
        ]
        for row in rows
    ]
    caption = page.title("What of the open money must be expected to be lost", currency)
    return join((present.table(columns, listed, caption=caption, is_sortable=False), _allowance(allowance, currency)))


def _allowance(row: Row, currency: str) -> Html:
    if row["required_amount"] is None:
        said = "How much to provide for is unknown: too little history for the rate of a bucket with open money."
        return present.note(f"{said} The policy can give your own, with the reason, under [provision].", tone="warning")
    said = f"To provide for: {wording.money(row['required_amount'], currency)}."
    if row["booked_on"] is None:
        return present.note(f"{said} No allowance booked before is given in the policy to compare with.")
    booked = f"{wording.money(row['booked_amount'], currency)} was booked at {wording.day(row['booked_on'])}"
    expense = wording.signed(row["expense_amount"], currency)
    return present.note(f"{said} {booked}; with what was written off and recovered since, book {expense}.")


def _known(amount: Decimal | None, currency: str) -> str:
    return "unknown" if amount is None else wording.money(amount, currency)


def _known_rate(rate: float | None) -> str:
    return "unknown" if rate is None else wording.rate(rate)


def movement(page: Page, *, transitions: Table) -> Html:
    """Give what becomes of the money in each bucket within a month, as shares of what was in it."""
    parts = [(currency, _movement(page, rows, currency)) for currency, rows in page.by_currency(transitions)]
    if not parts:
        return present.note("No whole month has passed yet.")
    return present.stack([*_first_open(parts), present.source("transitions")])


def _movement(page: Page, rows: Sequence[Row], currency: str) -> Html:
    shares = {(row["from_number"], row["to_number"]): row["moved_share"] for row in rows}
    sources = dict(sorted({(row["from_number"], row["from_state"]) for row in rows}))
    targets = dict(sorted({(row["to_number"], row["to_state"]) for row in rows}))
    columns = [Column("At a month end"), *(Column(_state(page, state), "number") for state in targets.values())]
    listed: list[Line] = [
        [_state(page, state), *(Cell(_share(shares[number, target])) for target in targets)]
        for number, state in sources.items()
        if any(shares[number, target] is not None for target in targets)
    ]
    months = wording.count(max(row["month_count"] for row in rows), "whole month")
    caption = page.title(f"Where the money of one month end is at the next, over {months}", currency)
    return present.table(columns, listed, caption=caption, is_sortable=False)


def _state(page: Page, state: str) -> str:
    """Say a bucket as an owner does; new, and the exits, are words already."""
    return state.capitalize() if state in WORDS else page.bucket_words(state)


def _share(value: float | None) -> str:
    return wording.percent(value) if value else ""


def concentration(page: Page, *, concentration: Table) -> Html:
    """Give how much hangs on few clients, of what is open and of what is late, each parent with those below it."""
    columns = [
        Column("Of what is"),
        *(
            Column(label, "number")
            for label in ("Clients", "Largest", "Five largest", "Ten largest", "HHI", "As many as")
        ),
    ]
    parts = []
    for currency, rows in page.by_currency(concentration):
        listed: list[Line] = [
            [
                {"open": "Open", "overdue": "Late"}[row["measure"]],
                Cell(f"{row['client_count']:,}", row["client_count"]),
                *(
                    Cell(wording.percent(row[name]), row[name])
                    for name in ("top_one_share", "top_five_share", "top_ten_share")
                ),
                Cell(f"{row['hhi']:,.0f}", row["hhi"]),
                Cell(f"{row['effective_client_count']:,.1f} of one size", row["effective_client_count"]),
            ]
            for row in rows
            if row["counted_by"] == "group"
        ]
        caption = page.title("How much hangs on few clients", currency)
        parts.append(present.table(columns, listed, caption=caption, is_sortable=False))
    return (
        present.stack([*parts, present.source("concentration")]) if parts else present.note("No client owes anything.")
    )


def late_interest(page: Page, *, claims: Table) -> Html:
    """Give what may be claimed for late payment, the largest first, and how many claims are unknown and why."""
    parts = [_late_interest(page, rows, currency) for currency, rows in page.by_currency(claims)]
    if not parts:
        return present.note("Nothing was ever late, so there is nothing to claim.")
    return present.stack([*parts, present.source("late_interest_by_client", "late_interest")])


def _late_interest(page: Page, rows: Sequence[Row], currency: str) -> Html:
    claimed = sorted(
        (row for row in rows if row["claim_amount"] > 0), key=lambda row: (-row["claim_amount"], row["client"])
    )
    total = sum((row["claim_amount"] for row in claimed), ZERO)
    unknown = sum(row["unknown_count"] for row in rows)
    columns = [
        Column("Client"),
        *(Column(label, "number") for label in ("Late debts", "Interest", "Fixed sums", "Claim")),
    ]
    listed: list[Line] = [
        [
            page.client(row["client"]).name,
            Cell(f"{row['debt_count'] - row['unknown_count']:,}"),
            *(Cell(wording.money(row[name], currency)) for name in ("interest_amount", "fixed_amount", "claim_amount")),
        ]
        for row in claimed[:CLAIMS_SHOWN]
    ]
    more = f", the {len(listed)} largest of {len(claimed)} clients" if len(claimed) > len(listed) else ""
    caption = page.title(f"What the law or your terms let you claim for late payment{more}", currency)
    said = f"{wording.money(total, currency)} in all; it is in none of the balances above."
    shown = (present.table(columns, listed, caption=caption, is_sortable=False), present.note(said)) if claimed else ()
    return present.stack([*shown, _unknown_claims(page, rows, unknown, currency) if unknown else None])


def _unknown_claims(page: Page, rows: Sequence[Row], unknown: int, currency: str) -> Html:
    reasons = "; ".join(sorted({row["reason"] for row in rows if row["reason"]}))
    what = page.title("What may be claimed for late payment", currency)
    return present.note(f"{what}: unknown for {wording.count(unknown, 'late debt')} ({reasons}).")
