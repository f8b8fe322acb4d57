"""Where our balance and the user's own books differ: since when, and what may explain it."""

from pathlib import Path

import pytest

from agingreport.audit import findings
from agingreport.books import Books
from drawn import assert_shows, books_of, shown

DOCUMENTS = """
    document_id  kind     client  document_date  due_date    amount  status
    OLD          invoice  Acme    2025-01-10     2025-02-09  1000    posted
    A            invoice  Acme    2025-03-15     2025-04-14  300     posted
    LATE         invoice  Bolt    2025-03-29     2025-04-28  70      posted
    DRAFT        invoice  Core    2025-03-12     2025-04-12  55      draft
    VOID         invoice  Core    2025-03-13     2025-04-13  45      void
    APRIL        invoice  Bolt    2025-04-02     2025-05-02  20      posted
    PAID         payment  Acme    2025-03-14     -           40      posted
"""
COLUMNS = ["cause", "subject", "effect_amount", "explains_all"]
NONE_MORE = ["none found: they may hold a credit that is missing here, or lack several debts", "USD", "-", "no"]
NONE_LESS = ["none found: they may hold a debt that is missing here, or lack several credits", "USD", "-", "no"]


def compared(folder: Path, as_of: str, march: str, **drawings: str) -> Books:
    """Books whose balance of February agrees, and that of March is said to be this; ours is 1,330."""
    control = f"date  currency  balance\n 2025-02-28  USD  1000\n 2025-03-31  USD  {march}"
    return books_of(folder, as_of, **({"documents": DOCUMENTS} | drawings), control_balances=control)


def test_a_difference_is_seen_in_the_month_it_came(tmp_path: Path) -> None:
    assert_shows(
        compared(tmp_path, "2025-03-31", "1400"),
        "control_trend",
        """
        month_end   closing_balance  control_balance  control_difference  change_amount
        2025-02-28  1000.00          1000.00          0.00                -
        2025-03-31  1330.00          1400.00          -70.00              -70.00
        """,
    )


@pytest.mark.parametrize(
    ("march", "cause", "subject", "effect"),
    [
        ("1260", "dated in the month after in their books", "LATE", "70.00"),
        ("1350", "dated in the month before in their books", "APRIL", "-20.00"),
        ("1385", "draft here, posted in their books", "DRAFT", "-55.00"),
        ("1375", "void here, posted in their books", "VOID", "-45.00"),
        ("1030", "not in their books", "A", "300.00"),
        ("1370", "not in their books", "PAID", "-40.00"),
        ("1410", "on the other side in their books", "PAID", "-80.00"),
    ],
)
def test_a_document_that_explains_the_whole_difference_comes_first(
    tmp_path: Path, march: str, cause: str, subject: str, effect: str
) -> None:
    books = compared(tmp_path, "2025-04-30", march)
    assert [cause, subject, effect, "yes"] in shown(books, "control_causes", COLUMNS, {"month_end": "2025-03-31"})
    assert books.show("control_causes").dicts()[0]["explains_all"]


@pytest.mark.parametrize(
    ("day", "is_near"), [("2025-03-24", False), ("2025-03-25", True), ("2025-04-07", True), ("2025-04-08", False)]
)
def test_seven_days_around_the_month_end_are_near(tmp_path: Path, day: str, is_near: bool) -> None:
    documents = f"""
        document_id  kind     client  document_date  amount
        OLD          invoice  Acme    2025-01-10     1000
        A            invoice  Acme    {day}          300
    """
    march = "700" if day < "2025-04" else "1300"
    found = compared(tmp_path, "2025-04-30", march, documents=documents).show("control_causes")
    assert any(row["cause"].startswith("dated in the month") for row in found) == is_near


def test_what_goes_the_other_way_or_too_far_explains_nothing(tmp_path: Path) -> None:
    """Ours is 60 too high: the invoice of 70 and those that would make us higher still are no cause."""
    assert shown(compared(tmp_path, "2025-04-30", "1270"), "control_causes", COLUMNS) == [NONE_MORE]


def test_a_document_dated_after_as_of_is_not_looked_at(tmp_path: Path) -> None:
    assert shown(compared(tmp_path, "2025-03-31", "1350"), "control_causes", COLUMNS) == [NONE_LESS]


def test_a_document_that_only_an_allocation_names_is_missing_here(tmp_path: Path) -> None:
    books = compared(tmp_path, "2025-03-31", "1205", allocations="debit_id  credit_id  amount\n OLD  LOST  125")
    assert_shows(
        books,
        "control_causes",
        "cause  subject  client  effect_amount\n missing here: an allocation names it  LOST  Acme  125.00",
        explains_all="yes",
    )


def test_a_control_balance_over_all_currencies_is_explained_by_the_other_ones(tmp_path: Path) -> None:
    documents = """
        document_id  kind     client  document_date  amount  currency
        OLD          invoice  Acme    2025-01-10     1000    USD
        EURO         invoice  Acme    2025-03-10     100     EUR
    """
    rates = "date  currency  rate\n 2025-03-31  EUR  1.1"
    books = compared(tmp_path, "2025-03-31", "1110", documents=documents, fx_rates=rates)
    cause = "in another currency, counted in theirs at the closing rate"
    assert shown(books, "control_causes", COLUMNS) == [[cause, "EUR", "-110.00", "yes"]]


def test_books_that_do_not_revalue_hold_the_other_currency_at_the_rates_of_its_documents(tmp_path: Path) -> None:
    """60 of the 100 euros are open at 1.05, and all of the 40 at 1.08: 63 + 43.20."""
    documents = """
        document_id  kind     client  document_date  amount  currency
        OLD          invoice  Acme    2025-01-10     1000    USD
        EURO         invoice  Acme    2025-03-10     100     EUR
        MORE         invoice  Acme    2025-03-15     40      EUR
        PAID         payment  Acme    2025-03-20     40      EUR
    """
    rates = "date  currency  rate\n 2025-03-10  EUR  1.05\n 2025-03-15  EUR  1.08\n 2025-03-31  EUR  1.1"
    matched = "debit_id  credit_id  amount\n EURO  PAID  40"
    drawn = {"documents": documents, "fx_rates": rates, "allocations": matched}
    cause = "in another currency, counted in theirs at the rates of the documents"
    books = compared(tmp_path, "2025-03-31", "1106.20", **drawn)
    assert shown(books, "control_causes", COLUMNS) == [[cause, "EUR", "-106.20", "yes"]]


def test_without_that_rate_the_other_currency_is_named_without_an_amount(tmp_path: Path) -> None:
    documents = """
        document_id  kind     client  document_date  amount  currency
        OLD          invoice  Acme    2025-01-10     1000    USD
        EURO         invoice  Acme    2025-03-10     100     EUR
    """
    books = compared(tmp_path, "2025-03-31", "1110", documents=documents)
    assert shown(books, "control_causes", COLUMNS) == [
        ["in another currency, counted in theirs at the closing rate", "EUR", "-", "no"]
    ]


def test_refused_rows_are_a_cause_of_unknown_size(tmp_path: Path) -> None:
    documents = DOCUMENTS + "\n    BAD  invoice  Acme  2025-03-99  -  10  posted"
    books = compared(tmp_path, "2025-03-31", "1329", documents=documents)
    assert ["refused rows: see rejects", "documents.csv", "-", "no"] in shown(books, "control_causes", COLUMNS)


def test_books_that_agree_have_no_causes(tmp_path: Path) -> None:
    assert len(compared(tmp_path, "2025-04-30", "1330").show("control_causes")) == 0


def test_a_control_balance_in_a_currency_of_which_nothing_is_here_is_all_difference(tmp_path: Path) -> None:
    """The export of one currency was never loaded: our books hold no row of it, and must not pass for agreeing."""
    books = books_of(
        tmp_path,
        "2025-03-31",
        documents=DOCUMENTS,
        control_balances="date  currency  balance\n 2025-03-31  USD  1330\n 2025-03-31  EUR  500",
    )
    assert shown(books, "tie_out", ("currency", "balance", "difference", "control_difference")) == [
        ["EUR", "0.00", "0.00", "-500.00"],
        ["USD", "1330.00", "0.00", "0.00"],
    ]
    assert shown(books, "control_causes", ["currency", *COLUMNS]) == [
        ["EUR", "missing here: all documents in this currency", "EUR", "-500.00", "yes"]
    ]
    [found] = books.show("control_differences")
    assert found["detail"].startswith("at the close of 2025-03-31 ours is 0.00, the control balance 500.00")


@pytest.mark.parametrize(("march", "found"), [("1400", ["error"]), ("1330", [])])
def test_a_difference_of_the_last_compared_month_end_is_found_though_none_was_given_since(
    tmp_path: Path, march: str, found: list[str]
) -> None:
    books = compared(tmp_path, "2025-04-30", march)
    assert [row["severity"] for row in books.show("control_differences")] == found


def test_a_difference_that_went_since_is_found_no_more(tmp_path: Path) -> None:
    control = "date  currency  balance\n 2025-02-28  USD  900\n 2025-03-31  USD  1330"
    books = books_of(tmp_path, "2025-03-31", documents=DOCUMENTS, control_balances=control)
    assert len(books.show("control_differences")) == 0


@pytest.mark.parametrize(("march", "row"), [("1329", NONE_MORE), ("1331", NONE_LESS)])
def test_a_difference_that_nothing_explains_is_not_left_out(tmp_path: Path, march: str, row: list[str]) -> None:
    assert shown(compared(tmp_path, "2025-03-31", march), "control_causes", COLUMNS) == [row]


def test_books_that_leave_out_unmatched_money_differ_by_it(tmp_path: Path) -> None:
    """Open are 1,000, 300 and 70; the 40 that Acme paid, and 10 of a second client, are set against nothing."""
    documents = DOCUMENTS + "        AHEAD        payment  Bolt    2025-03-10     -           10      posted\n"
    books = compared(tmp_path, "2025-03-31", "1370", documents=documents)
    assert shown(books, "control_causes", COLUMNS)[0] == [
        "not matched with a debt: left out of their books",
        "unapplied money of all clients",
        "-50.00",
        "yes",
    ]


@pytest.mark.parametrize(
    ("day", "is_named"), [("2025-03-15", True), ("2025-02-28", False), ("2025-03-31", False), ("2022-01-15", False)]
)
def test_a_control_balance_of_a_day_that_is_compared_with_nothing_is_named(
    tmp_path: Path, day: str, is_named: bool
) -> None:
    control = f"date  currency  balance\n {day}  USD  1000"
    rows = findings(books_of(tmp_path, "2025-03-31", documents=DOCUMENTS, control_balances=control)).dicts()
    named = [row["remedy"] for row in rows if row["check"] == "uncompared_control_balances"]
    expected = f"Give the balance of 2025-03-31, or ask for that day: show tie_out --as-of {day}"
    assert named == ([expected] if is_named else [])


@pytest.mark.parametrize(("day", "is_named"), [("2025-04-08", True), ("2025-04-30", True), ("2025-05-01", False)])
def test_a_document_of_the_month_after_that_has_just_the_amount_may_have_a_wrong_date(
    tmp_path: Path, day: str, is_named: bool
) -> None:
    documents = f"""
        document_id  kind     client  document_date  amount
        OLD          invoice  Acme    2025-01-10     1000
        A            invoice  Acme    {day}          300
    """
    found = shown(compared(tmp_path, "2025-05-31", "1300", documents=documents), "control_causes", COLUMNS)
    named = ["dated earlier in their books: it has just the amount", "A", "-300.00", "yes"]
    assert found == [named if is_named else NONE_LESS]
