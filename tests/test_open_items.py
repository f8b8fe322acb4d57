"""What is still open on each document, when it falls due, and how old that makes it."""

from pathlib import Path

import pytest

from agingreport.audit import findings
from drawn import assert_shows, books_of, ledger_of, on

ONE_INVOICE = """
    document_id  kind     client  document_date  due_date    amount
    I1           invoice  Acme    2025-01-01     2025-01-31  100.00
"""


def test_an_invoice_is_open_until_something_settles_it(tmp_path: Path) -> None:
    books = books_of(tmp_path, "2025-02-01", documents=ONE_INVOICE)
    assert_shows(
        books,
        "open_items",
        """
        document_id  client  currency  due_date    days_past_due  bucket  amount  settled_amount  open_amount
        I1           Acme    USD       2025-01-31  1              1-30    100.00  0.00            100.00
        """,
    )


@pytest.mark.parametrize(
    ("as_of", "days_past_due", "bucket"),
    [
        ("2025-01-30", "-1", "current"),
        ("2025-01-31", "0", "current"),
        ("2025-02-01", "1", "1-30"),
        ("2025-03-02", "30", "1-30"),
        ("2025-03-03", "31", "31-60"),
        ("2025-04-01", "60", "31-60"),
        ("2025-04-02", "61", "61-90"),
        ("2025-05-01", "90", "61-90"),
        ("2025-05-02", "91", "91+"),
        ("2035-05-02", "3743", "91+"),
    ],
)
def test_due_today_is_current_and_each_bucket_has_both_its_ends(
    tmp_path: Path, as_of: str, days_past_due: str, bucket: str
) -> None:
    books = books_of(tmp_path, as_of, documents=ONE_INVOICE)
    assert [(str(row["days_past_due"]), row["bucket"]) for row in books.show("open_items")] == [(days_past_due, bucket)]


@pytest.mark.parametrize(("as_of", "is_there"), [("2024-12-31", False), ("2025-01-01", True)])
def test_an_invoice_counts_from_its_document_date_on(tmp_path: Path, as_of: str, is_there: bool) -> None:
    assert bool(books_of(tmp_path, as_of, documents=ONE_INVOICE).show("open_items")) is is_there


def test_custom_bucket_edges_give_custom_buckets(tmp_path: Path) -> None:
    policy = "[conventions]\nbucket_edges = [-1, 0, 15]\n"
    documents = """
        document_id  kind     client  document_date  due_date    amount
        I1           invoice  Acme    2025-01-01     2025-02-02  1.00
        I2           invoice  Acme    2025-01-01     2025-02-01  2.00
        I3           invoice  Acme    2025-01-01     2025-01-31  4.00
        I4           invoice  Acme    2025-01-01     2025-01-16  8.00
    """
    assert_shows(
        books_of(tmp_path, "2025-02-01", policy=policy, documents=documents),
        "aging",
        """
        bucket    bucket_number  open_amount
        up to -1  0              1.00
        0         1              2.00
        1-15      2              4.00
        16+       3              8.00
        """,
    )


def test_aging_by_document_date_moves_the_bucket_and_not_the_days_past_due(tmp_path: Path) -> None:
    """Own example of definitions.md, section 1: A, B and C at 2023-03-31."""
    documents = """
        document_id  kind     client  document_date  due_date    amount
        A            invoice  Acme    2023-03-01     2023-03-31  1000.00
        B            invoice  Acme    2023-01-30     2023-03-31  2000.00
        C            invoice  Acme    2023-01-15     2023-02-14  3000.00
    """
    by_due_date = books_of(tmp_path, "2023-03-31", documents=documents)
    by_document_date = books_of(
        tmp_path, "2023-03-31", policy='[conventions]\naging_basis = "document_date"\n', documents=documents
    )
    assert_shows(
        by_due_date,
        "open_items",
        """
        document_id  days_past_due  bucket
        C            45             31-60
        A            0              current
        B            0              current
        """,
    )
    assert_shows(
        by_document_date,
        "open_items",
        """
        document_id  days_past_due  bucket
        C            45             61-90
        A            0              1-30
        B            0              31-60
        """,
    )


@pytest.mark.parametrize(
    ("terms", "due_date"),
    [
        ("Net 30", "2025-01-31"),
        ("NET30", "2025-01-31"),
        ("2/10 net 45", "2025-02-15"),
        ("14 days", "2025-01-15"),
        ("Net 0", "2025-01-01"),
        ("Due on receipt", "2025-01-01"),
        ("2/10, 30 EOM", "2025-01-01"),
        ("2/10 net 30 EOM", "2025-01-31"),
        ("30 days end of month", "2025-01-31"),
        ("60 jours fin de mois", "2025-03-31"),
        ("15th of the following month", "2025-01-01"),
        ("50% deposit", "2025-01-01"),
        ("EOM", "2025-01-31"),
        ("Due end of month", "2025-01-31"),
        ("1 month", "2025-02-01"),
        ("2 Monate", "2025-03-01"),
        ("2个月", "2025-03-01"),
        ("2 weeks", "2025-01-15"),
        ("30天", "2025-01-31"),
        ("30 Kalendertage", "2025-01-31"),
    ],
)
def test_without_a_due_date_the_terms_say_it_and_else_the_document_date(
    tmp_path: Path, terms: str, due_date: str
) -> None:
    documents = f"""
        document_id  kind     client  document_date  amount  terms
        I1           invoice  Acme    2025-01-01     100.00  {terms}
    """
    books = books_of(tmp_path, "2025-06-30", documents=documents)
    assert [str(row["due_date"]) for row in books.show("open_items")] == [due_date]


@pytest.mark.parametrize(
    ("day", "due_date"), [("2025-01-10", "2025-02-28"), ("2025-01-31", "2025-03-02"), ("2025-02-01", "2025-03-30")]
)
def test_terms_that_are_counted_to_or_from_the_end_of_a_month_give_the_earlier_day(
    tmp_path: Path, day: str, due_date: str
) -> None:
    """30 days from 10 January are 9 February, by its end the 28th; from the end of January they are 2 March."""
    documents = f"""
        document_id  kind     client  document_date  amount  terms
        I1           invoice  Acme    {day}          100.00  30 days end of month
    """
    books = books_of(tmp_path, "2025-06-30", documents=documents)
    assert [str(row["due_date"]) for row in books.show("open_items")] == [due_date]
    (found,) = (row for row in findings(books) if row["check"] == "unclear_terms")
    assert (found["severity"], found["subject"]) == ("warning", "30 days end of month")


@pytest.mark.parametrize(
    ("terms", "due_date"), [("1 month", "2024-02-29"), ("EOM", "2024-01-31"), ("Net 30", "2024-03-01")]
)
def test_a_month_from_the_end_of_january_ends_with_february(tmp_path: Path, terms: str, due_date: str) -> None:
    documents = f"""
        document_id  kind     client  document_date  amount  terms
        I1           invoice  Acme    2024-01-31     100.00  {terms}
    """
    books = books_of(tmp_path, "2024-06-30", documents=documents)
    assert [str(row["due_date"]) for row in books.show("open_items")] == [due_date]


def test_a_due_date_in_the_export_overrules_the_terms(tmp_path: Path) -> None:
    documents = """
        document_id  kind     client  document_date  due_date    amount  terms
        I1           invoice  Acme    2025-01-01     2025-01-10  100.00  Net 30
    """
    books = books_of(tmp_path, "2025-06-30", documents=documents)
    assert [str(row["due_date"]) for row in books.show("open_items")] == ["2025-01-10"]


def test_drafts_and_voids_neither_age_nor_settle(tmp_path: Path) -> None:
    books = books_of(
        tmp_path,
        "2025-02-28",
        documents="""
            document_id  kind         client  document_date  due_date    amount  status
            I1           invoice      Acme    2025-01-01     2025-01-31  100.00  posted
            I2           invoice      Acme    2025-01-01     2025-01-31  200.00  draft
            I3           invoice      Acme    2025-01-01     2025-01-31  400.00  void
            P1           payment      Acme    2025-02-01     -           30.00   draft
            C1           credit_note  Acme    2025-02-01     -           50.00   void
        """,
        allocations="""
            debit_id  credit_id  amount
            I1        P1         30.00
            I1        C1         50.00
        """,
    )
    assert_shows(books, "open_items", "document_id  open_amount\n I1  100.00")
    assert_shows(books, "unapplied", "document_id  unapplied_amount")
    assert_shows(books, "balances", "client  balance\n Acme  100.00")


def test_instalments_age_one_by_one_and_payments_fill_the_earliest_first(tmp_path: Path) -> None:
    """The rows of OCA account-financial-reporting issue 487 (peers.md T11), with a payment of our own."""
    books = books_of(
        tmp_path,
        "2019-01-10",
        documents="""
            document_id  kind     client  document_date  due_date    amount
            I1           invoice  Acme    2018-10-27     2019-01-25  90000.00
            P1           payment  Acme    2019-01-05     -           30000.00
        """,
        instalments="""
            document_id  due_date    amount
            I1           2019-01-25  36000.00
            I1           2018-11-26  27000.00
            I1           2018-12-26  27000.00
        """,
        allocations="""
            debit_id  credit_id  amount
            I1        P1         30000.00
        """,
    )
    assert_shows(
        books,
        "open_items",
        """
        document_id  instalment_number  due_date    bucket   amount    settled_amount  open_amount
        I1           2                  2018-12-26  1-30     27000.00  3000.00         24000.00
        I1           3                  2019-01-25  current  36000.00  0.00            36000.00
        """,
    )
    assert_shows(
        books,
        "aging_trend",
        """
        bucket   open_amount
        current  36000.00
        1-30     27000.00
        31-60    27000.00
        61-90    0.00
        91+      0.00
        """,
        month_end="2018-12-31",
    )


@pytest.mark.parametrize(
    ("instalments", "open_parts"),
    [
        ("I1  2025-01-10  30.00", [("2025-01-10", "30.00"), ("2025-01-31", "70.00")]),
        ("I1  2025-03-10  30.00", [("2025-03-10", "30.00"), ("2025-03-10", "70.00")]),
        ("I1  2025-01-10  90.00\n I1  2025-01-20  30.00", [("2025-01-10", "90.00"), ("2025-01-20", "10.00")]),
        ("I1  2025-01-10  100.00\n I1  2025-01-20  30.00", [("2025-01-10", "100.00")]),
    ],
)
def test_instalments_never_add_up_to_more_or_less_than_the_invoice(
    tmp_path: Path, instalments: str, open_parts: list[tuple[str, str]]
) -> None:
    books = books_of(
        tmp_path, "2025-06-30", documents=ONE_INVOICE, instalments=f"document_id  due_date  amount\n {instalments}"
    )
    shown = [(str(row["due_date"]), f"{row['open_amount']:.2f}") for row in books.show("open_items")]
    assert shown == open_parts


def test_currencies_are_never_added(tmp_path: Path) -> None:
    documents = """
        document_id  kind     client  document_date  due_date    amount  currency
        I1           invoice  Acme    2025-01-01     2025-01-31  100.00  USD
        I2           invoice  Acme    2025-01-01     2025-01-31  200.00  EUR
    """
    books = books_of(tmp_path, "2025-02-28", documents=documents)
    assert_shows(books, "balances", "client  currency  balance\n Acme  EUR  200.00\n Acme  USD  100.00")
    assert_shows(books, "aging", "currency  bucket  open_amount\n EUR  1-30  200.00\n USD  1-30  100.00")


def test_a_tenth_of_a_cent_stays_exact(tmp_path: Path) -> None:
    documents = """
        document_id  kind     client  document_date  due_date    amount
        I1           invoice  Acme    2025-01-01     2025-01-31  99999999999999.9999
        P1           payment  Acme    2025-01-01     -           0.0001
    """
    books = books_of(
        tmp_path, "2025-02-28", documents=documents, allocations="debit_id  credit_id  amount\n I1  P1  0.0001"
    )
    assert_shows(books, "open_items", "document_id  open_amount\n I1  99999999999999.9998")


METRICS = ("open_items", "unapplied", "balances", "aging", "aging_trend", "rollforward", "dso", "lateness", "tie_out")


@pytest.mark.parametrize("metric", METRICS)
def test_an_empty_ledger_has_no_rows_and_no_errors(tmp_path: Path, metric: str) -> None:
    assert len(books_of(tmp_path, "2025-02-28").show(metric)) == 0


def test_a_day_before_everything_has_no_rows(tmp_path: Path) -> None:
    books = books_of(tmp_path, "2020-01-01", documents=ONE_INVOICE)
    assert [metric for metric in METRICS if books.show(metric)] == []


def test_a_client_keeps_its_parent(tmp_path: Path) -> None:
    documents = """
        document_id  kind     client    document_date  due_date    amount  parent_client
        I1           invoice  Acme:Job  2025-01-01     2025-01-31  100.00  Acme
    """
    ledger = ledger_of(tmp_path, documents=documents)
    assert_shows(on(ledger, "2025-02-28"), "clients", "client  parent_client\n Acme:Job  Acme")
