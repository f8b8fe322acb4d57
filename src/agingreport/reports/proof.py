"""Why the figures of a report can be trusted: that they tie, what they rest on, and what is doubtful."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

from agingreport import __version__
from agingreport.reports import present, wording
from agingreport.reports.markup import Content, Html, join, tag
from agingreport.reports.page import Page
from agingreport.reports.present import Cell, Column
from agingreport.table import Table

Row = Mapping[str, Any]
FLOWS = ("invoiced_amount", "collected_amount", "credited_amount", "written_off_amount", "refunded_amount")
FATES = ("rows_new", "rows_unchanged", "rows_changed", "rows_skipped", "rows_refused")
HASH_LENGTH = 12
FINDINGS_SHOWN = 50


def tie_out(page: Page, *, tie_out: Table) -> Html:
    """Give the same total counted in several ways, and whether they agree."""
    parts = [_tie_out(page, rows[0], currency) for currency, rows in page.by_currency(tie_out)]
    return present.stack([*parts, present.source("tie_out")]) if parts else present.note("There is nothing to tie.")


def _tie_out(page: Page, row: Row, currency: str) -> Html:
    lines = [
        ("Sum of the aging buckets", row["bucket_amount"]),
        ("Sum of the open items", row["open_amount"]),
        ("less what clients have paid ahead", -row["unapplied_amount"]),
        ("Balance", row["balance"]),
        ("All debits less all credits", row["document_balance"]),
        ("Closing balance of the roll-forward", row["rolled_balance"]),
        ("Your own books", row["control_balance"]),
    ]
    listed = [(label, Cell(_control_words(amount, currency), amount)) for label, amount in lines]
    shown = present.table(
        [Column("Counted as"), Column("Amount", "number")],
        listed,
        caption=page.title("One total, counted in different ways", currency),
        is_sortable=False,
    )
    return join((shown, _verdict(row, currency)))


def _control_words(amount: Decimal | None, currency: str) -> str:
    return "not given" if amount is None else wording.money(amount, currency)


def _verdict(row: Row, currency: str) -> Html:
    if row["difference"]:
        apart = wording.money(row["difference"], currency)
        return present.note(f"The totals do not agree: they are {apart} apart.", tone="warning")
    if row["control_balance"] is None:
        return present.note(
            "The totals agree to the cent. No balance of your own books was given to compare with.", tone="good"
        )
    if row["control_difference"]:
        apart = wording.signed(row["control_difference"], currency)
        return present.note(
            f"The totals agree with each other, and differ from your own books by {apart}.", tone="warning"
        )
    return present.note("The totals agree with each other and with your own books, to the cent.", tone="good")


def rollforward(page: Page, *, rollforward: Table) -> Html:
    """Give the movement of every month, and whether each adds up and opens where the one before closed."""
    parts = [_rollforward(page, rows, currency) for currency, rows in page.by_currency(rollforward)]
    return present.stack([*parts, present.source("rollforward")] if parts else [])


def _rollforward(page: Page, rows: Sequence[Row], currency: str) -> Html:
    labels = ("Opening", "Invoiced", "Collected", "Credited", "Written off", "Paid back", "Closing")
    columns = [Column("Month to"), *(Column(label, "number") for label in labels)]
    names = ("opening_balance", *FLOWS, "closing_balance")
    listed = [
        [
            Cell(wording.day(row["month_end"]), row["month_end"].isoformat()),
            *(Cell(wording.money(row[name], currency), row[name]) for name in names),
        ]
        for row in reversed(rows)
    ]
    caption = page.title("Opening + invoiced − collected − credited − written off + paid back = closing", currency)
    return join(
        (
            _rolls(rows, currency),
            present.details("Every month", present.table(columns, listed, caption=caption, is_sortable=False)),
        )
    )


def _rolls(rows: Sequence[Row], currency: str) -> Html:
    broken = [row for row in rows if _miss(row)]
    gaps = [late for early, late in pairwise(rows) if early["closing_balance"] != late["opening_balance"]]
    if not broken and not gaps:
        said = f"Each of the {wording.count(len(rows), 'month')} up to this day adds up to the cent"
        return present.note(f"{said} and opens where the one before closed ({currency}).", tone="good")
    days = wording.listing([wording.day(row["month_end"]) for row in (*broken, *gaps)])
    return present.note(f"The roll-forward does not add up at {days} ({currency}).", tone="warning")


def _miss(row: Row) -> Decimal:
    invoiced, collected, credited, written_off, refunded = (row[name] for name in FLOWS)
    missed: Decimal = row["opening_balance"] + invoiced - collected - credited - written_off + refunded
    missed -= row["closing_balance"]
    return missed


def sources(*, sources: Table) -> Html:
    """Give what became of every row of every file the figures rest on: none is lost in silence."""
    rows = sources.dicts()
    if not rows:
        return present.note("No file has been loaded yet.")
    columns = [
        Column("File"),
        Column("Read as"),
        *(Column(label, "number") for label in ("Rows", "New", "Known", "Changed", "Skipped", "Refused")),
    ]
    listed = [_source_row(row) for row in rows]
    table = present.table(columns, listed, caption="Files loaded, and what became of each row")
    return present.stack([_rows_accounted(rows), present.details("Every file", table), present.source("sources")])


def _source_row(row: Row) -> list[Cell | Content]:
    print_of = tag("span", f"SHA-256 {row['sha256'][:HASH_LENGTH]}…", class_="under")
    counts = [Cell(f"{row[name]:,}", row[name]) for name in ("rows_read", *FATES)]
    return [Cell(join((row["file_name"], print_of)), row["file_name"]), row["reader"], *counts]


def _rows_accounted(rows: Sequence[Row]) -> Html:
    read, new, known, changed, skipped, refused = (sum(row[name] for row in rows) for name in ("rows_read", *FATES))
    told = f"{new:,} new + {known:,} known already + {changed:,} changed"
    fates = f"{told} + {skipped:,} passed over by rule + {refused:,} refused"
    said = f"{wording.count(len(rows), 'file')}, {read:,} rows = {fates}."
    if read != new + known + changed + skipped + refused:
        return present.note(f"The rows of the files are not all accounted for: {said}", tone="warning")
    if refused:
        return present.note(f"{said} 'agingreport show rejects' lists the refused rows whole.", tone="warning")
    return present.note(said, tone="good")


def findings(page: Page, *, findings: Table) -> Html:
    """Give what the audits found: each problem with what to do about it, the worst first."""
    columns = [Column("What"), Column("Weight"), Column("Seen", "words"), Column("What to do", "words")]
    rows = findings.dicts()
    listed = [
        [
            Cell(
                join((_subject(page, row), tag("span", row["check"].replace("_", " "), class_="under"))), row["subject"]
            ),
            row["severity"],
            row["detail"],
            row["remedy"],
        ]
        for row in rows[:FINDINGS_SHOWN]
    ]
    caption = "What the checks found" + (f": {wording.count(len(rows), 'finding')}" if rows else "")
    table = present.table(columns, listed, caption=caption, empty="nothing, every check passes.")
    left = len(rows) - FINDINGS_SHOWN
    more = present.note(f"{wording.count(left, 'more finding')}: 'agingreport check' lists all.") if left > 0 else None
    return present.stack([table, more])


def _subject(page: Page, row: Row) -> Content:
    return page.client(row["client"]).name if row["client"] else str(row["subject"])


def conventions(page: Page) -> Html:
    """Give how the figures were counted, as the policy says."""
    chosen = page.books.policy.conventions
    ages = "its due date" if chosen.aging_basis == "due_date" else "its document date"
    counts = (
        "the later of the dates of payment and invoice"
        if chosen.allocation_effective == "document"
        else "the day it was matched with the invoice"
    )
    return present.definitions(
        [
            ("As of", f"the close of {wording.day(page.day)}; what happened later is not in here"),
            ("An invoice ages from", ages),
            ("A payment counts from", counts),
            ("DSO looks back", f"{wording.days(chosen.dso_period_days)} of invoices"),
            ("Too small to chase", f"under {chosen.minimum_chase_amount:,.2f}; it stays in every total"),
            (
                "Currencies",
                "never added to each other; "
                + (
                    f"{chosen.reporting_currency} comes first"
                    if chosen.reporting_currency
                    else "none was named as the reporting currency"
                ),
            ),
        ]
    )


def provenance(page: Page, *, policy: str) -> Html:
    """Give what would make this very report again: day, policy and version; the files are listed above."""
    known = page.books.known_on
    return present.definitions(
        [
            ("Day", page.day.isoformat()),
            ("As known", known.isoformat() if known else "with every load so far"),
            ("Policy", Path(policy).name if policy else "the shipped one"),
            ("Made by", f"agingreport {__version__}"),
        ]
    )
