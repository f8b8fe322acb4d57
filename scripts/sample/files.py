"""Which files the business leaves behind, each with its contents."""

from datetime import date, datetime, timedelta, timezone

from sample.agreements import agreements
from sample.books import Books
from sample.calendar_days import LAST_DAY
from sample.cast import all_clients
from sample.diary import contacts
from sample.plain import (
    AGREEMENTS,
    CONTACTS,
    allocations_csv,
    clients_csv,
    control_balances_csv,
    documents_csv,
    fx_rates_csv,
    instalments_csv,
    plain_csv,
)
from sample.quickbooks import (
    CLASSIC,
    COMPANY,
    Listing,
    aging_detail,
    as_csv,
    as_grid,
    invoice_list,
    received_payments,
)
from sample.truth import expected_json
from sample.workbook import as_xlsx
from sample.xero import sales_invoices

WINTER, SUMMER = timezone(timedelta(hours=-8)), timezone(timedelta(hours=-7))
MONTH_CLOSED = datetime(2026, 11, 2, 9, 14, tzinfo=WINTER)
# One list a year, the first in the words of the classic view, and one of the last quarter that overlaps the year's.
INVOICE_LISTS = {
    "2023": Listing(
        "November 1-December 31, 2023",
        first=date(2023, 11, 1),
        last=date(2023, 12, 31),
        exported_at=datetime(2024, 1, 2, 8, 41, tzinfo=WINTER),
        header=CLASSIC,
    ),
    "2024": Listing(
        "January 1-December 31, 2024",
        first=date(2024, 1, 1),
        last=date(2024, 12, 31),
        exported_at=datetime(2025, 1, 2, 8, 55, tzinfo=WINTER),
    ),
    "2025": Listing(
        "January 1-December 31, 2025",
        first=date(2025, 1, 1),
        last=date(2025, 12, 31),
        exported_at=datetime(2026, 1, 2, 8, 37, tzinfo=WINTER),
    ),
    "2026": Listing(
        "January 1-September 30, 2026",
        first=date(2026, 1, 1),
        last=date(2026, 9, 30),
        exported_at=datetime(2026, 10, 1, 8, 20, tzinfo=SUMMER),
    ),
    "2026 Aug-Oct": Listing(
        "August 1-October 31, 2026", first=date(2026, 8, 1), last=LAST_DAY, exported_at=MONTH_CLOSED
    ),
}
XERO_SINCE = date(2026, 5, 1)
XERO_EXPORTS = (date(2026, 7, 31), date(2026, 8, 31), date(2026, 9, 30), LAST_DAY)


def sample_files(books: Books) -> dict[str, bytes]:
    """Return every file of data/sample but the README, by name."""
    texts = {**_quickbooks(books), **_xero(books), **_plain(books), "expected.json": expected_json(books)}
    files = {name: text.encode() for name, text in texts.items()}
    aging = aging_detail(books, as_of=LAST_DAY, exported_at=MONTH_CLOSED)
    files[f"{COMPANY}_A_R Aging Detail.xlsx"] = as_xlsx(as_grid(aging), created=MONTH_CLOSED)
    return files


def _quickbooks(books: Books) -> dict[str, str]:
    texts = {}
    for name, listing in INVOICE_LISTS.items():
        texts[f"{COMPANY}_Invoice List by Date {name}.csv"] = as_csv(invoice_list(books, listing))
    received = received_payments(books, exported_at=MONTH_CLOSED)
    texts[f"{COMPANY}_Invoices and Received Payments.csv"] = as_csv(received)
    aging = aging_detail(books, as_of=LAST_DAY, exported_at=MONTH_CLOSED)
    texts[f"{COMPANY}_A_R Aging Detail.csv"] = as_csv(aging)
    return texts


def _xero(books: Books) -> dict[str, str]:
    return {f"SalesInvoices-{day:%Y%m%d}.csv": sales_invoices(books, days=(XERO_SINCE, day)) for day in XERO_EXPORTS}


def _plain(books: Books) -> dict[str, str]:
    clients = all_clients()
    return {
        "documents.csv": documents_csv(books),
        "allocations.csv": allocations_csv(books),
        "instalments.csv": instalments_csv(books),
        "clients.csv": clients_csv(clients),
        "contacts.csv": plain_csv(CONTACTS, contacts(books)),
        "agreements.csv": plain_csv(AGREEMENTS, agreements(books, clients)),
        "control_balances.csv": control_balances_csv(books, pounds_since=XERO_EXPORTS[0]),
        "fx_rates.csv": fx_rates_csv(),
    }
