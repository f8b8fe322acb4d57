"""The invented books as programs export them: Xero's line-by-line sales invoices, and a workbook of documents.

Both are drawn from the same books as the plain files (see `make_books`), the same for the same size and seed.

    make_exports.py FILE ROWS
"""

import sys
from itertools import chain
from pathlib import Path

import duckdb
import numpy as np
import xlsxwriter
from make_books import billed_frame, draw_bills, draw_clients, settled_frame

# One to four lines an invoice, two and a half on average; what is settled by the last day of the books is paid.
LINES_AN_INVOICE = 2.5
DATES = {4, 5}  # of the columns of the workbook
XERO = """
copy (
    with settlements as (
        select invoice, sum(cents) as cents from settled group by invoice
    ),

    invoices as (
        select
            billed.*,
            billed.cents - least(billed.cents, coalesce(settlements.cents, 0)) as open_cents,
            1 + billed.invoice % 4 as lines
        from billed
        left join settlements on settlements.invoice = billed.invoice
    ),

    lines as (
        select
            invoices.*,
            unnest(range(1, lines + 1)) as line
        from invoices
    )

    select
        'Client ' || client as "ContactName",
        'accounts@client-' || client || '.example' as "EmailAddress",
        client || ' Long Road' as "POAddressLine1",
        null as "POAddressLine2",
        null as "POAddressLine3",
        null as "POAddressLine4",
        'Wellington' as "POCity",
        null as "PORegion",
        cast(6000 + client % 900 as varchar) as "POPostalCode",
        'New Zealand' as "POCountry",
        null as "SAAddressLine1",
        null as "SAAddressLine2",
        null as "SAAddressLine3",
        null as "SAAddressLine4",
        null as "SACity",
        null as "SARegion",
        null as "SAPostalCode",
        null as "SACountry",
        'INV-' || lpad(cast(invoice as varchar), 8, '0') as "InvoiceNumber",
        'PO ' || (invoice * 7919) % 100000 as "Reference",
        strftime(document_date, '%d/%m/%Y') as "InvoiceDate",
        strftime(due_date, '%d/%m/%Y') as "DueDate",
        null as "PlannedDate",
        cast(cents * 0.01 as decimal(18, 4)) as "Total",
        cast(cents * 0.15 / 1.15 * 0.01 as decimal(18, 4)) as "TaxTotal",
        cast((cents - open_cents) * 0.01 as decimal(18, 4)) as "InvoiceAmountPaid",
        cast(open_cents * 0.01 as decimal(18, 4)) as "InvoiceAmountDue",
        null as "InventoryItemCode",
        'Work on job ' || invoice || ', part ' || line as "Description",
        cast(1 as decimal(18, 4)) as "Quantity",
        cast(cents * 0.01 / lines as decimal(18, 4)) as "UnitAmount",
        null as "Discount",
        cast(cents * 0.01 / lines as decimal(18, 4)) as "LineAmount",
        '200' as "AccountCode",
        '15% GST on Income' as "TaxType",
        cast(cents * 0.15 / 1.15 * 0.01 / lines as decimal(18, 4)) as "TaxAmount",
        null as "TrackingName1",
        null as "TrackingOption1",
        null as "TrackingName2",
        null as "TrackingOption2",
        'NZD' as "Currency",
        'Sales invoice' as "Type",
        'Sent' as "Sent",
        case when open_cents = 0 then 'Paid' else 'Awaiting Payment' end as "Status"
    from lines
    order by invoice, line
    limit $lines
) to $file (header)
"""
WORKBOOK = """
select
    'INV-' || lpad(cast(invoice as varchar), 8, '0') as document_id,
    'invoice' as kind,
    'C' || lpad(cast(client as varchar), 7, '0') as client,
    'INV-' || lpad(cast(invoice as varchar), 8, '0') as number,
    cast(document_date as date) as document_date,
    cast(due_date as date) as due_date,
    cents * 0.01 as amount,
    'USD' as currency
from billed
order by invoice
"""


def write_xero(path: Path, lines: int) -> None:
    """Write Xero's export of sales invoices, so many lines."""
    with books(invoices=int(lines / LINES_AN_INVOICE) + 1) as connection:
        connection.execute(XERO, {"lines": lines, "file": str(path)})


def write_workbook(path: Path, rows: int) -> None:
    """Write documents.csv of the plain format as a workbook, with real dates and numbers in its cells."""
    with books(invoices=rows) as connection, xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet, dated = book.add_worksheet("documents"), book.add_format({"num_format": "yyyy-mm-dd"})
        found = connection.execute(WORKBOOK)
        header = tuple(column[0] for column in found.description or ())
        for number, row in enumerate(chain([header], found.fetchall())):
            for place, cell in enumerate(row):
                sheet.write(number, place, cell, dated if number and place in DATES else None)


def books(*, invoices: int, seed: int = 11) -> duckdb.DuckDBPyConnection:
    """The invented books as two tables, `billed` and `settled`."""
    chance = np.random.Generator(np.random.PCG64(seed))
    clients = draw_clients(max(3, invoices // 50), chance)
    bills = draw_bills(invoices, clients, chance)
    connection = duckdb.connect()
    connection.register("billed", billed_frame(bills, clients))
    connection.register("settled", settled_frame(bills, clients, chance))
    return connection


def main() -> None:
    """Write the export that the ending of the file asks for."""
    path, rows = Path(sys.argv[1]), int(sys.argv[2])
    (write_workbook if path.suffix == ".xlsx" else write_xero)(path, rows)


if __name__ == "__main__":
    main()
