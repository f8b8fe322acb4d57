"""What the ledger works out where the exports could not say it, and what becomes of it when a better one comes.

The exports stand straight in the ledger's tables here: what matters is what they say, not the format they say it in.
"""

from datetime import date

from agingreport.ledger import Ledger, open_ledger
from agingreport.loading.derive import derive
from drawn import IN_MEMORY, assert_shows, cells, on


def empty_ledger() -> Ledger:
    return open_ledger(IN_MEMORY, writable=True)


def export(
    ledger: Ledger,
    *,
    documents: str = "",
    allocations: str = "",
    open_balances: str = "",
    stated_on: date | None = None,
    is_complete: bool = False,
    links_payments: bool = False,
    names_its_day: bool = True,
    family: str = "books",
) -> None:
    """Take one more export in, as load number one higher than the last, each a day after the one before."""
    run = ledger.connection.execute
    number = ledger.last_load() + 1
    run("insert into ledger.loads values ($1, $2, 'test')", [number, f"2026-01-{number:02} 12:00:00"])
    run(
        "insert into ledger.sources values"
        " ($1, $1, 'file', 'file', $1, '', false, 'reader', '', $2, $3, $4, $5, 0, 0, 0, 0, 0, 0)",
        [number, family, stated_on if names_its_day else None, is_complete, links_payments],
    )
    for document_id, kind, day, due, amount in cells(documents):
        run(
            "insert into ledger.documents by name select $1 as document_id, $2 as kind, 'Acme' as client,"
            " $3::date as document_date, $4::date as due_date, $5::decimal(18, 4) as amount, 'USD' as currency,"
            " 'posted' as status, 'export' as origin, $6 as source_id, $6 as loaded_by",
            [document_id, kind, day, due or None, amount, number],
        )
    for debit_id, credit_id, amount in cells(allocations):
        run(
            "insert into ledger.allocations by name select $1 as debit_id, $2 as credit_id,"
            " $3::decimal(18, 4) as amount, 'export' as origin, $4 as source_id, $4 as loaded_by",
            [debit_id, credit_id, amount, number],
        )
    for document_id, amount, paid_on in cells(open_balances):
        run(
            "insert into ledger.open_balances by name select $1 as document_id, $2 as stated_on,"
            " $3::decimal(18, 4) as open_amount, $4::date as last_paid_on, $5 as source_id, $5 as loaded_by",
            [document_id, stated_on, amount, paid_on or None, number],
        )
    derive(ledger.connection, load_id=number)


JANUARY, FEBRUARY = date(2025, 1, 31), date(2025, 2, 28)
TWO_INVOICES = """
    I1  invoice  2025-01-01  2025-01-20  100.00
    I2  invoice  2025-01-05  2025-02-20  50.00
"""


def two_open_lists(ledger: Ledger) -> None:
    """All that was open at the end of January, and all that was open at the end of February: I1 is gone."""
    export(
        ledger,
        documents=TWO_INVOICES,
        open_balances="I1  100.00  -\n I2  50.00  -",
        stated_on=JANUARY,
        is_complete=True,
    )
    export(ledger, open_balances="I2  50.00  -", stated_on=FEBRUARY, is_complete=True)


def derived_versions(ledger: Ledger) -> list[tuple[str, int, int | None]]:
    """Every derived document the ledger has ever held, with its loads."""
    return ledger.connection.execute(
        "select document_date::text, loaded_by, replaced_by from ledger.documents where origin = 'derived' order by all"
    ).fetchall()


def test_what_a_complete_list_no_longer_names_was_settled_between_the_two() -> None:
    ledger = empty_ledger()
    two_open_lists(ledger)
    assert_shows(
        on(ledger, "2025-02-28"),
        "credits",
        """
        document_id                           kind     document_date  amount  origin   date_basis
        derived payment of I1 by 2025-02-28  payment  2025-02-28     100.00  derived  between exports
        """,
    )
    assert_shows(on(ledger, "2025-02-27"), "open_items", "document_id\n I1\n I2")
    assert_shows(on(ledger, "2025-02-28"), "open_items", "document_id\n I2")


def test_as_known_after_the_first_list_it_was_open() -> None:
    ledger = empty_ledger()
    two_open_lists(ledger)
    assert_shows(on(ledger, "2025-03-31", known_on="2026-01-01"), "balances", "balance\n 150.00")
    assert_shows(on(ledger, "2025-03-31", known_on="2026-01-02"), "balances", "balance\n 50.00")


def test_what_was_settled_between_two_exports_counts_in_lateness() -> None:
    ledger = empty_ledger()
    two_open_lists(ledger)
    assert_shows(on(ledger, "2025-02-28"), "invoice_lateness", "document_id  days_late\n I1  39\n I2  8")


def test_an_assumed_date_is_left_out_of_lateness_and_counted_by_a_check() -> None:
    ledger = empty_ledger()
    export(ledger, documents=TWO_INVOICES, open_balances="I1  0.00  -\n I2  50.00  -", stated_on=FEBRUARY)
    books = on(ledger, "2025-02-28")
    assert_shows(books, "credits", "document_date  date_basis\n 2025-01-20  assumed")
    assert_shows(books, "invoice_lateness", "document_id\n I2")
    assert_shows(
        books,
        "derived_payments",
        """
        subject
        derived payments in USD
        """,
    )


def test_a_list_of_another_program_closes_nothing_of_this_one() -> None:
    ledger = empty_ledger()
    export(ledger, documents=TWO_INVOICES, family="books")
    export(ledger, stated_on=FEBRUARY, is_complete=True, family="shop")
    assert_shows(on(ledger, "2025-02-28"), "balances", "balance\n 150.00")


def test_a_list_closes_nothing_that_is_dated_after_it() -> None:
    ledger = empty_ledger()
    export(ledger, documents=f"{TWO_INVOICES}\n I3  invoice  2025-03-01  -  7.00")
    export(ledger, stated_on=FEBRUARY, is_complete=True)
    assert_shows(on(ledger, "2025-03-31"), "open_items", "document_id\n I3")


def test_payments_of_an_export_that_cannot_say_what_they_settle_are_matched() -> None:
    ledger = empty_ledger()
    export(ledger, documents=f"{TWO_INVOICES}\n P1  payment  2025-02-10  -  50.00")
    books = on(ledger, "2025-02-28")
    assert_shows(books, "settlements", "debit_id  credit_id  settled_amount  origin\n I2  P1  50.00  derived")
    assert len(books.show("derived_matches")) == 1


def test_payments_of_an_export_that_can_say_it_and_does_not_stay_unapplied() -> None:
    ledger = empty_ledger()
    export(ledger, documents=f"{TWO_INVOICES}\n P1  payment  2025-02-10  -  50.00", links_payments=True)
    assert_shows(on(ledger, "2025-02-28"), "unapplied", "document_id  unapplied_amount\n P1  50.00")


def test_what_was_given_up_to_the_day_of_a_list_is_not_derived_once_more() -> None:
    ledger = empty_ledger()
    export(
        ledger,
        documents="P1  payment  2025-01-31  -  30.00\n P2  payment  2025-02-01  -  5.00",
        allocations="I1  P1  30.00\n I1  P2  5.00",
        links_payments=True,
    )
    export(ledger, documents=TWO_INVOICES, open_balances="I1  20.00  -", stated_on=JANUARY)
    assert_shows(
        on(ledger, "2025-01-31"),
        "credits",
        """
        document_id                           kind     document_date  amount  date_basis
        P1                                    payment  2025-01-31      30.00  -
        derived payment of I1 by 2025-01-31  payment  2025-01-20      50.00  assumed
        """,
    )


def test_what_was_given_after_the_last_day_of_a_list_that_names_no_day_is_what_it_shows() -> None:
    ledger = empty_ledger()
    export(ledger, documents=TWO_INVOICES, open_balances="I1  20.00  -", stated_on=JANUARY, names_its_day=False)
    export(
        ledger,
        documents="P1  payment  2025-02-10  -  80.00",
        allocations="I1  P1  80.00",
        links_payments=True,
    )
    assert_shows(on(ledger, "2025-02-10"), "credits", "document_id  amount\n P1  80.00")
    assert_shows(on(ledger, "2025-02-10"), "open_items", "document_id  open_amount\n I1  20.00\n I2  50.00")


def test_what_a_list_shows_of_a_credit_as_settled_leaves_only_the_rest_of_it_unapplied() -> None:
    ledger = empty_ledger()
    export(
        ledger,
        documents="P1  payment  2025-01-10  -  1420.81\n I2  invoice  2025-01-05  2025-02-20  50.00",
        open_balances="P1  420.81  -\n I2  50.00  -",
        stated_on=JANUARY,
        is_complete=True,
    )
    assert_shows(on(ledger, "2025-01-31"), "unapplied", "document_id  unapplied_amount\n P1  420.81")
    assert_shows(
        on(ledger, "2025-01-31"),
        "settlements",
        """
        debit_id                      credit_id  settled_amount  origin
        derived use of P1 by 2025-01-31  P1      1000.00         derived
        """,
    )
    assert_shows(on(ledger, "2025-01-31"), "open_items", "document_id  open_amount\n I2  50.00")
    assert_shows(on(ledger, "2025-01-31"), "tie_out", "balance  document_balance  difference\n -370.81  -370.81  0.00")


def test_a_better_source_replaces_what_was_derived_and_the_former_is_kept() -> None:
    ledger = empty_ledger()
    two_open_lists(ledger)
    export(ledger, documents="P1  payment  2025-02-10  -  100.00", allocations="I1  P1  100.00", links_payments=True)
    assert_shows(on(ledger, "2025-02-28"), "credits", "document_id  origin\n P1  export")
    assert_shows(on(ledger, "2025-02-28"), "invoice_lateness", "document_id  days_late\n I1  21\n I2  8")
    assert_shows(on(ledger, "2025-02-28", known_on="2026-01-02"), "credits", "origin\n derived")
    assert derived_versions(ledger) == [("2025-02-28", 2, 3)]


def test_deriving_again_changes_nothing() -> None:
    ledger = empty_ledger()
    two_open_lists(ledger)
    before = derived_versions(ledger)
    derive(ledger.connection, load_id=99)
    assert derived_versions(ledger) == before == [("2025-02-28", 2, None)]


def test_the_order_of_the_exports_does_not_matter() -> None:
    forward, backward = empty_ledger(), empty_ledger()
    two_open_lists(forward)
    export(backward, open_balances="I2  50.00  -", stated_on=FEBRUARY, is_complete=True)
    export(
        backward,
        documents=TWO_INVOICES,
        open_balances="I1  100.00  -\n I2  50.00  -",
        stated_on=JANUARY,
        is_complete=True,
    )
    for metric in ("credits", "settlements", "open_items"):
        assert on(forward, "2025-02-28").show(metric) == on(backward, "2025-02-28").show(metric)


def test_the_books_still_tie_with_derived_payments() -> None:
    ledger = empty_ledger()
    two_open_lists(ledger)
    assert_shows(on(ledger, "2025-02-28"), "tie_out", "balance  document_balance  difference\n 50.00  50.00  0.00")
