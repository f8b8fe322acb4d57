"""The same invoices laid out as each export would write them, for tests that read them back."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

Invoice = tuple[str, str, date, date, Decimal]  # number, client, date, due date, amount
Lines = list[list[str]]

CLIENTS = ("Acme", "Müller & Söhne", "Smith, Jones", 'The "Best"', "Total Co", "Parent:Child", "O'Neil")


def plain(invoices: list[Invoice]) -> Lines:
    rows = [
        [number, "invoice", client, number, dated.isoformat(), due.isoformat(), f"{amount}", "EUR"]
        for number, client, dated, due, amount in invoices
    ]
    return [["document_id", "kind", "client", "number", "document_date", "due_date", "amount", "currency"], *rows]


def aging(invoices: list[Invoice]) -> Lines:
    head = [["Ours"], ["A/R Aging Detail"], ["As of Dec 31, 2026"], []]
    header = [
        "",
        "Date",
        "Transaction type",
        "Num",
        "Customer full name",
        "Due date",
        "Amount",
        "Open balance",
        "Currency",
    ]
    rows = [
        ["", f"{dated:%m/%d/%Y}", "Invoice", number, client, f"{due:%m/%d/%Y}", f"{amount:,}", f"{amount:,}", "EUR"]
        for number, client, dated, due, amount in invoices
    ]
    total = f"${sum(row[4] for row in invoices):,}"
    ends = [["Total for CURRENT", *[""] * 5, total, total, ""], ["TOTAL", *[""] * 5, total, total, ""]]
    return [*head, header, ["CURRENT", *[""] * 8], *rows, *ends, [""] * 9, [" Friday, January 1, 2027 02:45 AM GMTZ"]]


def flat_list(invoices: list[Invoice]) -> Lines:
    header = ["Date", "Transaction Type", "Num", "Name", "Memo/Description", "Due Date", "Amount", "Currency"]
    rows = [
        [f"{dated:%m/%d/%Y}", "Invoice", number, client, "", f"{due:%m/%d/%Y}", f"{amount:,}", "EUR"]
        for number, client, dated, due, amount in invoices
    ]
    return [["Ours"], ["Invoice List by Date"], ["All Dates"], [], header, *rows]


def xero(invoices: list[Invoice]) -> Lines:
    header = ["ContactName", "InvoiceNumber", "InvoiceDate", "DueDate", "Total", "InvoiceAmountDue", "Currency", "Type"]
    rows = [
        [
            client,
            number,
            f"{dated:%d/%m/%Y}",
            f"{due:%d/%m/%Y}",
            f"{amount:.4f}",
            "0.0000",
            "EUR",
            "Sales invoice",
            "Paid",
        ]
        for number, client, dated, due, amount in invoices
        for _ in range(1 + int(number) % 3)
    ]
    return [[*header, "Status"], *rows]


def zoho(invoices: list[Invoice]) -> Lines:
    header = ["Invoice Date", "Invoice Number", "Invoice Status", "Customer Name", "Due Date", "Total", "Balance"]
    rows = [
        [dated.isoformat(), number, "Overdue", client, due.isoformat(), f"{amount:.3f}", "0.000", "EUR"]
        for number, client, dated, due, amount in invoices
        for _ in range(1 + int(number) % 3)
    ]
    return [[*header, "Currency Code"], *rows]


def freshbooks(invoices: list[Invoice]) -> Lines:
    """Two lines an invoice, one of them a discount."""
    header = ["Client Name", "Invoice #", "Date Issued", "Invoice Status", "Date Paid", "Line Total", "Currency"]
    return [
        header,
        *(
            [client, number, dated.isoformat(), "sent", "", f"{part:.2f}", "EUR"]
            for number, client, dated, _, amount in invoices
            for part in (amount + 5, Decimal(-5))
        ),
    ]


def wave(invoices: list[Invoice]) -> Lines:
    header = ["Transaction ID", "Transaction Date", "Debit Amount (Two Column Approach)"]
    header += ["Credit Amount (Two Column Approach)", "Customer", "Invoice Number", "Account Type"]
    rows = []
    for number, client, dated, _, amount in invoices:
        start = [f"11318012674384{number}", dated.isoformat()]
        rows.append([*start, "", f"{amount}", client, number, "Income"])
        rows.append([*start, f"{amount}", "", client, number, "System Receivable Invoice"])
    return [header, *rows]


def swedish(amount: Decimal) -> str:
    return f"{amount:,.2f}".replace(",", "\u00a0").replace(".", ",")


def harvest(invoices: list[Invoice]) -> Lines:
    header = ["Issue Date", "Last Payment Date", "ID", "Client", "Invoice Amount", "Paid Amount", "Balance", "Currency"]
    rows = [
        [dated.isoformat(), "", number, client, swedish(amount), "0,0", swedish(amount), "Euro - EUR"]
        for number, client, dated, _, amount in invoices
    ]
    return [header, *rows]


def invoice_ninja(invoices: list[Invoice]) -> Lines:
    header = ["Client", "Email", "Invoice Number", "Amount", "Paid", "Status", "Invoice Date", "Due Date"]
    rows = [
        [client, "", number, f"${amount:,}", "$0.00", "Sent", dated.isoformat(), due.isoformat()]
        for number, client, dated, due, amount in invoices
    ]
    return [["Invoice Ninja v4.5.17 - December 19, 2020 11:28 pm"], [""], ["INVOICES"], header, *rows]


def odoo(invoices: list[Invoice]) -> Lines:
    header = ["Number", "Invoice Partner Display Name", "Invoice/Bill Date", "Due Date", "Total Signed"]
    rows = [
        [number, client, dated.isoformat(), due.isoformat(), f"{amount}", f"{amount}", "Posted", "EUR"]
        for number, client, dated, due, amount in invoices
    ]
    return [[*header, "Amount Due Signed", "Status", "Currency"], *rows]


def erpnext(invoices: list[Invoice]) -> Lines:
    header = ["Posting Date", "Party", "Voucher Type", "Voucher No", "Due Date", "Invoiced Amount"]
    rows = [
        [dated.isoformat(), client, "Sales Invoice", number, due.isoformat(), f"{amount}", f"{amount}", "EUR"]
        for number, client, dated, due, amount in invoices
    ]
    return [[*header, "Outstanding Amount", "Currency"], *rows, ["Total", "", "", "", "", "1", "1", ""]]


def fec(invoices: list[Invoice]) -> Lines:
    """Amounts padded with zeros, as Odoo writes them."""
    header = ["JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompAuxNum", "PieceRef"]
    rows = []
    for number, client, dated, _, amount in invoices:
        start = ["VE", "Ventes", f"E{number}", f"{dated:%Y%m%d}"]
        written, nothing = f" {amount:018.2f}".replace(".", ","), " 000000000000000,00"
        rows.append([*start, "411100", client, number, written, nothing, "", ""])
        rows.append([*start, "706000", "", number, nothing, written, "", ""])
    return [[*header, "Debit", "Credit", "EcritureLet", "DateLet"], *rows]


def datev(invoices: list[Invoice]) -> Lines:
    first = ["EXTF", "510", "21", "Buchungsstapel", "7", "20250101", "", "SV", "A", "", "1", "1"]
    first += ["20250101", "4", "20250101", "20261231", "", "", "1", "0", "0", "EUR"]
    header = ["Umsatz (ohne Soll/Haben-Kz)", "Soll/Haben-Kennzeichen", "WKZ Umsatz", "Konto"]
    header += ["Gegenkonto (ohne BU-Schlüssel)", "Belegdatum", "Belegfeld 1", "Belegfeld 2"]
    rows = [
        [f"{amount}".replace(".", ","), "S", "", account(client), "8400", f"{dated:%d%m}", number, f"{due:%d%m%y}"]
        for number, client, dated, due, amount in invoices
    ]
    return [first, header, *rows]


def account(client: str) -> str:
    return str(10100 + CLIENTS.index(client))


def stripe(invoices: list[Invoice]) -> Lines:
    header = ["id", "Number", "Customer", "Status", "Currency", "Total", "Amount Paid", "Date (UTC)", "Due Date (UTC)"]
    rows = [
        ["in_1", number, client, "open", "eur", f"{amount}", "0.00", f"{dated} 10:00:00", f"{due} 10:00:00"]
        for number, client, dated, due, amount in invoices
    ]
    return [header, *rows]


def sage(invoices: list[Invoice]) -> Lines:
    header = ["Type", "Account Reference", "Date", "Reference", "Net Amount", "Tax Amount"]
    rows = [
        ["SI", client, f"{dated:%d/%m/%Y}", number, f"{amount - Decimal('0.01')}", "0.01"]
        for number, client, dated, _, amount in invoices
    ]
    return [header, *rows]


def desktop(invoices: list[Invoice]) -> Lines:
    """An empty column stands between any two."""
    names = ("Type", "Date", "Num", "Name", "Due Date", "Aging", "Amount", "Open Balance")
    header = ["", "", *(cell for name in names for cell in ("", name))]
    rows = [
        [
            cell
            for text in (
                "Invoice",
                f"{dated:%m/%d/%Y}",
                number,
                client,
                f"{due:%m/%d/%Y}",
                "",
                f"{amount:,}",
                f"{amount:,}",
            )
            for cell in ("", text)
        ]
        for number, client, dated, due, amount in invoices
    ]
    ends = [["", "Total Current", *[""] * 15, "1"], ["TOTAL", *[""] * 16, "1"]]
    return [header, ["Current", *[""] * 17], *(["", "", *row] for row in rows), *ends]


def by_client(invoices: list[Invoice]) -> dict[str, list[Invoice]]:
    groups: dict[str, list[Invoice]] = {}
    for invoice in invoices:
        groups.setdefault(invoice[1], []).append(invoice)
    return groups


def open_invoices(invoices: list[Invoice]) -> Lines:
    """Under a heading for each client, with its total."""
    rows = [["", "Date", "Transaction type", "Num", "Term", "Due date", "Amount", "Open balance"]]
    for client, its in by_client(invoices).items():
        rows.append([client, *[""] * 7])
        for number, _, dated, due, amount in its:
            start = ["", f"{dated:%m/%d/%Y}", "Invoice", number, "Net 30", f"{due:%m/%d/%Y}"]
            rows.append([*start, f"{amount:,}", f"{amount:,}"])
        total = f"${sum(row[4] for row in its):,}"
        rows.append([f"Total for {client}", *[""] * 5, total, total])
    total = f"${sum(row[4] for row in invoices):,}"
    return [
        ["Open Invoices Report"],
        ["Ours"],
        ["As of Dec 31, 2026"],
        [],
        *rows,
        ["", "TOTAL", *[""] * 4, total, total],
    ]


def lakhs(amount: Decimal) -> str:
    """Two digits a group but for the last: 1,20,000.00."""
    whole, _, cents = f"{amount:.2f}".partition(".")
    head, tail = whole[:-3], whole[-3:]
    groups = [head[max(0, end - 2) : end] for end in range(len(head), 0, -2)][::-1]
    return ",".join([*groups, tail]) + "." + cents


def tally(invoices: list[Invoice]) -> Lines:
    """A header of two rows, a party alone in its row, totals without a name; as of the end of 2027."""
    header = [["Date", "Ref. No.", "Party's Name", "Opening", "Pending", "Due on", "Overdue"]]
    rows = [*header, ["", "", "", "Amount", "Amount", "", "by days"]]
    for client, its in by_client(invoices).items():
        rows.append([client, *[""] * 6])
        for number, _, dated, due, amount in its:
            days = str((date(2027, 12, 31) - due).days)
            rows.append([f"{dated:%d-%b-%y}", number, "", lakhs(amount), lakhs(amount), f"{due:%d-%b-%y}", days])
        total = lakhs(sum((row[4] for row in its), Decimal(0)))
        rows.append(["", "", "", total, total, "", ""])
    total = lakhs(sum((row[4] for row in invoices), Decimal(0)))
    return [["Ours"], ["Sundry Debtors"], *rows, ["", "", "", total, total, "", ""]]


def harvest_report(invoices: list[Invoice]) -> Lines:
    """A section for each of two currencies, each with its own way of writing amounts."""
    rows = [["Status", "Issue Date", "Paid", "ID", "Client", "Invoice Amount", "Paid Amount", "Balance"]]
    for code, write in (("SEK", swedish), ("EUR", "{:,}".format)):
        its = [invoice for invoice in invoices if (int(invoice[0]) % 2 == 0) == (code == "SEK")]
        if its:
            rows.append([code, *[""] * 7])
            for number, client, dated, _, amount in its:
                start = ["Open", dated.isoformat(), "", number, client]
                rows.append([*start, write(amount), write(Decimal("0.00")), write(amount)])
            total = write(sum((row[4] for row in its), Decimal(0)))
            rows.append(["", "", "", "Total", "", total, write(Decimal("0.00")), total])
    return [["Invoice report"], [], *rows]


def xero_report(invoices: list[Invoice]) -> Lines:
    """Receivable Invoice Detail under a heading for each contact; some invoices have several lines."""
    header = ["Invoice Number", "Invoice Date", "Source", "Description", "Gross", "Invoice Total", "Status", "Due Date"]
    rows = [header, []]
    for client, its in by_client(invoices).items():
        rows.append([client, *[""] * 7])
        for number, _, dated, due, amount in its:
            line = [number, f"{dated:%d %b %Y}", "Receivable Invoice", "Work", "1.00", f"{amount:,}", "Approved"]
            rows += [[*line, f"{due:%d %b %Y}"]] * (1 + int(number) % 3)
        rows.append([f"Total {client}", *[""] * 3, "1.00", *[""] * 3])
    return [["Receivable Invoice Detail"], ["Ours"], [], *rows, ["Total", *[""] * 3, "1.00", *[""] * 3]]


FORMATS = {
    "plain": plain, "aging": aging, "list": flat_list, "xero": xero, "zoho": zoho, "freshbooks": freshbooks,
    "wave": wave, "harvest": harvest, "invoice-ninja": invoice_ninja, "odoo": odoo, "erpnext": erpnext, "fec": fec,
    "datev": datev, "stripe": stripe, "sage": sage, "desktop": desktop,
    "open-invoices": open_invoices, "tally": tally, "harvest-report": harvest_report, "xero-report": xero_report,
}  # fmt: skip
WITHOUT_DUE_DATES = (freshbooks, wave, harvest, harvest_report, fec, sage)
SUMS = (freshbooks, wave, fec, datev, sage)  # an amount is the sum of rows


def wanted(lay_out: Callable[[list[Invoice]], Lines], invoices: list[Invoice]) -> set[tuple[object, ...]]:
    """What the file can say of the invoices."""
    return {
        (
            number,
            account(client) if lay_out is datev else client,
            dated.replace(year=2025) if lay_out is datev else dated,
            None if lay_out in WITHOUT_DUE_DATES else due,
            amount,
        )
        for number, client, dated, due, amount in invoices
    }
