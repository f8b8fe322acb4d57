"""Interest and fixed sums of drawn debts against a count day by day, for each way a law takes its rate and rounds."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawn import books_of

# late_interest.toml: enterprise.gov.ie for the ECB, payontime.co.uk and regfollower.com for the Bank of England.
RATES = {
    "ECB": {(2023, 1): "0.025", (2023, 7): "0.04", (2024, 1): "0.045", (2024, 7): "0.0425"},
    "BOE": {(2023, 1): "0.035", (2023, 7): "0.05", (2024, 1): "0.0525", (2024, 7): "0.0525"},
}
LAST_DAY = date(2024, 12, 31)


@dataclass(frozen=True)
class Law:
    """A rule of late_interest.toml, written down once more."""

    country: str
    currency: str
    series: str
    margin: str
    fixing: str
    is_daily: bool
    sums: tuple[tuple[str, str], ...]

    def rate(self, day: date) -> Decimal:
        """The yearly rate of the half-year of that day."""
        return Decimal(RATES[self.series][day.year, 1 if day.month <= 6 else 7]) + Decimal(self.margin)

    def fixed_sum(self, late: Decimal) -> Decimal:
        """The fixed sum on what was late."""
        return Decimal([fixed for debt_from, fixed in self.sums if late >= Decimal(debt_from)][-1])


LAWS = (
    Law("GB", "GBP", "BOE", "0.08", "start", True, (("0", "40"), ("1000", "70"), ("10000", "100"))),
    Law("FR", "EUR", "ECB", "0.10", "each", False, (("0", "40"),)),
    Law("IE", "EUR", "ECB", "0.08", "payment", False, (("0", "40"), ("1000.01", "70"), ("10000.01", "100"))),
)
DAYS = st.one_of(st.sampled_from((0, 1)), st.integers(-6, 150))
CREDITS = st.lists(
    st.tuples(
        st.sampled_from(("payment", "payment", "credit_note", "write_off", "journal_credit")),
        DAYS,
        st.sampled_from(("0.25", "0.5", "1")),
    ),
    max_size=3,
)
AMOUNTS = st.sampled_from(("999.99", "1000.00", "1000.01", "10000.00", "12345.67"))


def cents(amount: Decimal) -> Decimal:
    """Half a cent goes up, as on paper."""
    return amount.quantize(Decimal("0.01"), ROUND_HALF_UP)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.country)
@settings(max_examples=12, deadline=None)
@given(due=st.dates(date(2023, 1, 10), date(2024, 8, 1)), drawn=CREDITS, amount=AMOUNTS, late_days=st.integers(0, 150),
       waived_after=st.none() | DAYS)  # fmt: skip
def test_a_claim_is_what_a_count_day_by_day_gives(
    tmp_path_factory: pytest.TempPathFactory,
    law: Law,
    due: date,
    drawn: list[tuple[str, int, str]],
    amount: str,
    late_days: int,
    waived_after: int | None,
) -> None:
    as_of = min(due + timedelta(days=late_days), LAST_DAY)
    credits = taken(drawn, Decimal(amount), due)
    waived_on = None if waived_after is None else due + timedelta(days=waived_after)
    folder = tmp_path_factory.mktemp("law")
    policy = f'[firm]\ncountry = "{law.country}"\n'
    claims = books_of(folder, str(as_of), policy=policy, **books(law, due, credits, amount, waived_on))
    columns = ("interest_amount", "fixed_amount", "waived_amount", "claim_amount")
    seen = [credit for credit in credits if credit[1] <= as_of]
    waived_on = waived_on if waived_on and due < waived_on <= as_of else None
    expected = counted(law, due, as_of, seen, Decimal(amount), waived_on)
    assert [tuple(row[column] for column in columns) for row in claims.show("late_interest")] == expected


def taken(drawn: list[tuple[str, int, str]], left: Decimal, due: date) -> list[tuple[str, date, Decimal]]:
    """The credits as (kind, day, amount): each takes its share of what those before it left."""
    credits = []
    for kind, day, share in drawn:
        part = cents(left * Decimal(share))
        if part > 0:
            credits.append((kind, due + timedelta(days=day), part))
            left -= part
    return credits


def books(law: Law, due: date, credits: list[tuple[str, date, Decimal]], amount: str, waived_on: date | None) -> Any:
    """The tables to draw: one invoice issued ten days before it is due, and what became of it."""
    columns = "document_id  kind  client  document_date  due_date  amount  currency"
    rows = [f"I  invoice  Acme  {due - timedelta(days=10)}  {due}  {amount}  {law.currency}"]
    rows += [f"C{n}  {kind}  Acme  {day}  -  {part}  {law.currency}" for n, (kind, day, part) in enumerate(credits)]
    matches = [f"I  C{n}  {part}" for n, (_, _, part) in enumerate(credits)]
    tables = {"documents": "\n".join([columns, *rows])}
    if matches:
        tables["allocations"] = "\n".join(["debit_id  credit_id  amount", *matches])
    if waived_on:
        tables["contacts"] = f"client  document_id  date  kind  outcome\n Acme  I  {waived_on}  note  interest waived"
    return tables


def counted(
    law: Law,
    due: date,
    as_of: date,
    credits: list[tuple[str, date, Decimal]],
    amount: Decimal,
    waived_on: date | None,
) -> list[tuple[Decimal, ...]]:
    """Interest, fixed sum, what of both is waived, and the claim; nothing where nothing was late."""
    money = [(day, part) for kind, day, part in credits if kind in ("payment", "write_off")]
    late = amount - sum(part for _, _, part in credits) + sum(part for day, part in money if day > due)
    if as_of <= due or late <= 0:
        return []
    after = [(day, part) for day, part in money if day > due]
    interest = waived = Decimal(0)
    for day in (due + timedelta(days=number) for number in range(1, (as_of - due).days + 1)):
        owed = [(paid_on, part) for paid_on, part in after if paid_on >= day]
        owed.append((as_of, late - sum(part for _, part in after)))
        if law.fixing == "payment":
            accrued = sum((part * law.rate(paid_on) / 365 for paid_on, part in owed), Decimal(0))
        else:
            rate = law.rate(day if law.fixing == "each" else due + timedelta(days=1))
            accrued = sum(part for _, part in owed) * rate / 365
        accrued = cents(accrued) if law.is_daily else accrued
        interest += accrued
        waived += accrued if waived_on and day <= waived_on else 0
    fixed = law.fixed_sum(late)
    waived_amount = cents(waived) + fixed if waived_on else Decimal(0)
    return [(cents(interest), fixed, waived_amount, cents(interest) + fixed - waived_amount)]
