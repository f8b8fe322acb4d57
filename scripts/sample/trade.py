"""The ordinary trade: what each client is billed month by month, and when and how it pays."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from sample.bills import Bill, Step
from sample.books import Line
from sample.calendar_days import FIRST_DAY, LAST_DAY, MONTHS, days_after, month_end, month_start, working_day
from sample.cast import Client
from sample.chance import CENT, Chance
from sample.lines import drawn_lines, gross

SEASON = (0.85, 0.90, 1.00, 1.05, 1.10, 1.05, 0.90, 0.85, 1.10, 1.15, 1.10, 0.95)  # January to December
GROWTH = 0.8  # from 40 % below the middle of the 36 months to 40 % above it
DISCOUNT = Decimal("0.05")  # for payment within ten days
WORK = (
    "Window lettering",
    "Brochure, 16 pages",
    "Shelving and counter",
    "Signage, entrance",
    "Menu boards",
    "Brand refresh, phase 1",
    "Brand refresh, phase 2",
    "Exhibition panels",
    "Site survey and drawings",
    "Packaging artwork",
    "Posters, run of 500",
    "Wall graphics, second floor",
    "Wayfinding, car park",
    "Annual report layout",
)


def ordinary_bills(client: Client, *, seed: int) -> list[Bill]:
    """Return the client's ordinary bills over the whole time, in order of date."""
    chance = Chance(seed, client.book, client.name)
    days = [day for month in range(MONTHS) for day in _billing_days(client, month, chance)]
    return [_bill(client, day, chance) for day in days if client.since <= day <= client.until]


def _billing_days(client: Client, month: int, chance: Chance) -> list[date]:
    first, last = month_start(month), month_end(month)
    if client.payer == "retainer":
        return [working_day(first)]
    share_of_time = month / (MONTHS - 1)
    expected = client.pace * (1 + GROWTH * (share_of_time - 0.5)) * SEASON[first.month - 1]
    number = int(expected + chance.share())
    days = {working_day(first + timedelta(days=chance.whole(0, 27))) for _ in range(number)}
    return sorted(day for day in days if day <= last)


def _bill(client: Client, on: date, chance: Chance) -> Bill:
    memo = "Monthly retainer" if client.payer == "retainer" else chance.pick(WORK)
    lines: tuple[Line, ...] = ()
    if client.payer == "retainer":
        amount = Decimal(client.size) * Decimal("1.00")
    elif client.book == "xero":
        lines = drawn_lines(memo, client.size, chance)
        amount = gross(lines)
    else:
        amount = chance.money(client.size)
    due = on + timedelta(days=client.terms_days)
    steps = tuple(_settlement(client, on, due, amount, chance))
    return Bill(client, on, due, amount, memo, steps, lines=lines)


def _settlement(client: Client, on: date, due: date, amount: Decimal, chance: Chance) -> Iterator[Step]:
    """Draw what settles a bill; the stream is used alike whatever the amounts, so that stories can be rewritten."""
    if client.book == "quickbooks" and chance.happens(0.018):
        adjusted = (amount * Decimal(chance.whole(5, 25)) / 100).quantize(CENT)
        yield Step("credit_note", days_after(on, chance.whole(3, 10)), adjusted, "Price adjusted")
    if client.payer == "discount" and chance.happens(0.5):
        day = days_after(on, chance.whole(5, 8))
        yield Step("credit_note", day, (amount * DISCOUNT).quantize(CENT), "Early payment discount 5 %")
        yield Step("payment", day)
        return
    paid = max(days_after(due, days_late(client.payer, on, chance)), days_after(on, 1))
    if client.payer == "batch":
        paid = _pay_day(paid)
    if chance.happens(0.35 if client.payer == "parts" else 0.03):
        yield Step("payment", paid, (amount * Decimal(chance.whole(35, 60)) / 100).quantize(CENT))
        paid = days_after(paid, chance.whole(14, 34))
    yield Step("payment", paid)


def _pay_day(day: date) -> date:
    """Return the next 10th or 25th: the days on which a client with a bookkeeper of its own pays all that is due."""
    fixed = [day.replace(day=10), day.replace(day=25), (day.replace(day=28) + timedelta(days=13)).replace(day=10)]
    return working_day(next(each for each in fixed if each >= day))


# payer: (least, most) days after the due date, the middle the likeliest; then how often it takes (from, to) instead.
HABITS: dict[str, tuple[tuple[int, int], float, tuple[int, int]]] = {
    "early": ((-19, -6), 0.0, (0, 0)),
    "discount": ((-9, 1), 0.0, (0, 0)),
    "prompt": ((-11, 4), 0.02, (12, 25)),
    "retainer": ((-6, 3), 0.0, (0, 0)),
    "batch": ((-3, 7), 0.0, (0, 0)),
    "parts": ((-2, 16), 0.05, (20, 40)),
    "usual": ((-11, 9), 0.10, (17, 46)),
    "slow": ((-3, 24), 0.08, (30, 52)),
    "late": ((8, 46), 0.10, (50, 70)),
}


def days_late(payer: str, billed_on: date, chance: Chance) -> int:
    """Draw the days from due date to payment; negative is early. The worsening client gets slower by the month."""
    if payer == "worsening":
        share_of_time = (billed_on - FIRST_DAY).days / (LAST_DAY - FIRST_DAY).days
        return int(78 * share_of_time * share_of_time) + chance.around(-9, 3)
    (least, most), rarely, (longest_least, longest_most) = HABITS[payer]
    if chance.happens(rarely):
        return chance.whole(longest_least, longest_most)
    return chance.around(least, most)
