"""The blocks of the accountant's bad-debt summary, each from the rows of `bad_debts`."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from agingreport.reports import present, wording
from agingreport.reports.markup import Content, Html, join, tag
from agingreport.reports.page import Page
from agingreport.reports.present import Cell, Column, KeyFigure
from agingreport.table import Table

Row = Mapping[str, Any]
ZERO = Decimal(0)
NOTHING_TO_SHOW = "Nothing was written off in this year, nothing is proposed for it, and nothing came back."
PAPERS = (
    ("signed terms", "has_signed_terms"),
    ("contract", "has_contract"),
    ("invoice", "has_invoice"),
    ("delivery receipt", "has_delivery_receipt"),
)


def masthead(page: Page) -> Html:
    """Give the title, the tax year and the day up to which it is told."""
    return tag(
        "header",
        tag("h1", f"Bad debts of {page.day.year}"),
        tag("p", f"January 1 to {wording.day(page.day)}, {basis_words(page)}", class_="asof"),
    )


def basis_words(page: Page) -> str:
    """Say how the firm accounts: it is asked for and never inferred."""
    basis = page.books.policy.conventions.accounting_basis
    return f"accounts on the {basis} basis" if basis else "accounting basis unknown"


def headline(page: Page, *, bad_debts: Table) -> Html:
    """Give what was written off, what of it may be deducted, what is proposed, and what came back."""
    parts: list[Html] = []
    for currency, rows in page.by_currency(bad_debts):
        parts.append(present.heading(page.currency_heading(currency)))
        parts.append(present.key_figures(_figures(rows, currency)))
    if not parts:
        return present.note(NOTHING_TO_SHOW)
    if page.books.policy.conventions.accounting_basis is None:
        ask = 'Put accounting_basis = "cash" or "accrual" into the policy: without it no deduction can be said.'
        parts.append(present.note(ask, tone="warning"))
    return present.stack([*parts, present.source("bad_debts")])


def _figures(rows: Sequence[Row], currency: str) -> list[KeyFigure]:
    lost = [row for row in rows if row["written_off_amount"]]
    proposed = [row for row in rows if row["proposed_amount"]]
    return [
        KeyFigure("Written off", _sum(lost, "written_off_amount", currency), context=wording.count(len(lost), "debt")),
        KeyFigure("Of it deductible", _sum(lost, "deductible_amount", currency), context=_unknown_words(lost)),
        KeyFigure(
            "Proposed", _sum(proposed, "proposed_amount", currency), context=wording.count(len(proposed), "debt")
        ),
        KeyFigure("Came back", _sum(rows, "recovered_amount", currency), context="after a write-off"),
    ]


def _sum(rows: Iterable[Row], column: str, currency: str) -> str:
    """Give the sum of what is known, or say that nothing of it is."""
    listed = list(rows)
    known = [row[column] for row in listed if row[column] is not None]
    if listed and not known:
        return wording.UNKNOWN
    return wording.money(sum(known, ZERO), currency)


def _unknown_words(rows: Sequence[Row]) -> str:
    unknown = sum(row["deductible_amount"] is None for row in rows)
    return f"of {wording.count(unknown, 'debt')} it is unknown" if unknown else "of every debt it is known"


def written_off(page: Page, *, bad_debts: Table) -> Html:
    """Give each debt that was written off in the year, with what may be deducted and by which rule."""
    columns = (
        Column("Client"),
        Column("Written off on"),
        Column("Written off", "number"),
        Column("Tax in it", "number"),
        Column("Deductible", "number"),
        Column("Why", "words"),
    )
    parts = [
        present.table(
            columns,
            [_written_off_row(page, row, currency) for row in rows if row["written_off_amount"]],
            caption=page.title("Written off in the year", currency),
        )
        for currency, rows in page.by_currency(bad_debts)
    ]
    return present.stack([*parts, present.source("bad_debts")])


def _written_off_row(page: Page, row: Row, currency: str) -> list[Cell | Content]:
    return [
        _who(page, row),
        Cell(wording.day(row["written_off_on"]), str(row["written_off_on"])),
        _money(row["written_off_amount"], currency),
        _money(row["written_off_tax_amount"], currency),
        _money(row["deductible_amount"], currency),
        _why(row),
    ]


def proposed(page: Page, *, bad_debts: Table) -> Html:
    """Give each debt that the decisions propose to write off, and what that would let the firm deduct."""
    columns = (
        Column("Client"),
        Column("Due"),
        Column("Proposed", "number"),
        Column("Deductible then", "number"),
        Column("Why", "words"),
    )
    parts = [
        present.table(
            columns,
            [_proposed_row(page, row, currency) for row in rows if row["proposed_amount"]],
            caption=page.title("Proposed to be written off", currency),
        )
        for currency, rows in page.by_currency(bad_debts)
    ]
    return present.stack([*parts, present.source("bad_debts", "decisions")])


def _proposed_row(page: Page, row: Row, currency: str) -> list[Cell | Content]:
    return [
        _who(page, row),
        Cell(wording.day(row["due_date"]), str(row["due_date"])),
        _money(row["proposed_amount"], currency),
        _money(row["proposed_deductible_amount"], currency),
        _why(row),
    ]


def recovered(page: Page, *, bad_debts: Table) -> Html:
    """Give what came back in the year on debts written off before."""
    columns = (Column("Client"), Column("Came back", "number"), Column("Written off before", "number"))
    parts = [
        present.table(
            columns,
            [
                [
                    _who(page, row),
                    _money(row["recovered_amount"], currency),
                    _money(row["earlier_written_off_amount"] + row["written_off_amount"], currency),
                ]
                for row in rows
                if row["recovered_amount"]
            ],
            caption=page.title("Came back after a write-off", currency),
        )
        for currency, rows in page.by_currency(bad_debts)
    ]
    return present.stack([*parts, present.source("bad_debts")])


def evidence(page: Page, *, bad_debts: Table) -> Html:
    """Give what is on file and on record for each debt; what is not known is said to be unknown."""
    columns = (
        Column("Client"),
        Column("Asked for it", "words"),
        Column("Last paid"),
        Column("On file", "words"),
        Column("Court of"),
    )
    rows = [_evidence_row(page, row) for row in bad_debts]
    listed = present.table(columns, rows, caption="Evidence for each debt")
    return present.stack([listed, present.source("bad_debts", "agreements", "contacts")])


def _evidence_row(page: Page, row: Row) -> list[Cell | Content]:
    return [
        _who(page, row),
        _asked_words(row),
        "never" if row["last_paid_on"] is None else wording.day(row["last_paid_on"]),
        _paper_words(row),
        row["jurisdiction"] or wording.UNKNOWN,
    ]


def _paper_words(row: Row) -> str:
    """Say what is on file, what is not, and of what it is not known: signed terms and invoice; no contract."""
    said = (("", True), ("not ", False), ("unknown: ", None))
    parts = [
        start + wording.listing(papers)
        for start, state in said
        if (papers := [words for words, column in PAPERS if row[column] is state])
    ]
    return "; ".join(parts)


def _asked_words(row: Row) -> str:
    asked = row["reminder_count"] + row["letter_count"]
    if not asked:
        return "nothing on record"
    first, last = wording.day(row["first_asked_on"]), wording.day(row["last_asked_on"])
    times = f"{wording.count(asked, 'time')}, {first if first == last else f'{first} to {last}'}"
    letters = f", {wording.count(row['letter_count'], 'formal letter')} among them" if row["letter_count"] else ""
    handed = f"; handed over {wording.day(row['handed_over_on'])}" if row["handed_over_on"] else ""
    return times + letters + handed


def to_find_out(page: Page, *, bad_debts: Table) -> Html:
    """Give what the accountant has to find out before signing, with the number of debts that wait for it."""
    del page
    asked = Counter(
        row["deduction_reason"].removeprefix("unknown: ")
        for row in bad_debts
        if row["deduction_reason"].startswith("unknown: ")
    )
    if not asked:
        return present.note("Nothing: every deduction follows from what is on record.", tone="good")
    words = (tag("li", f"{reason} ({wording.count(number, 'debt')})") for reason, number in asked.most_common())
    return tag("ul", *words, class_="mathjax_ignore")


def _who(page: Page, row: Row) -> Cell:
    name = page.client(row["client"]).name
    paper = f"{row['number'] or row['document_id']}, {wording.day(row['document_date'])}"
    return Cell(join((name, tag("span", paper, class_="under"))), name)


def _money(amount: Decimal | None, currency: str) -> Cell:
    return Cell(wording.money(amount, currency), amount)


def _why(row: Row) -> Html:
    source = tag("span", row["rule_source"], class_="under") if row["rule_source"] else None
    return join((row["deduction_reason"][:1].upper() + row["deduction_reason"][1:], source))
