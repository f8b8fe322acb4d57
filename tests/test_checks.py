"""Each check names the offender, says what was seen and what to do; sound books have none."""

from pathlib import Path

import pytest

from agingreport.audit import findings
from agingreport.models import catalogue
from drawn import assert_shows, books_of, ledger_of, on

SOUND = """
    document_id  kind     client  number  document_date  due_date    amount  currency
    I1           invoice  Acme    A-1     2025-01-01     2025-01-31  100.00  USD
    P1           payment  Acme    A-1     2025-01-20     -           40.00   USD
"""
MATCHED = "debit_id  credit_id  amount\n I1  P1  40.00"


def test_sound_books_have_no_findings(tmp_path: Path) -> None:
    books = books_of(tmp_path, "2025-02-28", documents=SOUND, allocations=MATCHED)
    assert findings(books).rows == ()


@pytest.mark.parametrize(
    ("check", "document", "subject", "detail"),
    [
        ("missing_due_dates", "I2  invoice  Acme  A-2  2025-01-05  -  9.00  USD", "I2", "2025-01-05"),
        ("due_before_document", "I2  invoice  Acme  A-2  2025-01-05  2025-01-04  9.00  USD", "I2", "2025-01-04"),
        (
            "duplicate_numbers",
            "I2  invoice  Acme  A-1  2025-01-05  2025-02-05  9.00  USD",
            "invoice A-1",
            "2 documents",
        ),
        (
            "duplicate_numbers",
            "I2  invoice  Acme  a-1  2025-01-05  2025-02-05  9.00  USD",
            "invoice A-1",
            "2 documents",
        ),
        (
            "missing_clients",
            "I2  invoice  -  A-2  2025-01-05  2025-02-05  9.00  USD",
            "I2",
            "invoice A-2 of 2025-01-05",
        ),
        ("small_open_items", "I2  invoice  Acme  A-2  2025-01-05  2025-02-05  4.99  USD", "I2", "4.99 USD"),
        (
            "clients_in_credit",
            "P2  payment  Bolt  -  2025-01-05  -  9.00  USD",
            "balance of Bolt in USD",
            "9.00 USD in credit",
        ),
    ],
)
def test_an_odd_document_is_found(tmp_path: Path, check: str, document: str, subject: str, detail: str) -> None:
    """Small ones are in every total and are listed: peers.md K27."""
    books = books_of(tmp_path, "2025-02-28", documents=f"{SOUND}\n{document}", allocations=MATCHED)
    (found,) = [row for row in findings(books) if row["check"] == check]
    assert found["subject"] == subject
    assert detail in found["detail"]


@pytest.mark.parametrize(
    ("check", "allocation", "subject", "detail"),
    [
        ("lost_allocations", "I9  P1  40.00", "P1 to I9", "no document I9"),
        ("lost_allocations", "I1  P9  40.00", "P9 to I1", "no document P9"),
        ("lost_allocations", "P1  I1  40.00", "I1 to P1", "P1 is a payment and no debt"),
        ("lost_allocations", "I1  I1  40.00", "I1 to I1", "I1 is a debt, the invoice, and cannot settle another"),
        ("overallocated_documents", "I1  P1  40.01", "P1", "40.01 allocated, 40.00 USD is all there is"),
    ],
)
def test_an_odd_allocation_is_found(tmp_path: Path, check: str, allocation: str, subject: str, detail: str) -> None:
    allocations = f"debit_id  credit_id  amount\n {allocation}"
    books = books_of(tmp_path, "2025-02-28", documents=SOUND, allocations=allocations)
    (found,) = [row for row in findings(books) if row["check"] == check]
    assert found["subject"] == subject
    assert detail in found["detail"]


def test_an_allocation_across_currencies_is_found(tmp_path: Path) -> None:
    euros = SOUND.replace("40.00   USD", "40.00   EUR")
    books = books_of(tmp_path, "2025-02-28", documents=euros, allocations=MATCHED)
    assert_shows(books, "lost_allocations", "detail\n a credit in EUR cannot settle a debt in USD")


@pytest.mark.parametrize(("status", "severity"), [("void", "warning"), ("draft", "warning"), ("posted", "")])
def test_a_payment_matched_with_what_is_not_posted_is_found(tmp_path: Path, status: str, severity: str) -> None:
    """Else it stands as the client's credit, to be given back, and nothing says why."""
    documents = f"""
        document_id  kind     client  document_date  due_date    amount  currency  status
        I1           invoice  Acme    2025-01-01     2025-01-31  100.00  USD       {status}
        P1           payment  Acme    2025-01-20     -           40.00   USD       posted
    """
    books = books_of(tmp_path, "2025-02-28", documents=documents, allocations=MATCHED)
    found = [(row["severity"], row["detail"]) for row in books.show("lost_allocations")]
    assert found == ([(severity, f"I1 is {status}")] if severity else [])


def test_a_part_due_before_its_invoice_is_found(tmp_path: Path) -> None:
    parts = "document_id  due_date  amount\n I1  2024-12-31  50.00\n I1  2025-01-01  50.00"
    books = books_of(tmp_path, "2025-02-28", documents=SOUND, allocations=MATCHED, instalments=parts)
    [found] = findings(books)
    assert (found["check"], found["subject"]) == ("due_before_document", "I1, part due 2024-12-31")


def test_an_instalment_is_not_small_where_its_document_is_not(tmp_path: Path) -> None:
    books = books_of(
        tmp_path, "2025-02-28", documents=SOUND, instalments="document_id  due_date  amount\n I1  2025-01-15  2.00"
    )
    assert_shows(books, "small_open_items", "subject")


def test_a_bounced_payment_is_no_overallocation(tmp_path: Path) -> None:
    books = books_of(
        tmp_path,
        "2025-02-28",
        documents=f"{SOUND}\n R1  refund  Acme  -  2025-02-01  -  40.00  USD",
        allocations=f"{MATCHED}\n R1  P1  40.00",
    )
    assert_shows(books, "overallocated_documents", "subject")


def test_instalments_that_do_not_add_up_are_found(tmp_path: Path) -> None:
    books = books_of(
        tmp_path, "2025-02-28", documents=SOUND, instalments="document_id  due_date  amount\n I1  2025-01-31  90.00"
    )
    assert_shows(books, "uneven_instalments", "subject  detail\n I1  instalments of 90.00, invoice of 100.00 USD")


def test_refused_rows_are_found(tmp_path: Path) -> None:
    ledger = ledger_of(tmp_path, documents=f"{SOUND}\n I2  invoice  Acme  A-2  2025-01-05  -  soon  USD")
    (found,) = on(ledger, "2025-02-28").show("refused_rows")
    assert found["subject"] == "documents.csv"
    assert found["detail"].startswith("1 rows refused; the first is row 4")


def test_the_worst_findings_come_first(tmp_path: Path) -> None:
    documents = f"{SOUND}\n I2  invoice  Acme  A-1  2025-01-05  -  4.99  USD"
    books = books_of(tmp_path, "2025-02-28", documents=documents, allocations="debit_id  credit_id  amount\n I9  P1  1")
    severities = [row["severity"] for row in findings(books)]
    assert severities == sorted(severities, key=["error", "warning", "info"].index)
    assert set(severities) == {"error", "warning", "info"}


def test_a_fault_of_ours_would_be_found(tmp_path: Path) -> None:
    """Totals that differ cannot be drawn; the check is asked over a tie_out that says they do."""
    books = books_of(tmp_path, "2025-02-28", documents=SOUND)
    query = catalogue()["untied_totals"].select.replace(
        "from tie_out as t", "from (select 'USD' as currency, 0.01 as difference) as t"
    )
    (found,) = books.sql(query)
    assert (found["severity"], found["detail"]) == ("error", "they differ by 0.01: see show tie_out")


def test_a_document_of_a_later_day_without_client_is_no_finding_yet(tmp_path: Path) -> None:
    later = "I2  invoice  -  A-2  2025-03-05  2025-04-05  9.00  USD"
    books = books_of(tmp_path, "2025-02-28", documents=f"{SOUND}\n{later}", allocations=MATCHED)
    assert findings(books).rows == ()


@pytest.mark.parametrize(("as_of", "found"), [("2026-02-01", 0), ("2026-02-02", 1)])
def test_a_program_without_a_new_export_is_named_once_it_is_too_long_ago(
    tmp_path: Path, as_of: str, found: int
) -> None:
    """The drawn files are loaded on 2026-01-01, and 31 days are allowed; rates and contacts are no books."""
    books = books_of(
        tmp_path,
        as_of,
        documents=SOUND,
        allocations=MATCHED,
        contacts="client  date  kind\n Acme  2025-02-01  note",
    )
    stale = [row for row in findings(books) if row["check"] == "stale_loads"]
    assert [(row["subject"], row["detail"]) for row in stale] == [
        ("exports of plain-documents", f"last loaded on 2026-01-01, 32 days before {as_of}")
    ] * found


@pytest.mark.parametrize(("outcome", "found"), [("demand letter", 0), ("demand_letter", 0), ("shout", 1), ("-", 1)])
def test_an_order_that_names_no_route_is_found(tmp_path: Path, outcome: str, found: int) -> None:
    books = books_of(
        tmp_path,
        "2025-02-28",
        documents=SOUND,
        allocations=MATCHED,
        contacts=f"client  document_id  date  kind  outcome\n Acme  I1  2025-02-01  overrule  {outcome}",
    )
    rows = [row for row in findings(books) if row["check"] == "unknown_overrules"]
    assert len(rows) == found
    assert all("is no route, for I1" in row["detail"] and "such as agency" in row["remedy"] for row in rows)


def test_more_settled_than_was_due_would_be_found(tmp_path: Path) -> None:
    """No books can say so; the check is asked over a due_totals that does."""
    books = books_of(tmp_path, "2025-02-28", documents=SOUND, allocations=MATCHED)
    query = catalogue()["negative_open_items"].select.replace(
        "from due_totals as t", "from (select * replace (due_amount + 1 as settled_amount) from due_totals) as t"
    )
    (found,) = books.sql(query)
    assert (found["severity"], found["client"]) == ("error", "Acme")
    assert found["detail"] == "101.00 settled of 100.00 USD"


def test_who_paid_a_debt_that_was_written_off_is_not_to_get_the_money_back(tmp_path: Path) -> None:
    books = books_of(
        tmp_path,
        "2025-05-31",
        documents="""
            document_id  kind       client  document_date  due_date    amount
            I1           invoice    Acme    2025-01-10     2025-02-09  100
            W1           write_off  Acme    2025-03-10     -           100
            P1           payment    Acme    2025-05-01     -           60
        """,
        allocations="debit_id  credit_id  amount\n I1  W1  100\n I1  P1  60",
    )
    [found] = books.show("clients_in_credit")
    assert found["detail"] == "60.00 USD in credit; 60.00 was paid on debts written off"
    assert found["remedy"].endswith("give back none of it.")


def test_what_was_paid_of_an_old_loss_does_not_lower_a_new_debt_in_silence(tmp_path: Path) -> None:
    """Acme owes 500 by now, and 400 of the loss came back: only 100 is asked for until the 400 are booked again."""
    drawn = {
        "documents": """
            document_id  kind           client  document_date  due_date    amount
            LOST         invoice        Acme    2024-01-01     2024-01-31  1000
            W1           write_off      Acme    2024-06-30     -           1000
            P1           payment        Acme    2024-08-10     -           400
            NEW          invoice        Acme    2024-08-20     2024-09-20  500
        """,
        "allocations": "debit_id  credit_id  amount\n LOST  W1  1000\n LOST  P1  400",
    }
    books = books_of(tmp_path / "before", "2024-09-30", **drawn)
    assert_shows(books, "balances", "balance  chase_amount\n 100.00  100.00")
    assert_shows(
        books,
        "clients_in_credit",
        """
        severity  detail
        warning   400.00 was paid on debts written off; it is taken off what the client owes by now
        """,
    )
    drawn["documents"] += "BACK         journal_debit  Acme    2024-08-10     2024-08-10  400\n"
    drawn["allocations"] = "debit_id  credit_id  amount\n LOST  W1  1000\n BACK  P1  400"
    drawn["contacts"] = """
        client  document_id  date        kind      promised_amount
        Acme    LOST         2024-08-10  recovery  400
    """
    mended = books_of(tmp_path / "mended", "2024-09-30", **drawn)
    assert_shows(mended, "balances", "balance  chase_amount\n 500.00  500.00")
    assert_shows(mended, "recoveries", "document_id  recovered_amount\n LOST  400.00")
    assert len(mended.show("clients_in_credit")) == 0


NAMED = {
    "contacts": "client  document_id  date  kind",
    "agreements": "client  document_id  date  kind  on_file",
    "instalments": "document_id  due_date  amount",
}


@pytest.mark.parametrize(
    ("table", "row", "subject", "detail"),
    [
        (
            "contacts",
            "Acme  A-1  2025-02-01  dispute",
            "document A-1 in contacts",
            "dispute of 2025-02-01: A-1 is the number of a document, whose document_id is I1",
        ),
        (
            "contacts",
            "Acme  I9  2025-02-01  note",
            "document I9 in contacts",
            "note of 2025-02-01: no document I9 is on the books",
        ),
        (
            "contacts",
            "Bolt  I1  2025-02-01  hold",
            "document I1 in contacts",
            "hold of 2025-02-01: I1 is a document of Acme",
        ),
        (
            "contacts",
            "Acmee  -  2025-02-01  hold",
            "client Acmee in contacts",
            "hold of 2025-02-01: no client Acmee is on the books",
        ),
        (
            "agreements",
            "Acme  I9  2025-01-01  contract  yes",
            "document I9 in agreements",
            "contract of 2025-01-01: no document I9 is on the books",
        ),
        (
            "instalments",
            "I9  2025-03-01  100",
            "document I9 in instalments",
            "100.00 due 2025-03-01: no document I9 is on the books",
        ),
    ],
)
def test_what_is_told_of_a_client_or_document_that_is_not_there_is_found(
    tmp_path: Path, table: str, row: str, subject: str, detail: str
) -> None:
    """A dispute that names an invoice by its number is no dispute: that must not be lost in silence."""
    documents = f"{SOUND}\n I2  invoice  Bolt  B-1  2025-01-01  2025-01-31  50.00  USD"
    told = {table: f"{NAMED[table]}\n {row}"}
    books = books_of(tmp_path, "2025-02-28", documents=documents, allocations=MATCHED, **told)
    [found] = findings(books)
    assert (found["check"], found["severity"]) == ("unknown_references", "warning")
    assert (found["subject"], found["detail"]) == (subject, detail)


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("contacts", "Acme  I1  2025-02-01  dispute"),
        ("contacts", "Acme  -  2025-02-01  dispute"),
        ("contacts", "Acme  I9  2025-03-01  dispute"),  # after as_of
        ("contacts", "Acme  A-1  2025-02-01  dispute\n Acme  I1  2025-02-01  dispute"),  # told again, rightly
        ("agreements", "Acme  I1  -  contract  yes"),
        ("instalments", "I1  2025-01-31  100"),
    ],
)
def test_what_is_told_of_a_known_one_or_mended_is_not(tmp_path: Path, table: str, row: str) -> None:
    told = {table: f"{NAMED[table]}\n {row}"}
    books = books_of(tmp_path, "2025-02-28", documents=SOUND, allocations=MATCHED, **told)
    assert findings(books).rows == ()
