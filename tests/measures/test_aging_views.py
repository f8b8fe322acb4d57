"""The open money by group, in shares, by calendar month, ahead of its time, and as a matrix."""

from pathlib import Path

import pytest

from agingreport.computed import COMPUTED
from agingreport.errors import AgingReportError
from agingreport.matrix import aging_matrix, as_matrix
from command import Run
from drawn import as_drawn, assert_shows, books_of, ledger_file, load, shown, write_drawn

THREE_INVOICES = """
    document_id  kind     client  document_date  due_date    amount
    A            invoice  Acme    2023-03-01     2023-03-31  1000
    B            invoice  Acme    2023-01-30     2023-03-31  2000
    C            invoice  Acme    2023-01-15     2023-02-14  3000
"""


def test_aging_by_due_date_as_definitions_section_1_works_it_out(tmp_path: Path) -> None:
    books = books_of(tmp_path, "2023-03-31", documents=THREE_INVOICES)
    assert_shows(books, "aging", "bucket  open_amount\n current  3000.00\n 31-60  3000.00")


def test_aging_by_document_date_as_definitions_section_1_works_it_out(tmp_path: Path) -> None:
    by_document = '[conventions]\naging_basis = "document_date"\n'
    books = books_of(tmp_path, "2023-03-31", policy=by_document, documents=THREE_INVOICES)
    assert_shows(books, "aging", "bucket  open_amount\n 1-30  1000.00\n 31-60  2000.00\n 61-90  3000.00")


def test_a_retention_is_not_overdue_before_its_release(tmp_path: Path) -> None:
    """Peers.md K28: 10 % held back until release, as an instalment of its own."""
    books = books_of(
        tmp_path,
        "2025-03-31",
        documents="""
            document_id  kind     client  document_date  due_date    amount
            I1           invoice  Acme    2025-01-01     2025-01-31  1000
        """,
        instalments="document_id  due_date  amount\n I1  2025-01-31  900\n I1  2026-01-31  100",
    )
    assert_shows(books, "aging_summary", "bucket  open_amount\n current  100.00\n 31-60  900.00", client_count="1")


GROUPS = """
    client   parent_client
    Holding  -
    Acme     Holding
    Branch   Acme
    Bolt     -
"""


def test_a_group_holds_all_clients_below_its_topmost_parent(tmp_path: Path) -> None:
    books = books_of(
        tmp_path,
        "2025-04-30",
        clients=GROUPS,
        documents="""
            document_id  kind     client  document_date  due_date    amount
            A            invoice  Acme    2025-04-01     2025-05-01  100
            B            invoice  Branch  2025-04-01     2025-05-01  20
            C            invoice  Bolt    2025-04-01     2025-05-01  3
            D            invoice  Branch  2025-03-01     2025-04-01  40
        """,
    )
    assert_shows(
        books,
        "aging_by_group",
        """
        group_client  bucket   open_amount  client_count
        Bolt          current  3.00         1
        Holding       current  120.00       2
        Holding       1-30     40.00        1
        """,
    )


def test_a_chain_of_eight_parents_is_followed_to_its_top(tmp_path: Path) -> None:
    chain = "\n".join(f"C{number}  C{number + 1}" for number in range(8))
    books = books_of(tmp_path, "2025-04-30", clients=f"client  parent_client\n{chain}")
    assert {row["group_client"] for row in books.show("client_groups")} == {"C8"}


def test_a_parent_that_no_file_describes_is_a_group_all_the_same(tmp_path: Path) -> None:
    books = books_of(tmp_path, "2025-04-30", clients="client  parent_client\n Acme  Holding")
    assert_shows(books, "client_groups", "client  group_client  group_name\n Acme  Holding  Holding")


def test_a_circle_of_parents_ends_within_itself(tmp_path: Path) -> None:
    books = books_of(tmp_path, "2025-04-30", clients="client  parent_client\n Acme  Bolt\n Bolt  Acme")
    assert_shows(books, "client_groups", "client  group_client\n Acme  Acme\n Bolt  Bolt")


def test_shares_are_of_what_is_positive(tmp_path: Path) -> None:
    """What a client has paid ahead stands in unapplied, and takes nothing off a bucket."""
    books = books_of(
        tmp_path,
        "2025-04-30",
        documents="""
            document_id  kind     client  document_date  due_date    amount
            A            invoice  Acme    2025-04-01     2025-05-01  300
            B            invoice  Bolt    2025-03-01     2025-03-31  100
            P            payment  Core    2025-04-01     -           500
        """,
    )
    assert_shows(
        books,
        "aging_summary",
        """
        bucket   open_amount  client_count  total_open_amount  open_share
        current  300.00       1             400.00             0.75
        1-30     100.00       1             400.00             0.25
        31-60    0.00         0             400.00             0.00
        61-90    0.00         0             400.00             0.00
        91+      0.00         0             400.00             0.00
        """,
    )


def test_where_nothing_is_open_there_is_no_share(tmp_path: Path) -> None:
    paid = """
        document_id  kind     client  document_date  amount
        A            invoice  Acme    2025-04-01     100
        P            payment  Acme    2025-04-02     100
    """
    books = books_of(tmp_path, "2025-04-30", documents=paid, allocations="debit_id  credit_id  amount\n A  P  100")
    assert {(row["open_amount"], row["open_share"]) for row in books.show("aging_summary")} == {(0, None)}


@pytest.mark.parametrize(
    ("due_date", "bucket"),
    [
        ("2025-05-01", "current"),
        ("2025-04-30", "current"),
        ("2025-04-29", "2025-04"),
        ("2025-04-01", "2025-04"),
        ("2025-03-31", "2025-03"),
        ("2025-02-01", "2025-02"),
        ("2025-01-31", "before 2025-02"),
    ],
)
def test_calendar_months_take_what_fell_due_in_them(tmp_path: Path, due_date: str, bucket: str) -> None:
    books = books_of(
        tmp_path,
        "2025-04-30",
        documents=f"""
            document_id  kind     client  document_date  due_date    amount
            A            invoice  Acme    2025-01-01     {due_date}  100
        """,
    )
    assert_shows(books, "aging_by_month", f"bucket  open_amount\n {bucket}  100.00")


def test_on_the_first_of_a_month_the_newest_month_is_the_one_before(tmp_path: Path) -> None:
    books = books_of(tmp_path, "2025-05-01", documents=THREE_INVOICES)
    assert [row["bucket"] for row in books.sql("select bucket from month_buckets order by bucket_number")] == [
        "current", "2025-04", "2025-03", "2025-02", "before 2025-02",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("as_of", "buckets"),
    [
        ("2024-01-01", [["2024-01", "2.00"], ["2023-12", "1.00"], ["before 2023-11", "8.00"]]),
        ("2024-01-31", [["2024-01", "6.00"], ["2023-12", "1.00"], ["before 2023-11", "8.00"]]),
        ("2024-02-01", [["2024-01", "6.00"], ["2023-12", "1.00"], ["before 2023-12", "8.00"]]),
    ],
)
def test_by_document_date_what_is_issued_on_the_last_day_belongs_to_its_month(
    tmp_path: Path, as_of: str, buckets: list[list[str]]
) -> None:
    """Across the end of a year, with invoices of the last and first day of a month: nothing of them is current."""
    books = books_of(
        tmp_path,
        as_of,
        policy='[conventions]\naging_basis = "document_date"\n',
        documents="""
            document_id  kind     client  document_date  due_date    amount
            A            invoice  Acme    2023-12-31     2024-01-30  1
            B            invoice  Acme    2024-01-01     2024-01-31  2
            C            invoice  Acme    2024-01-31     2024-03-01  4
            D            invoice  Acme    2023-10-31     2023-11-30  8
        """,
    )
    assert shown(books, "aging_by_month", ["bucket", "open_amount"]) == buckets


def test_a_projected_aging_counts_the_days_to_the_future_day(tmp_path: Path) -> None:
    """Peers.md K20: due 2025-11-30, seen on 11-15 for 12-31: 31 days, 31-60."""
    books = books_of(
        tmp_path,
        "2025-11-15",
        documents="""
            document_id  kind     client  document_date  due_date    amount
            A            invoice  Acme    2025-11-01     2025-11-30  100
        """,
    )
    columns = ["projected_on", "bucket", "open_amount"]
    assert shown(books, "aging_projection", columns, {"item_count": "1"}) == [
        ["2025-11-30", "current", "100.00"],
        ["2025-12-31", "31-60", "100.00"],
        ["2026-01-31", "61-90", "100.00"],
    ]


@pytest.mark.parametrize(("as_of", "is_said"), [("2026-01-01", False), ("2026-01-02", True)])
def test_a_day_after_the_last_load_is_said_to_be_projected(tmp_path: Path, as_of: str, is_said: bool) -> None:
    """The books of these tests are loaded on 2026-01-01."""
    found = books_of(tmp_path, as_of, documents=THREE_INVOICES).show("projected_figures")
    assert ["projected: the books were last loaded on 2026-01-01" in row["detail"] for row in found] == [True] * is_said


def test_a_matrix_has_one_row_an_account_and_one_column_a_bucket(tmp_path: Path) -> None:
    books = books_of(
        tmp_path,
        "2025-04-30",
        documents="""
            document_id  kind     client  document_date  due_date    amount  currency
            A            invoice  Acme    2025-04-01     2025-05-01  100     USD
            B            invoice  Acme    2025-03-01     2025-04-01  40      USD
            C            invoice  Acme    2025-03-01     2025-04-01  7       EUR
        """,
    )
    matrix = aging_matrix(books)
    assert matrix.columns == ("client", "currency", "current", "1-30", "31-60", "61-90", "91+", "total")
    assert {str(cell) for row in matrix.rows for cell in row[2:]} == {
        "0.0000",
        "7.0000",
        "40.0000",
        "100.0000",
        "140.0000",
    }
    assert [[as_drawn(cell) for cell in row] for row in matrix.rows] == [
        ["Acme", "EUR", "0.00", "7.00", "0.00", "0.00", "0.00", "7.00"],
        ["Acme", "USD", "100.00", "40.00", "0.00", "0.00", "0.00", "140.00"],
    ]


def test_a_matrix_by_calendar_month_has_its_months_as_columns(tmp_path: Path) -> None:
    matrix = aging_matrix(books_of(tmp_path, "2023-03-31", documents=THREE_INVOICES), "aging_by_month")
    assert matrix.columns[2:] == ("current", "2023-03", "2023-02", "2023-01", "before 2023-01", "total")
    assert [as_drawn(cell) for cell in matrix.rows[0][2:]] == ["3000.00", "0.00", "3000.00", "0.00", "0.00", "6000.00"]


def test_a_matrix_never_adds_currencies(tmp_path: Path) -> None:
    with pytest.raises(AgingReportError, match="currencies are never added"):
        aging_matrix(books_of(tmp_path, "2023-03-31", documents=THREE_INVOICES), by=["client"])


def test_the_command_line_shows_a_metric_with_buckets_as_a_matrix(run: Run, tmp_path: Path) -> None:
    with ledger_file(tmp_path / "ledger.duckdb") as ledger:
        load(ledger, write_drawn(tmp_path, documents=THREE_INVOICES))
    show = ("show", "--ledger", tmp_path / "ledger.duckdb", "--as-of", "2023-03-31", "--format", "csv", "--matrix")
    assert run(*show, "aging").out.splitlines()[0] == "client,currency,current,1-30,31-60,61-90,91+,total"
    assert run(*show, "aging_trend_by_client").out.splitlines()[0].startswith("month_end,client,currency,current")
    refused = run(*show, "dso")
    assert (refused.status, "these have a matrix: aging, aging_by_group" in refused.err) == (1, True)


def test_the_command_line_shows_a_metric_that_has_no_sql_like_the_others(run: Run, tmp_path: Path) -> None:
    with ledger_file(tmp_path / "ledger.duckdb") as ledger:
        load(ledger, write_drawn(tmp_path, documents=THREE_INVOICES))
    where = ("--ledger", tmp_path / "ledger.duckdb", "--as-of", "2023-03-31", "--format", "csv")
    header = run("show", "expected_exits", *where).out.splitlines()[0]
    assert header.split(",") == list(COMPUTED["expected_exits"].columns)
    assert "expected_exits" in run("show", "--list").out
    assert "absorbing Markov" in run("show", "expected_exits", "--explain").out
    refused = run("show", "expected_exits", "--sql")
    assert (refused.status, "no SQL: it is worked out in Python from aging and transitions" in refused.err) == (1, True)


FOLLOWED = {
    "documents": """
        document_id  kind       client  document_date  due_date    amount
        A            invoice    Acme    2023-12-10     2024-01-10  300
        B            invoice    Acme    2024-02-10     2024-03-10  60
        P1           payment    Acme    2024-02-20     -           100
        W1           write_off  Acme    2024-02-29     -           50
    """,
    "allocations": "debit_id  credit_id  amount\n A  P1  100\n A  W1  50",
    "policy": "[conventions]\nbucket_edges = [0, 30]\n",
}


def test_a_migration_matrix_has_one_column_for_each_state_that_money_went_to(tmp_path: Path) -> None:
    """The 300 were 21 days late in January: 100 paid, 50 written off, 150 older by February; 60 are new."""
    matrix = as_matrix(books_of(tmp_path, "2024-02-29", **FOLLOWED), "migration")
    assert matrix.columns == (
        "month_end", "currency", "from_state",
        "current", "1-30", "31+", "paid", "credited", "written off", "total",
    )  # fmt: skip
    assert [[as_drawn(cell) for cell in row] for row in matrix.rows[-4:]] == [
        ["2024-02-29", "USD", "new", "60.00", "0.00", "0.00", "0.00", "0.00", "0.00", "60.00"],
        ["2024-02-29", "USD", "current", "0.00", "0.00", "0.00", "0.00", "0.00", "0.00", "0.00"],
        ["2024-02-29", "USD", "1-30", "0.00", "0.00", "150.00", "100.00", "0.00", "50.00", "300.00"],
        ["2024-02-29", "USD", "31+", "0.00", "0.00", "0.00", "0.00", "0.00", "0.00", "0.00"],
    ]


def test_a_vintage_matrix_has_one_column_a_month_and_nothing_where_none_has_come_yet(tmp_path: Path) -> None:
    matrix = as_matrix(books_of(tmp_path, "2024-02-29", **FOLLOWED), "vintage")
    assert matrix.columns == ("currency", "billed_in", "0", "1", "2")
    assert [[as_drawn(cell) for cell in row] for row in matrix.rows] == [
        ["USD", "2023-12-01", "1.00", "1.00", "0.50"],
        ["USD", "2024-02-01", "1.00", "-", "-"],
    ]
