"""What must be expected to be lost, against textbooks.

The names are those of oracles.json, the sources stand in definitions.md, section 3 and 4.
"""

from decimal import Decimal
from pathlib import Path

import pytest

from agingreport.books import Books
from agingreport.errors import AgingReportError
from agingreport.policy.reading import load_policy
from drawn import assert_shows, books_of, cells, shown

AS_OF = "2025-06-30"
DUE = ("2025-07-10", "2025-06-15", "2025-05-15", "2025-04-15", "2025-03-15")  # one in each of the five buckets


def one_in_each(*amounts: str | float, due_dates: tuple[str, ...] = DUE) -> str:
    """Open invoices, one in each bucket."""
    rows = [
        f"O{number}  invoice  Acme  2025-02-01  {due}  {amount}"
        for number, (due, amount) in enumerate(zip(due_dates, amounts, strict=True))
    ]
    return "\n".join(["document_id  kind  client  document_date  due_date  amount", *rows])


def given(*rates: float, more: str = "") -> str:
    return f"""
        [provision]
        method = "fixed_rates"
        fixed_rates = [{", ".join(map(str, rates))}]
        fixed_rates_reason = "the textbook"
        {more}
    """


def allowances(books: Books) -> list[Decimal]:
    return [row["allowance_amount"] for row in books.show("provision")]


@pytest.mark.parametrize(
    ("oracle", "rates", "amounts", "expected"),
    [
        (
            "ifrs9_ie12_rows, ifrs9_ie12 580,000 (IFRS 9 Illustrative Example 12)",
            (0.003, 0.016, 0.036, 0.066, 0.106),
            (15_000_000, 7_500_000, 4_000_000, 2_500_000, 1_000_000),
            (45_000, 120_000, 144_000, 165_000, 106_000),
        ),
        (
            "aging_allen_total 24,400 (Allen Company, Exhibit 77)",
            (0.01, 0.05, 0.10, 0.25, 0.50),
            (560_000, 252_000, 4_000, 800, 11_200),
            (5_600, 12_600, 400, 200, 5_600),
        ),
        (
            "aging_spiceland 73,100 (Spiceland, chapter 7)",
            (0.05, 0.08, 0.20, 0.25, 0.50),
            (700_000, 120_000, 80_000, 30_000, 10_000),
            (35_000, 9_600, 16_000, 7_500, 5_000),
        ),
    ],
)
def test_rates_that_are_given(
    tmp_path: Path, oracle: str, rates: tuple[float, ...], amounts: tuple[int, ...], expected: tuple[int, ...]
) -> None:
    books = books_of(tmp_path, AS_OF, policy=given(*rates), documents=one_in_each(*amounts))
    assert allowances(books) == list(expected), oracle
    assert [row["gross_amount"] for row in books.show("provision")] == list(amounts)


CECL = (0.003, 0.08, 0.26, 0.58, 0.82)
HARDER_TIMES = """
        [provision.adjustments.unemployment]
        days_from = 1
        relative_rate = 0.10
        reason = "unemployment is rising"
"""


def test_an_adjustment_stands_beside_the_rate_it_changes(tmp_path: Path) -> None:
    """Cecl_adj, cecl_asu_unverified_amounts, cecl_asu_total 21,035 (ASC 326-20-55-37 to 40): past-due rates a tenth up.

    The total of the example adds up what it rounded.
    """
    documents = one_in_each(5_984_698, 8_272, 2_882, 842, 1_100)
    books = books_of(tmp_path, AS_OF, policy=given(*CECL, more=HARDER_TIMES), documents=documents)
    rows = books.show("provision").dicts()
    assert [row["historical_rate"] for row in rows] == pytest.approx(list(CECL))
    assert [row["adjustment_rate"] for row in rows] == pytest.approx([0, 0.008, 0.026, 0.058, 0.082])
    assert [row["loss_rate"] for row in rows] == pytest.approx([0.003, 0.088, 0.286, 0.638, 0.902])
    assert [round(row["allowance_amount"]) for row in rows] == [17_954, 728, 824, 537, 992]
    assert sum(round(amount) for amount in allowances(books)) == 21_035
    assert [row["adjustment_reason"] for row in rows] == [None, *["unemployment is rising"] * 4]


def test_adjustments_add_up_and_stay_between_nothing_and_all(tmp_path: Path) -> None:
    more = (
        HARDER_TIMES
        + """
        [provision.adjustments.insured]
        days_to = 30
        absolute_rate = -0.05
        reason = "the first month is insured"
        [provision.adjustments.old]
        days_from = 91
        relative_rate = 9
        reason = "the oldest are as good as lost"
    """
    )
    books = books_of(tmp_path, AS_OF, policy=given(*CECL, more=more), documents=one_in_each(100, 100, 100, 100, 100))
    assert allowances(books) == [Decimal("0"), Decimal("3.8"), Decimal("28.6"), Decimal("63.8"), Decimal("100")]
    reasons = [row["adjustment_reason"] for row in books.show("provision")]
    assert reasons[1] == "unemployment is rising; the first month is insured"


# 100,000 sold: 50,000 paid on time, 27,000 in 1-30, 15,000 in 31-60, 6,000 in 61-90, 2,000 never.
HISTORY = """
    A   invoice    Acme  2023-12-01  2024-01-31  50000
    B   invoice    Acme  2023-12-01  2024-01-31  27000
    C   invoice    Acme  2023-12-01  2024-01-31  15000
    D   invoice    Acme  2023-12-01  2024-01-31  6000
    E   invoice    Acme  2023-12-01  2024-01-31  2000
    PA  payment    Acme  2024-01-31  -           50000
    PB  payment    Acme  2024-03-01  -           27000
    PC  payment    Acme  2024-03-31  -           15000
    PD  payment    Acme  2024-04-30  -           6000
    WE  write_off  Acme  2025-04-01  -           2000
"""
PAID = "debit_id  credit_id  amount\n A  PA  50000\n B  PB  27000\n C  PC  15000\n D  PD  6000\n E  WE  2000"
FEW = "[provision]\nhistory_minimum_count = 1\n"


def test_flow_to_loss_from_the_firms_own_history(tmp_path: Path) -> None:
    """Ifrscomm_rates, ifrscomm_ecl, ifrscomm_total 27,567 (IFRScommunity; peers.md K34)."""
    documents = one_in_each(300_000, 140_000, 60_000, 23_000, 5_000) + HISTORY
    books = books_of(tmp_path, AS_OF, policy=FEW, documents=documents, allocations=PAID)
    assert_shows(
        books,
        "loss_history",
        """
        bucket   debt_count  reached_amount  paid_amount  credited_amount  lost_amount  loss_rate
        current  5           100000.00       98000.00     0.00             2000.00      0.02
        1-30     4           50000.00        48000.00     0.00             2000.00      0.04
        31-60    3           23000.00        21000.00     0.00             2000.00      0.09
        61-90    2           8000.00         6000.00      0.00             2000.00      0.25
        91+      1           2000.00         0.00         0.00             2000.00      1.00
        """,
    )
    rates = [row["historical_rate"] for row in books.show("provision")]
    assert rates == pytest.approx([0.02, 0.04, 0.086957, 0.25, 1], abs=1e-6)
    assert [round(amount) for amount in allowances(books)] == [6_000, 5_600, 5_217, 5_750, 5_000]
    assert round(sum(allowances(books))) == 27_567


def test_too_little_history_is_said_and_no_rate_is_made_up(tmp_path: Path) -> None:
    documents = one_in_each(100, 0.01, 0.01, 0.01, 100) + HISTORY
    policy = "[provision]\nhistory_minimum_count = 3\n"
    books = books_of(tmp_path, AS_OF, policy=policy, documents=documents, allocations=PAID)
    columns = ("bucket", "historical_rate", "adjustment_rate", "loss_rate", "allowance_amount", "rate_source")
    too_little = "too little history: {} debts reached this bucket and have had their 365 days, 3 are needed"
    assert shown(books, "provision", columns)[2:] == [
        ["31-60", "0.09", "0.00", "0.09", "0.0009", "own history: 3 debts, aged from 2024-01-31 to 2024-01-31"],
        ["61-90", "-", "-", "-", "-", too_little.format(2)],
        ["91+", "-", "-", "-", "-", too_little.format(1)],
    ]


@pytest.mark.parametrize(("as_of", "counted"), [("2025-01-29", "0"), ("2025-01-30", "1")])
def test_a_debt_counts_once_its_window_is_over(tmp_path: Path, as_of: str, counted: str) -> None:
    """Due on 2024-01-31, a leap year: 365 days later is 2025-01-30."""
    documents = """
        document_id  kind     client  document_date  due_date    amount
        I1           invoice  Acme    2024-01-01     2024-01-31  100
    """
    books = books_of(tmp_path, as_of, policy=FEW, documents=documents)
    assert shown(books, "loss_history", ("debt_count",), {"bucket": "current"}) == [[counted]]


@pytest.mark.parametrize(
    ("kind", "day", "paid", "credited", "lost"),
    [
        ("payment", "2025-01-30", "100.00", "0.00", "0.00"),
        ("payment", "2025-01-31", "0.00", "0.00", "100.00"),
        ("credit_note", "2024-06-01", "0.00", "100.00", "0.00"),
        ("write_off", "2024-06-01", "0.00", "0.00", "100.00"),
    ],
)
def test_what_is_neither_paid_nor_credited_in_time_is_lost(
    tmp_path: Path, kind: str, day: str, paid: str, credited: str, lost: str
) -> None:
    documents = f"""
        document_id  kind     client  document_date  due_date    amount
        I1           invoice  Acme    2024-01-01     2024-01-31  100
        C1           {kind}   Acme    {day}          -           100
    """
    allocations = "debit_id  credit_id  amount\n I1  C1  100"
    books = books_of(tmp_path, AS_OF, policy=FEW, documents=documents, allocations=allocations)
    columns = ("paid_amount", "credited_amount", "lost_amount")
    assert shown(books, "loss_history", columns, {"bucket": "1-30"}) == [[paid, credited, lost]]


@pytest.mark.parametrize(
    ("paid_on", "reached"), [("2024-01-31", "0.00"), ("2024-02-01", "0.00"), ("2024-02-02", "100.00")]
)
def test_a_debt_reaches_a_bucket_when_it_is_open_at_the_close_of_its_first_day(
    tmp_path: Path, paid_on: str, reached: str
) -> None:
    documents = f"""
        document_id  kind     client  document_date  due_date    amount
        I1           invoice  Acme    2024-01-01     2024-01-31  100
        P1           payment  Acme    {paid_on}      -           100
    """
    allocations = "debit_id  credit_id  amount\n I1  P1  100"
    books = books_of(tmp_path, AS_OF, policy=FEW, documents=documents, allocations=allocations)
    assert shown(books, "loss_history", ("reached_amount",), {"bucket": "1-30"}) == [[reached]]


def test_what_is_billed_late_never_was_in_the_buckets_before(tmp_path: Path) -> None:
    documents = """
        document_id  kind     client  document_date  due_date    amount
        I1           invoice  Acme    2024-03-15     2024-01-31  100
    """
    books = books_of(tmp_path, AS_OF, policy=FEW, documents=documents)
    assert [amount for [amount] in shown(books, "loss_history", ("reached_amount",))] == [
        "0.00",
        "0.00",
        "100.00",
        "100.00",
        "100.00",
    ]


BOOKED = """
        booked_amount = 75000
        booked_on = 2024-12-31
"""


def test_what_is_to_be_booked(tmp_path: Path) -> None:
    """Bad_debt_expense_aging 83,100, rollforward_allow (Spiceland): 75,000 - 85,000 + expense = 73,100."""
    documents = (
        one_in_each(700_000, 120_000, 80_000, 30_000, 10_000)
        + """
        GONE  invoice    Acme  2024-06-01  2024-07-01  86000
        W0    write_off  Acme  2024-12-31  -           1000
        W1    write_off  Acme  2025-03-01  -           85000
    """
    )
    allocations = "debit_id  credit_id  amount\n GONE  W0  1000\n GONE  W1  85000"
    policy = given(0.05, 0.08, 0.20, 0.25, 0.50, more=BOOKED)
    books = books_of(tmp_path, AS_OF, policy=policy, documents=documents, allocations=allocations)
    assert_shows(
        books,
        "allowance",
        """
        booked_on   booked_amount  written_off_amount  recovered_amount  required_amount  expense_amount
        2024-12-31  75000.00       85000.00            0.00              73100.00         83100.00
        """,
    )


def test_a_recovery_is_taken_off_the_expense(tmp_path: Path) -> None:
    documents = (
        one_in_each(1000, 0.01, 0.01, 0.01, 0.01)
        + """
        GONE  invoice    Acme  2024-06-01  2024-07-01  500
        W1    write_off  Acme  2025-03-01  -           500
    """
    )
    contacts = "client  document_id  date  kind  promised_amount\n Acme  GONE  2025-04-01  recovery  40"
    allocations = "debit_id  credit_id  amount\n GONE  W1  500"
    policy = given(0.1, 0, 0, 0, 0, more="booked_amount = 300\nbooked_on = 2024-12-31\n")
    books = books_of(tmp_path, AS_OF, policy=policy, documents=documents, allocations=allocations, contacts=contacts)
    columns = ("recovered_amount", "required_amount", "expense_amount")
    assert shown(books, "allowance", columns) == [["40.00", "100.00", "260.00"]]


def test_the_expense_is_unknown_without_an_allowance_or_without_a_rate(tmp_path: Path) -> None:
    documents = one_in_each(1000, 1, 1, 1, 1)
    columns = ("booked_amount", "required_amount", "expense_amount")
    none_booked = books_of(tmp_path / "a", AS_OF, policy=given(0.1, 0, 0, 0, 0), documents=documents)
    no_history = books_of(tmp_path / "b", AS_OF, policy="[provision]\n" + BOOKED, documents=documents)
    assert shown(none_booked, "allowance", columns) == [["-", "100.00", "-"]]
    assert shown(no_history, "allowance", columns) == [["75000.00", "-", "-"]]


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("fixed_rates = [0.1]", "provision.fixed_rates: one rate for each of the 5 buckets, in their order"),
        ('method = "fixed_rates"', "provision: the method fixed_rates needs fixed_rates and fixed_rates_reason"),
        ("loss_after_days = 90", "provision.loss_after_days must lie within the last bucket"),
        ("booked_amount = 1", "provision: give booked_amount and booked_on together"),
        ("[provision.adjustments.x]\nrelative_rate = 0.1", "provision.adjustments.x.reason is missing"),
        (
            "[provision.adjustments.x]\nrelative_rate = 0.1\nreason = 'why'\ndays_from = 45",
            "provision.adjustments.x: an adjustment holds for whole buckets; they begin on the days 1, 31, 61, 91",
        ),
        (
            "[provision.adjustments.x]\nrelative_rate = 0.1\nreason = 'why'\ndays_from = 1\ndays_to = 50",
            "provision.adjustments.x: an adjustment holds for whole buckets; they begin on the days 1, 31, 61, 91",
        ),
    ],
)
def test_a_policy_that_cannot_be_is_refused(tmp_path: Path, toml: str, message: str) -> None:
    path = tmp_path / "policy.toml"
    path.write_text(f"[provision]\n{toml}\n")
    with pytest.raises(AgingReportError, match=message.replace("[", r"\[")):
        load_policy(path)


def test_the_drawing_has_one_open_invoice_in_each_bucket(tmp_path: Path) -> None:
    books = books_of(tmp_path, AS_OF, documents=one_in_each(1, 2, 3, 4, 5))
    assert [row["open_amount"] for row in books.show("aging")] == [1, 2, 3, 4, 5]
    assert len(cells(one_in_each(1, 2, 3, 4, 5))) == 6


@pytest.mark.parametrize(
    ("recovered_on", "paid", "lost"), [("2023-01-31", "400.00", "600.00"), ("2023-02-01", "0.00", "1000.00")]
)
def test_what_comes_back_in_time_after_a_write_off_is_not_lost(
    tmp_path: Path, recovered_on: str, paid: str, lost: str
) -> None:
    """Due on 31 January 2022, so its 365 days end with 31 January 2023; it was open in every bucket until August."""
    books = books_of(
        tmp_path,
        "2023-05-31",
        documents=f"""
            document_id  kind       client  document_date   due_date    amount
            A            invoice    Acme    2022-01-01      2022-01-31  1000
            W1           write_off  Acme    2022-08-19      -           1000
            P1           payment    Acme    {recovered_on}  -           400
        """,
        allocations="debit_id  credit_id  amount\n A  W1  1000\n A  P1  400",
    )
    columns = ("reached_amount", "paid_amount", "lost_amount")
    assert shown(books, "loss_history", columns) == [["1000.00", paid, lost]] * 5


def test_what_comes_back_counts_against_the_earliest_write_off_first(tmp_path: Path) -> None:
    """600 written off in March, 400 in August; of 700 that came back, 600 and 100 were open until then."""
    books = books_of(
        tmp_path,
        "2023-05-31",
        documents="""
            document_id  kind       client  document_date  due_date    amount
            A            invoice    Acme    2022-01-01     2022-01-31  1000
            W1           write_off  Acme    2022-03-15     -           600
            W2           write_off  Acme    2022-08-19     -           400
            P1           payment    Acme    2022-12-01     -           700
        """,
        allocations="debit_id  credit_id  amount\n A  W1  600\n A  W2  400\n A  P1  700",
    )
    columns = ("bucket", "reached_amount", "paid_amount", "lost_amount")
    assert shown(books, "loss_history", columns) == [
        ["current", "1000.00", "700.00", "300.00"],
        ["1-30", "1000.00", "700.00", "300.00"],
        ["31-60", "1000.00", "700.00", "300.00"],
        ["61-90", "400.00", "100.00", "300.00"],
        ["91+", "400.00", "100.00", "300.00"],
    ]
