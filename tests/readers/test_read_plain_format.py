"""The plain format: each of its files, and each rule about its cells."""

from pathlib import Path

import duckdb
import pytest
from loaded import day, load, money, refusal, table, write

from agingreport.readers import ReadOptions, read

DOCUMENTS = (
    "document_id,kind,client,number,document_date,due_date,amount,currency,status,tax_amount,terms,parent_client,"
    "disputed"
)
FEW = "document_id,kind,client,document_date,amount"


def test_a_document_is_read_with_every_column(tmp_path: Path) -> None:
    row = "00012,invoice,Acme,7001,2026-01-05,2026-02-04,1250.50,EUR,posted,208.42,net 30,Acme Group,yes"
    loaded = load(write(tmp_path, table(DOCUMENTS, row)))
    assert loaded.rows("documents") == [
        (
            "00012", "invoice", "Acme", "7001", day("2026-01-05"), day("2026-02-04"), money("1250.5000"), "EUR",
            "posted", money("208.4200"), "net 30", True, 2, 1,
        )
    ]  # fmt: skip
    assert loaded.rows("clients", "client", "parent_client", "source_row") == [("Acme", "Acme Group", 2)]
    assert (loaded.reading.reader, loaded.counts) == ("plain-documents", (1, 0, 0))


def test_optional_columns_may_be_left_out(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, table(FEW, "1,invoice,Acme,2026-01-05,10")))
    assert loaded.rows("documents", "number", "due_date", "currency", "status", "is_disputed") == [
        (None, None, "USD", "posted", False)
    ]
    assert loaded.reading.notes == ("1 rows name no currency: taken as USD",)
    assert "due_dates" not in loaded.reading.can


def test_the_order_and_the_spelling_of_the_header_do_not_matter(tmp_path: Path) -> None:
    text = "\ufeffAmount , *Document ID,DOCUMENT DATE,Client,kind\n10,1,2026-01-05,Acme,Invoice\n"
    assert load(write(tmp_path, text)).documents == [
        ("1", "invoice", "Acme", day("2026-01-05"), None, money("10"), "USD")
    ]


def test_a_currency_in_no_cell_and_in_no_option_is_asked_for(tmp_path: Path) -> None:
    path = write(tmp_path, table(FEW, "1,invoice,Acme,2026-01-05,10"))
    assert refusal(path, currency=None) == "export.csv: 1 rows name no currency; say which it is with --currency"


def test_an_empty_client_is_unknown(tmp_path: Path) -> None:
    assert load(write(tmp_path, table(FEW, "1,invoice, ,2026-01-05,10"))).documents[0][2] == "(unknown)"


@pytest.mark.parametrize("kind", ["journal_debit", "Journal debit", " WRITE-OFF", "credit note"])
def test_a_kind_may_be_written_with_capitals_blanks_and_hyphens(tmp_path: Path, kind: str) -> None:
    loaded = load(write(tmp_path, table(FEW, f"1,{kind},Acme,2026-01-05,10")))
    assert loaded.documents[0][1] == kind.strip().lower().replace(" ", "_").replace("-", "_")


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("1,bill,A,2026-01-05,10", "kind", 'not a kind of document: "bill"'),
        (",invoice,A,2026-01-05,10", "document_id", "empty"),
        ("1,invoice,A,,10", "document_date", "empty"),
        ("1,invoice,A,2026-02-30,10", "document_date", 'not a date: "2026-02-30"'),
        ("1,invoice,A,01/05/2026,10", "document_date", 'not a date: "01/05/2026"'),
        ("1,invoice,A,2026-01-05,", "amount", "empty"),
        ("1,invoice,A,2026-01-05,ten", "amount", 'not an amount: "ten"'),
        ("1,invoice,A,2026-01-05,1e3", "amount", 'not an amount: "1e3"'),
        ('1,invoice,A,2026-01-05,"12,50"', "amount", 'not an amount: "12,50"'),
        ("1,invoice,A,2026-01-05,0", "amount", 'must be above zero, the side follows from the kind: "0"'),
        ("1,payment,A,2026-01-05,-10", "amount", 'must be above zero, the side follows from the kind: "-10"'),
        ("1,invoice,A,2026-01-05,1,000.50", None, "has 6 fields where the header has 5"),
        ("1,invoice,A,2026-01-05", None, "has 4 fields where the header has 5"),
    ],
)
def test_a_row_that_cannot_be_right_is_refused_whole_with_the_reason(
    tmp_path: Path, row: str, column: str | None, reason: str
) -> None:
    loaded = load(write(tmp_path, table(FEW, "9,invoice,A,2026-01-05,10", row)))
    assert loaded.rejects == [(3, column, reason, row)]
    assert loaded.counts == (2, 0, 1)
    assert [document[0] for document in loaded.documents] == ["9"]


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("due_date", "soon", "not a date"),
        ("status", "open", "not a status"),
        ("currency", "dollars", "not a currency code"),
        ("tax_amount", "some", "not an amount"),
        ("disputed", "perhaps", "neither yes nor no"),
    ],
)
def test_an_optional_cell_that_cannot_be_read_refuses_its_row(
    tmp_path: Path, column: str, cell: str, reason: str
) -> None:
    loaded = load(write(tmp_path, table(f"{FEW},{column}", f"1,invoice,A,2026-01-05,10,{cell}")))
    assert [reject[1:3] for reject in loaded.rejects] == [(column, f'{reason}: "{cell}"')]


def test_amounts_are_exact_to_four_decimals(tmp_path: Path) -> None:
    loaded = load(
        write(tmp_path, table(FEW, '1,invoice,A,2026-01-05,"12,345,678,901.1234"', "2,invoice,A,2026-01-05,0.1"))
    )
    assert [document[5] for document in loaded.documents] == [money("12345678901.1234"), money("0.1000")]


def test_the_last_row_of_a_document_holds(tmp_path: Path) -> None:
    rows = ("1,invoice,A,2026-01-05,10", "2,invoice,A,2026-01-05,20", "1,invoice,B,2026-01-06,30")
    loaded = load(write(tmp_path, table(FEW, *rows)))
    assert loaded.rows("documents", "document_id", "client", "amount", "source_row", "source_rows") == [
        ("1", "B", money("30"), 2, 2),
        ("2", "A", money("20"), 3, 1),
    ]
    assert loaded.reading.notes[-1] == "1 documents stand in it more than once, with changes: the last row holds"


def test_equal_rows_are_one_document(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, table(FEW, *["1,invoice,A,2026-01-05,10"] * 3)))
    assert loaded.rows("documents", "document_id", "source_rows") == [("1", 3)]
    assert len(loaded.reading.notes) == 1  # that of the currency


def test_blank_rows_are_skipped_and_counted(tmp_path: Path) -> None:
    rows = ("", "1,invoice,A,2026-01-05,10", ",,,,", "  ,,,,", "", "2,invoice,A,2026-01-05,10", "")
    loaded = load(write(tmp_path, table(FEW, *rows)))
    assert loaded.counts == (7, 5, 0)
    assert loaded.rows("documents", "document_id", "source_row") == [("1", 3), ("2", 7)]


def test_a_row_of_nothing_but_commas_is_skipped_on_the_quick_way_too(tmp_path: Path) -> None:
    rows = [f"{number},invoice,A,2026-01-05,10" for number in range(9)]
    loaded = load(write(tmp_path, table(FEW, *rows, ",,,,", "9,invoice,A,2026-01-05,10")))
    assert loaded.counts == (11, 1, 0)
    assert loaded.rows("documents", "document_id", "source_row")[-1] == ("9", 12)


def test_dates_that_were_turned_about_are_refused_on_the_quick_way_too(tmp_path: Path) -> None:
    """Dated 1 May and due 2 April, and so on: as 5 January and 4 February each would be due after its date."""
    rows = [f"{number},invoice,A,2026-05-0{number},2026-04-0{number + 1},10" for number in range(1, 8)]
    path = write(tmp_path, table("document_id,kind,client,document_date,due_date,amount", *rows))
    assert "day and month of its dates seem to be swapped" in refusal(path)
    assert load(path, date_order="year-first").counts == (7, 0, 0)


def test_rows_keep_their_numbers_on_the_quick_way(tmp_path: Path) -> None:
    rows = [f"{number},invoice,A,2026-01-05,10" for number in range(2, 5002)]
    loaded = load(write(tmp_path, table(FEW, *rows)))
    wrong = loaded.connection.execute(
        "select count(*) from staged_documents where source_row <> cast(document_id as int)"
    )
    assert (wrong.fetchall(), loaded.counts) == ([(0,)], (5000, 0, 0))


def test_a_column_that_is_not_read_is_told(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, table(f"{FEW},due_dat", "1,invoice,A,2026-01-05,10,2026-02-05")))
    assert loaded.reading.notes[-1] == "columns not read: due_dat"


def test_allocations_of_one_day_are_added_up_and_an_empty_date_stays_unknown(tmp_path: Path) -> None:
    rows = ("I1,P1,10,2026-01-05", "I1,P1,5,2026-01-05", "I1,P1,1,", "I1,P2,2.50,2026-01-06")
    loaded = load(write(tmp_path, table("debit_id,credit_id,amount,allocated_on", *rows)))
    assert loaded.rows("allocations") == [
        ("I1", "P1", money("15"), day("2026-01-05"), 2, 2),
        ("I1", "P1", money("1"), None, 4, 1),
        ("I1", "P2", money("2.5"), day("2026-01-06"), 5, 1),
    ]
    assert loaded.reading.can == {"payment_links"}
    assert loaded.counts == (4, 0, 0)


def test_an_allocation_needs_both_ids_and_a_positive_amount(tmp_path: Path) -> None:
    rows = (",P1,10", "I1,,10", "I1,P1,0", "I1,P1,-1", "I1,P1,x")
    loaded = load(write(tmp_path, table("debit_id,credit_id,amount", *rows)))
    assert [reject[1] for reject in loaded.rejects] == ["debit_id", "credit_id", "amount", "amount", "amount"]


def test_instalments_of_one_day_are_added_up(tmp_path: Path) -> None:
    rows = ("I1,2026-02-01,10", "I1,2026-03-01,20", "I1,2026-03-01,5", "I1,,5", "I1,2026-04-01,0")
    loaded = load(write(tmp_path, table("document_id,due_date,amount", *rows)))
    assert loaded.rows("instalments") == [
        ("I1", day("2026-02-01"), money("10"), 2, 1),
        ("I1", day("2026-03-01"), money("25"), 3, 2),
    ]
    assert [reject[:3] for reject in loaded.rejects] == [
        (5, "due_date", "empty"),
        (6, "amount", 'must be above zero: "0"'),
    ]


def test_clients_are_read_and_an_empty_answer_is_unknown(tmp_path: Path) -> None:
    header = "client,name,parent_client,email,phone,language,country,region,consumer"
    rows = (
        "A,Acme Ltd,,a@example.com,1,en,US,NY,no",
        "B,,A,,,,,,",
        "C,,,,,,,,maybe",
        "A,Acme Inc,,,,,,,yes",
        ",x,,,,,,,",
    )
    loaded = load(write(tmp_path, table(header, *rows)))
    assert loaded.rows("clients", "client", "name", "parent_client", "is_consumer", "source_row", "source_rows") == [
        ("A", "Acme Inc", None, True, 2, 2),
        ("B", None, "A", None, 3, 1),
    ]
    assert [reject[1] for reject in loaded.rejects] == ["consumer", "client"]


def test_contacts_are_read_each_as_a_fact_of_its_own(tmp_path: Path) -> None:
    header = "client,document_id,date,kind,channel,outcome,promised_date,promised_amount,note"
    rows = (
        'A,I1,2026-03-01,promise,phone,reached,2026-03-15,"1,200.00","said ""soon"", again"',
        ",I1,2026-03-01,Demand letter,,,,,",
        ",,2026-03-01,call,,,,,",
        "A,,2026-03-01,shout,,,,,",
        "A,,,call,,,,,",
    )
    loaded = load(write(tmp_path, table(header, *rows)))
    assert loaded.rows("contacts") == [
        (
            "A", "I1", day("2026-03-01"), "promise", "phone", "reached", day("2026-03-15"), money("1200"),
            'said "soon", again', 2, 1,
        ),
        (None, "I1", day("2026-03-01"), "demand_letter", None, None, None, None, None, 3, 1),
    ]  # fmt: skip
    assert [reject[1:3] for reject in loaded.rejects] == [
        ("client", "empty"), ("kind", 'not a kind of contact: "shout"'), ("contact_date", "empty"),
    ]  # fmt: skip


def test_agreements_are_read_and_an_empty_answer_is_unknown(tmp_path: Path) -> None:
    rows = ("A,,signed_terms,yes,2025-01-01", "A,I1,delivery receipt,,", "A,I1,handshake,no,", "A,,contract,perhaps,")
    loaded = load(write(tmp_path, table("client,document_id,kind,on_file,date", *rows)))
    assert loaded.rows("agreements") == [
        ("A", None, "signed_terms", True, day("2025-01-01"), 2, 1),
        ("A", "I1", "delivery_receipt", None, None, 3, 1),
    ]
    assert [reject[1] for reject in loaded.rejects] == ["kind", "on_file"]


def test_rates_keep_their_decimals_and_must_be_above_zero(tmp_path: Path) -> None:
    rows = ("2026-01-31,EUR,1.08125", "2026-01-31,jpy,0.0063421", "2026-01-31,GBP,0", "2026-01-31,,1")
    loaded = load(write(tmp_path, table("date,currency,rate", *rows)))
    assert loaded.rows("fx_rates", "rate_date", "currency", "rate") == [
        (day("2026-01-31"), "EUR", money("1.0812500000")),
        (day("2026-01-31"), "JPY", money("0.0063421000")),
    ]
    assert [reject[1] for reject in loaded.rejects] == ["rate", "currency"]


def test_a_control_balance_may_be_below_zero(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, table("date,currency,balance", "2026-01-31,EUR,-12.34", "2026-02-28,,(5.00)")))
    assert loaded.rows("control_balances", "control_date", "currency", "balance") == [
        (day("2026-01-31"), "EUR", money("-12.34")),
        (day("2026-02-28"), "USD", money("-5")),
    ]


def test_the_staged_tables_hold_nothing_of_the_file_before(tmp_path: Path) -> None:
    connection = duckdb.connect()
    options = ReadOptions(currency="USD")
    read(write(tmp_path, table(FEW, "1,invoice,A,2026-01-05,x")), connection=connection, options=options)
    rates = write(tmp_path, table("date,currency,rate", "2026-01-31,EUR,1.08"))
    read(rates, connection=connection, options=options)
    left = connection.execute("select (select count(*) from staged_documents) + (select count(*) from staged_rejects)")
    assert left.fetchall() == [(0,)]


def test_a_file_is_read_inside_an_open_transaction_of_a_ledger_file(tmp_path: Path) -> None:
    """DuckDB 2.0.0 loses rows inserted into a table that the same transaction made empty by `create table as`."""
    rows = [f"{number},invoice,A,2026-01-05,10" for number in range(300_000)]
    path = write(tmp_path, table(FEW, *rows))
    connection = duckdb.connect(str(tmp_path / "books.duckdb"))
    connection.execute("begin")
    connection.execute("create table kept (answer integer)")
    for _ in range(2):
        reading = read(path, connection=connection, options=ReadOptions(currency="USD"))
        staged = connection.execute("select count(*), count(kind), sum(amount) from staged_documents").fetchall()
        assert (reading.rows_read, staged) == (300_000, [(300_000, 300_000, money("3000000"))])
    connection.execute("commit")
    names = connection.execute("select table_name from duckdb_tables() where not temporary").fetchall()
    assert names == [("kept",)]


def test_the_rows_of_a_large_file_keep_their_numbers(tmp_path: Path) -> None:
    long_name = "A" * 400  # DuckDB reads a file of 60 MB in pieces, side by side
    rows = (f"{number},invoice,{long_name},2026-01-05,10,EUR" for number in range(2, 150_002))
    path = write(tmp_path, table("document_id,kind,client,document_date,amount,currency", *rows))
    for text in (
        path,
        write(tmp_path, path.read_text().replace("2026-01-05,10,EUR", "2026-01-05,1e,EUR", 1), "odd.csv"),
    ):
        loaded = load(text)
        staged = loaded.connection.table("staged_documents")
        assert len(staged) + loaded.reading.rows_refused == 150_000
        assert staged.filter("source_row <> document_id::bigint").fetchall() == []


def test_an_odd_allocation_adds_to_the_plain_one_that_settles_the_same(tmp_path: Path) -> None:
    rows = ("I1,P1,10,2026-01-05", "I1,P1,5, 2026-01-05 ", "I2,P1,1,2026-01-05", "I3,P1,1,2026-01-05")
    loaded = load(write(tmp_path, table("debit_id,credit_id,amount,allocated_on", *rows)))
    assert loaded.rows("allocations", "debit_id", "amount", "source_row", "source_rows") == [
        ("I1", money("15.0000"), 2, 2),
        ("I2", money("1.0000"), 4, 1),
        ("I3", money("1.0000"), 5, 1),
    ]


def test_of_the_rows_that_name_a_parent_the_last_holds_and_a_refused_one_says_nothing(tmp_path: Path) -> None:
    rows = (
        "1,invoice,A,2026-01-05,10,Old",
        "2,Invoice,A,2026-01-05,10,Odd",
        "3,invoice,A,2026-01-05,10,New",
        "4,bill,B,2026-01-05,10,Refused",
        *(f"{number},invoice,C,2026-01-05,10," for number in range(5, 9)),
    )
    loaded = load(write(tmp_path, table("document_id,kind,client,document_date,amount,parent_client", *rows)))
    assert loaded.rows("clients", "client", "parent_client", "source_row") == [("A", "New", 2)]
    assert loaded.counts == (8, 0, 1)
