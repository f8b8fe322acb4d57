"""More exports that hold the same invoices, and those that hold the payments of them: see `layouts`."""

from decimal import Decimal

from layouts import Invoice, Lines


def by_client(invoices: list[Invoice]) -> dict[str, list[Invoice]]:
    groups: dict[str, list[Invoice]] = {}
    for invoice in invoices:
        groups.setdefault(invoice[1], []).append(invoice)
    return groups


def report(title: str, header: list[str], rows: Lines) -> Lines:
    """A QuickBooks Online report of its whole life."""
    foot = [[""] * len(header), ["Accrual Basis Friday, January 1, 2027 02:45 AM GMTZ"]]
    return [["Ours"], [title], ["All Dates"], [], header, *rows, *foot]


def grouped(header: list[str], groups: dict[str, Lines]) -> Lines:
    """Rows under headings, each group closed by its total."""
    width = len(header)
    closed: Lines = []
    for heading, rows in groups.items():
        blanks = [""] * (width - 1)
        closed += [[heading, *blanks], *rows, [f"Total for {heading}", *blanks[:-1], "$1.00"]]
    return closed


def transactions(invoices: list[Invoice]) -> Lines:
    header = ["Date", "Transaction type", "Num", "Posting (Y/N)", "Name", "Memo", "Account name", "Split", "Amount"]
    rows = [
        [f"{dated:%m/%d/%Y}", "Invoice", number, "Y", client, "", "A/R", "Sales", f"{amount:,}"]
        for number, client, dated, _, amount in invoices
    ]
    return report("Transaction List", header, rows)


def transactions_by_client(invoices: list[Invoice]) -> Lines:
    header = ["", "Date", "Transaction Type", "Num", "Posting", "Memo/Description", "Account", "Amount"]
    rows: dict[str, Lines] = {
        client: [
            ["", f"{dated:%m/%d/%Y}", "Invoice", number, "Yes", "", "A/R", f"{amount:,}"]
            for number, _, dated, _, amount in its
        ]
        for client, its in by_client(invoices).items()
    }
    return report("Transaction List by Customer", header, grouped(header, rows))


def invoices_and_payments(invoices: list[Invoice]) -> Lines:
    """No totals at all; a payment stands above each invoice, without a number."""
    header = ["", "Date", "Transaction type", "Memo/Description", "Transaction number", "Amount"]
    rows: Lines = []
    for client, its in by_client(invoices).items():
        rows.append([client, *[""] * 5])
        for number, _, dated, _, amount in its:
            rows.append(["", f"{dated:%m/%d/%Y}", "Payment", "", "", "1.00"])
            rows.append(["", f"{dated:%m/%d/%Y}", "Invoice", "", number, f"{amount:,}"])
    return report("Invoices and Received Payments", header, rows)


def sales_by_client(invoices: list[Invoice]) -> Lines:
    """Two lines an invoice, with a balance that runs."""
    header = ["", "Transaction date", "Transaction type", "Num", "Product/Service full name", "Memo/Description"]
    header += ["Quantity", "Sales price", "Amount", "Balance"]
    rows: dict[str, Lines] = {
        client: [
            ["", f"{dated:%m/%d/%Y}", "Invoice", number, "Work", "", "1.00", f"{part:,}", f"{part:,}", "1.00"]
            for number, _, dated, _, amount in its
            for part in (amount + 5, Decimal(-5))
        ]
        for client, its in by_client(invoices).items()
    }
    return report("Sales by Customer Detail", header, grouped(header, rows))


def sales_by_product(invoices: list[Invoice]) -> Lines:
    """The lines of an invoice stand under two products."""
    header = ["", "Transaction date", "Transaction type", "Num", "Customer full name", "Description", "Quantity"]
    header += ["Sales price", "Amount", "Balance"]
    rows: dict[str, Lines] = {
        product: [
            ["", f"{dated:%m/%d/%Y}", "Invoice", number, client, "", "1.00", f"{part:,}", f"{part:,}", "1.00"]
            for number, client, dated, _, amount in invoices
            for part in ([amount + 5] if product == "Work" else [Decimal(-5)])
        ]
        for product in ("Work", "Discount")
    }
    return report("Sales by Product/Service Detail", header, grouped(header, rows))


def desktop_detail(invoices: list[Invoice]) -> Lines:
    header = ["", "Type", "Date", "Num", "Name", "Memo", "Account", "Debit", "Credit", "Amount", "Account Type"]
    rows: Lines = []
    for number, client, dated, _, amount in invoices:
        start = ["", "Invoice", f"{dated:%m/%d/%y}", number, client, "Work"]
        rows.append([*start, "1200", f"{amount}", "", f"{amount}", "Accounts Receivable"])
        rows.append([*start, "4000", "", f"{amount}", f"-{amount}", "Income"])
    return [header, ["Jan 1 - Dec 31, 26", *[""] * 10], *rows, ["TOTAL", *[""] * 8, "1.00", ""]]


def iif(invoices: list[Invoice]) -> Lines:
    heads = [
        ["!TRNS", "TRNSTYPE", "DATE", "ACCNT", "NAME", "AMOUNT", "DOCNUM", "DUEDATE"],
        ["!SPL", "TRNSTYPE", "DATE", "ACCNT", "NAME", "AMOUNT", "DOCNUM", ""],
        ["!ENDTRNS"],
    ]
    rows: Lines = []
    for number, client, dated, due, amount in invoices:
        start = ["INVOICE", f"{dated:%m/%d/%Y}"]
        rows.append(["TRNS", *start, "Accounts Receivable", client, f"{amount}", number, f"{due:%m/%d/%Y}"])
        rows.append(["SPL", *start, "Sales", client, f"-{amount}", number, ""])
        rows.append(["ENDTRNS"])
    return [*heads, *rows]


def freeagent(invoices: list[Invoice]) -> Lines:
    header = ["Reference", "Contact Name", "Dated On", "Due On", "Total Value", "Due Value", "Currency", "Status"]
    rows = [
        [number, client, dated.isoformat(), due.isoformat(), f"{amount}", f"{amount}", "GBP", "Overdue"]
        for number, client, dated, due, amount in invoices
    ]
    return [header, *rows]


def ninja_5(invoices: list[Invoice]) -> Lines:
    header = ["client.name", "invoice.number", "invoice.date", "invoice.due_date", "invoice.amount", "invoice.balance"]
    rows = [
        [client, number, dated.isoformat(), due.isoformat(), f"{amount}", f"{amount}", "Sent", "EUR"]
        for number, client, dated, due, amount in invoices
    ]
    return [[*header, "invoice.status", "client.currency_id"], *rows]


def odoo_with_lines(invoices: list[Invoice]) -> Lines:
    """Some invoices go on over rows with nothing but their lines and payments."""
    header = [
        "Number",
        "Partner",
        "Invoice Date",
        "Due Date",
        "Total Signed",
        "Amount Due Signed",
        "Status",
        "Currency",
    ]
    header += ["Invoice lines/Label", "Reconciled Moves/Number", "Reconciled Moves/Date", "Reconciled Moves/Amount"]
    rows: Lines = []
    for number, client, dated, due, amount in invoices:
        parent = [number, client, dated.isoformat(), due.isoformat(), f"{amount}", "0.00", "Posted", "EUR"]
        rows.append([*parent, "Work", f"PAY/{number}/1", dated.isoformat(), f"{amount - Decimal('0.01')}"])
        rows.append([*[""] * 8, "Travel", f"PAY/{number}/2", due.isoformat(), "0.01"])
        rows += [[*[""] * 8, "Hotel", "", "", ""]] * (int(number) % 2)
    return [header, *rows]


def erpnext_invoices(invoices: list[Invoice]) -> Lines:
    header = ["ID", "Customer", "Date", "Payment Due Date", "Grand Total", "Outstanding Amount", "Status", "Currency"]
    rows = [
        [number, client, dated.isoformat(), due.isoformat(), f"{amount}", f"{amount}", "Unpaid", "EUR"]
        for number, client, dated, due, amount in invoices
    ]
    return [header, *rows]


def fec_sens(invoices: list[Invoice]) -> Lines:
    header = ["JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompAuxNum", "PieceRef"]
    rows: Lines = []
    for number, client, dated, _, amount in invoices:
        start, written = ["VE", "Ventes", f"E{number}", f"{dated:%Y%m%d}"], f"{amount}".replace(".", ",")
        rows.append([*start, "411100", client, number, written, "D", "", ""])
        rows.append([*start, "706000", "", number, written, "C", "", ""])
    return [[*header, "Montant", "Sens", "EcritureLet", "DateLet"], *rows]


def stripe_cents(invoices: list[Invoice]) -> Lines:
    header = ["object", "number", "customer", "status", "currency", "total", "amount_paid", "created", "due_date"]
    rows = [
        ["invoice", number, client, "open", "eur", f"{amount * 100:.0f}", "0", f"{dated}", f"{due}"]
        for number, client, dated, due, amount in invoices
    ]
    return [header, *rows]


INVOICES = {
    "qbo-transactions": transactions, "qbo-transactions-by-client": transactions_by_client,
    "qbo-invoices-and-payments": invoices_and_payments, "qbo-sales-by-client": sales_by_client,
    "qbo-sales-by-product": sales_by_product, "qbd-detail": desktop_detail, "iif": iif, "freeagent": freeagent,
    "invoice-ninja-5": ninja_5, "odoo-with-lines": odoo_with_lines, "erpnext-invoices": erpnext_invoices,
    "fec-sens": fec_sens, "stripe-cents": stripe_cents,
}  # fmt: skip
NO_DUE_DATES = (
    transactions, transactions_by_client, invoices_and_payments, sales_by_client, sales_by_product, desktop_detail,
    fec_sens,
)  # fmt: skip
SUMMED = (sales_by_client, sales_by_product, fec_sens)


def paypal(payments: list[Invoice]) -> Lines:
    header = ["Date", "Time", "TimeZone", "Name", "Type", "Status", "Currency", "Gross", "Transaction ID"]
    rows: Lines = []
    for number, client, dated, _, amount in payments:
        start = [f"{dated:%m/%d/%Y}", "08:37:26", "EST"]
        rows.append([*start, client, "Website Payment", "Completed", "USD", f"{amount:,}", number, f"I{number}"])
        rows.append([*start, "", "Bank Deposit to PP Account", "Completed", "USD", f"-{amount:,}", f"D{number}", ""])
    return [[*header, "Invoice Number"], *rows]


def odoo_payments(payments: list[Invoice]) -> Lines:
    header = ["Date", "Number", "Journal", "Customer", "Amount", "Currency", "Status", "Payment Type"]
    rows = [
        [dated.isoformat(), number, "Bank", client, f"{amount}", "EUR", "Posted", "Receive"]
        for number, client, dated, _, amount in payments
    ]
    return [header, *rows]


def erpnext_payments(payments: list[Invoice]) -> Lines:
    """Each payment settles two invoices."""
    header = ["ID", "Payment Type", "Posting Date", "Party Type", "Party", "Paid Amount", "Status"]
    header += ["Type (Payment References)", "Name (Payment References)", "Allocated (Payment References)"]
    rows: Lines = []
    for number, client, dated, _, amount in payments:
        parent = [number, "Receive", dated.isoformat(), "Customer", client, f"{amount}", "Submitted"]
        rows.append([*parent, "Sales Invoice", f"A{number}", "0.01"])
        rows.append([*[""] * 7, "Sales Invoice", f"B{number}", f"{amount - Decimal('0.01')}"])
    return [header, *rows]


def zoho_payments(payments: list[Invoice]) -> Lines:
    header = ["Payment Number", "Customer Name", "Currency Code", "Date", "Amount", "Payment Type", "Payment Type"]
    header += ["Invoice Number", "Amount Applied to Invoice", "Withholding Tax Amount"]
    rows = [
        [number, client, "INR", dated.isoformat(), f"{amount}", "x", "y", f"I{number}", f"{amount}", "0.00"]
        for number, client, dated, _, amount in payments
    ]
    return [header, *rows]


def ninja_5_payments(payments: list[Invoice]) -> Lines:
    header = ["Client", "Date", "Amount", "Refunded", "Applied", "Currency", "Number", "Status", "Invoice Number"]
    rows = [
        [client, dated.isoformat(), f"{amount}", "0", f"{amount}", "EUR", number, "Completed", f"I{number}"]
        for number, client, dated, _, amount in payments
    ]
    return [header, *rows]


def stripe_payments(payments: list[Invoice]) -> Lines:
    header = ["id", "Created date (UTC)", "Amount", "Amount Refunded", "Currency", "Status", "Customer ID"]
    rows = [
        [number, f"{dated} 10:00:00", f"{amount}", "0.00", "eur", "Paid", client, f"I{number}"]
        for number, client, dated, _, amount in payments
    ]
    return [[*header, "Invoice Number"], *rows]


PAYMENTS = {
    "paypal": paypal, "odoo-payments": odoo_payments, "erpnext-payments": erpnext_payments, "zoho": zoho_payments,
    "invoice-ninja-5-payments": ninja_5_payments, "stripe-payments": stripe_payments,
}  # fmt: skip

CLIENT_LISTS = {
    "plain": ["client", "email", "phone", "country"],
    "freshbooks": ["Organization", "Email", "Phone", "Country", "Province/State"],
    "wave": ["customer_name", "email", "phone", "country"],
    "zoho": ["Display Name", "EmailID", "Phone", "Billing Country", "Contact Type"],
    "invoice-ninja-4": ["Name", "Email", "Phone", "Billing Country", "Paid to Date"],
}
