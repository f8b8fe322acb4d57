"""The reporting currency: balances at the closing rate, movements at the document rate, differences of their own."""

from decimal import Decimal
from pathlib import Path

import pytest

from agingreport.books import Books
from agingreport.errors import AgingReportError
from agingreport.policy.reading import load_policy
from drawn import assert_shows, books_of, ledger_of, load, on, policy_file

RUPEES = '[conventions]\nreporting_currency = "INR"\ntrend_months = 2\n'
PAID_AT_ANOTHER_RATE = """
    document_id  kind     client  document_date  due_date    amount  currency
    I1           invoice  Acme    2025-03-10     2025-04-09  100     USD
    P1           payment  Acme    2025-04-10     -           {paid}  USD
"""
RATES = """
    date        currency  rate
    2025-03-10  USD       80
    2025-03-31  USD       80
    2025-04-10  USD       75
"""


def rupees(folder: Path, as_of: str, *, rates: str = RATES, **drawings: str) -> Books:
    """Books reported in rupees."""
    return books_of(folder, as_of, policy=RUPEES, fx_rates=rates, **drawings)


def paid(folder: Path, as_of: str, amount: int) -> Books:
    """One invoice of 100 dollars at 80, of which that much is paid at 75."""
    return rupees(
        folder,
        as_of,
        documents=PAID_AT_ANOTHER_RATE.format(paid=amount),
        allocations=f"debit_id  credit_id  amount\n I1  P1  {amount}",
    )


def test_a_debt_paid_at_another_rate_leaves_a_loss_and_no_debt(tmp_path: Path) -> None:
    """Peers.md K16 (ERPNext): USD 100 at 80, paid at 75: owed 0 in both, exchange loss 500."""
    books = paid(tmp_path, "2025-04-30", 100)
    assert len(books.show("aging_reporting")) == 0
    assert_shows(
        books,
        "exchange_differences",
        "settled_on  debit_rate  credit_rate  difference_amount\n 2025-04-10  80.00  75.00  -500.00",
    )


def test_the_rollforward_has_the_difference_as_a_line_of_its_own(tmp_path: Path) -> None:
    assert_shows(
        paid(tmp_path, "2025-04-30", 100),
        "rollforward_reporting",
        """
        invoiced_amount  collected_amount  exchange_difference_amount  realised_difference_amount  closing_balance
        8000.00          0.00              0.00                        0.00                        8000.00
        0.00             7500.00           -500.00                     -500.00                     0.00
        """,
    )


def test_what_stays_open_is_at_the_closing_rate(tmp_path: Path) -> None:
    """Peer_cases.md: USD 90 paid of 100: realised -450; the open USD 10 are 750 at the closing rate of 75."""
    books = paid(tmp_path, "2025-04-30", 90)
    assert_shows(books, "aging_reporting", "bucket  open_amount\n 1-30  750.00")
    assert_shows(
        books,
        "rollforward_reporting",
        """
        opening_balance  collected_amount  exchange_difference_amount  realised_difference_amount  closing_balance
        8000.00          6750.00           -500.00                     -450.00                     750.00
        """,
        month_end="2025-04-30",
    )
    assert_shows(books, "balances_reporting", "currency  rate  rate_date  balance\n USD  75.00  2025-04-10  750.00")


def test_amounts_in_several_currencies_meet_in_the_reporting_currency_only(tmp_path: Path) -> None:
    """Peer_cases.md, section 3: INR 100 and USD 100 at 80."""
    books = rupees(
        tmp_path,
        "2025-03-31",
        documents="""
            document_id  kind     client  document_date  due_date    amount  currency
            I1           invoice  Acme    2025-03-10     2025-04-09  100     USD
            I2           invoice  Acme    2025-03-10     2025-04-09  100     INR
        """,
    )
    assert_shows(books, "aging", "currency  open_amount\n INR  100.00\n USD  100.00")
    assert_shows(books, "aging_reporting", "bucket  open_amount  currency_count\n current  8100.00  2")
    assert_shows(
        books,
        "aging_trend_reporting",
        "bucket  open_amount\n current  8100.00\n 1-30  0.00\n 31-60  0.00\n 61-90  0.00\n 91+  0.00",
        month_end="2025-03-31",
    )


ONE_INVOICE = """
    document_id  kind     client  document_date  due_date    amount  currency
    I1           invoice  Acme    2025-03-10     2025-04-09  100     USD
"""


@pytest.mark.parametrize(
    ("as_of", "rate"),
    [("2025-03-30", "80.00"), ("2025-03-31", "81.00"), ("2025-04-01", "81.00"), ("2025-05-01", "81.00")],
)
def test_a_day_takes_the_latest_rate_up_to_it_for_as_long_as_the_policy_allows(
    tmp_path: Path, as_of: str, rate: str
) -> None:
    rates = "date  currency  rate\n 2025-03-10  USD  80\n 2025-03-31  USD  81\n 2025-05-02  USD  99"
    books = rupees(tmp_path, as_of, documents=ONE_INVOICE, rates=rates)
    assert_shows(books, "balances_reporting", f"rate\n {rate}")


@pytest.mark.parametrize("metric", ["aging_reporting", "balances_reporting"])
def test_a_missing_rate_is_an_error_that_names_currency_and_day(tmp_path: Path, metric: str) -> None:
    """The last rate is 32 days old."""
    rates = "date  currency  rate\n 2025-03-30  USD  80"
    books = rupees(tmp_path, "2025-05-01", documents=ONE_INVOICE, rates=rates)
    with pytest.raises(AgingReportError) as refusal:
        books.show(metric)
    assert str(refusal.value) == (
        f"{metric} cannot be worked out: there is no rate of USD in INR for 2025-05-01 or the 31 days before. "
        "Load a file of rates: date, currency, rate (units of INR for one); or eurofxref-hist.csv of the European "
        "Central Bank."
    )


def test_a_query_of_ones_own_over_such_a_metric_is_refused_too(tmp_path: Path) -> None:
    books = rupees(tmp_path, "2025-03-31", documents=ONE_INVOICE, rates="date  currency  rate\n 2025-03-31  GBP  100")
    with pytest.raises(AgingReportError, match="no rate of USD in INR for 2025-03-31"):
        books.sql("select sum(open_amount) from aging_reporting")


@pytest.mark.parametrize("metric", ["rollforward_reporting", "exchange_differences", "aging_trend_reporting"])
def test_a_missing_past_rate_refuses_what_looks_back_and_nothing_else(tmp_path: Path, metric: str) -> None:
    books = rupees(
        tmp_path,
        "2025-04-30",
        rates="date  currency  rate\n 2025-04-10  USD  75",
        documents=PAID_AT_ANOTHER_RATE.format(paid=90),
        allocations="debit_id  credit_id  amount\n I1  P1  90",
    )
    assert_shows(books, "aging_reporting", "open_amount\n 750.00")
    with pytest.raises(
        AgingReportError, match=r"no rate of USD in INR for 2025-03-10 .*days without a rate: 2, the last"
    ):
        books.show(metric)


def test_the_rate_of_an_older_debt_is_needed_where_it_is_settled_within_the_months_shown(tmp_path: Path) -> None:
    books = rupees(
        tmp_path,
        "2025-06-30",
        rates="date  currency  rate\n 2025-04-30  USD  75\n 2025-05-31  USD  76",
        documents=PAID_AT_ANOTHER_RATE.format(paid=100).replace("2025-04-10", "2025-05-10"),
        allocations="debit_id  credit_id  amount\n I1  P1  100",
    )
    with pytest.raises(AgingReportError, match="no rate of USD in INR for 2025-03-10"):
        books.show("exchange_differences")


def test_without_a_reporting_currency_that_is_what_is_said(tmp_path: Path) -> None:
    shipped = load_policy()
    own = shipped.conventions.model_copy(update={"reporting_currency": None})
    books = on(
        ledger_of(tmp_path, documents=ONE_INVOICE), "2025-03-31", policy=shipped.model_copy(update={"conventions": own})
    )
    with pytest.raises(AgingReportError, match="no reporting currency is set"):
        books.show("aging_reporting")


def test_one_currency_needs_no_rate(tmp_path: Path) -> None:
    books = books_of(tmp_path, "2025-03-31", documents=ONE_INVOICE)
    assert_shows(books, "aging_reporting", "open_amount\n 100.00")
    assert [len(books.show(check)) for check in ("missing_closing_rates", "missing_past_rates")] == [0, 0]


def test_a_currency_that_nothing_is_owed_in_needs_no_closing_rate(tmp_path: Path) -> None:
    books = rupees(
        tmp_path,
        "2025-07-31",
        documents=PAID_AT_ANOTHER_RATE.format(paid=100),
        allocations="debit_id  credit_id  amount\n I1  P1  100",
    )
    assert len(books.show("aging_reporting")) == len(books.show("missing_past_rates")) == 0


ECB = """Date,USD,JPY,GBP,INR,
2025-03-31,1.0815,161.60,0.83536,92.3955,
2025-03-28,1.0797,N/A,0.83425,92.3720,
"""


def with_ecb(folder: Path, as_of: str, reporting_currency: str, *, currency: str = "USD", **drawings: str) -> Books:
    """Books of one open invoice of 100, with the rates of the European Central Bank."""
    file = folder / "eurofxref-hist.csv"
    file.write_text(ECB, encoding="utf-8")
    ledger = ledger_of(folder, documents=ONE_INVOICE.replace("USD", currency), **drawings)
    load(ledger, [file])
    policy = f'[conventions]\nreporting_currency = "{reporting_currency}"\n'
    return on(ledger, as_of, policy=load_policy(policy_file(folder, policy)))


@pytest.mark.parametrize(
    ("currency", "reporting_currency", "rate", "basis"),
    [
        ("EUR", "USD", 1.0815, "told"),
        ("USD", "EUR", 1 / 1.0815, "turned"),
        ("USD", "INR", 92.3955 / 1.0815, "crossed"),
        ("JPY", "GBP", 0.83536 / 161.60, "crossed"),
    ],
)
def test_rates_in_euros_serve_every_reporting_currency(
    tmp_path: Path, currency: str, reporting_currency: str, rate: float, basis: str
) -> None:
    books = with_ecb(tmp_path, "2025-03-31", reporting_currency, currency=currency)
    (row,) = books.show("balances_reporting").dicts()
    assert float(row["rate"]) == pytest.approx(rate, abs=1e-12)
    assert row["open_amount"] == pytest.approx(Decimal(str(round(100 * rate, 4))), abs=Decimal("0.0001"))
    assert_shows(books, "reporting_rates", f"rate_basis\n {basis}", rate_date="2025-03-31")


@pytest.mark.parametrize(
    ("as_of", "currency", "rate_date"),
    [("2025-03-30", "USD", "2025-03-28"), ("2025-04-06", "USD", "2025-03-31"), ("2025-03-31", "JPY", "2025-03-31")],
)
def test_a_day_without_rates_takes_those_of_the_last_day_that_has_them(
    tmp_path: Path, as_of: str, currency: str, rate_date: str
) -> None:
    """30 March 2025 is a Sunday; the days after the file are as good as holidays."""
    books = with_ecb(tmp_path, as_of, "GBP", currency=currency)
    assert_shows(books, "balances_reporting", f"rate_date\n {rate_date}")


def test_a_currency_that_was_not_quoted_has_no_rate_for_the_day(tmp_path: Path) -> None:
    books = with_ecb(tmp_path, "2025-03-30", "GBP", currency="JPY")
    with pytest.raises(AgingReportError, match="there is no rate of JPY in GBP for 2025-03-30 or the 31 days before"):
        books.show("balances_reporting")


def test_a_rate_of_the_firms_own_outranks_one_that_is_worked_out(tmp_path: Path) -> None:
    own = "date  currency  rate\n 2025-03-31  USD  80\n 2025-03-28  USD  79"
    books = with_ecb(tmp_path, "2025-03-31", "INR", fx_rates=own)
    assert_shows(
        books, "reporting_rates", "rate_date  rate  rate_basis\n 2025-03-28  79.00  told\n 2025-03-31  80.00  told"
    )


@pytest.mark.parametrize("rate", ["1.20", "1.05"])
def test_the_firms_own_rate_outranks_the_banks_of_the_same_pair_higher_or_lower(tmp_path: Path, rate: str) -> None:
    """Both are told: 1.0815 by the bank; the firm's list names no second currency."""
    own = f"date  currency  rate\n 2025-03-31  EUR  {rate}"
    books = with_ecb(tmp_path, "2025-03-31", "USD", currency="EUR", fx_rates=own)
    assert_shows(books, "balances_reporting", f"rate  balance\n {rate}  {float(rate) * 100:.2f}")


def test_a_rate_may_name_the_currency_it_is_in(tmp_path: Path) -> None:
    rates = "date  currency  quote_currency  rate\n 2025-03-31  USD  INR  80\n 2025-03-31  EUR  USD  2"
    books = rupees(tmp_path, "2025-03-31", documents=ONE_INVOICE.replace("USD", "EUR"), rates=rates)
    assert_shows(books, "balances_reporting", "currency  rate  balance\n EUR  160.00  16000.00")


def test_stocks_at_the_closing_rate_flows_at_their_own_and_the_rest_is_the_difference(tmp_path: Path) -> None:
    """An invoice of 1,000 part paid, part credited and at last paid 100 too much; worked out by hand.

    Realised: 400 * (0.90 - 0.80) + 100 * (0.85 - 0.80) = 45 in January, 500 * (0.75 - 0.80) = -25 in February.
    January: 800 - 360 - 85 = 355 and the 500 still open at 0.78 = 390, so 35 in all.
    February: 390 - 450 = -60 and the 100 in credit at 0.70 = -70, so -10 in all.
    """
    books = books_of(
        tmp_path,
        "2026-02-28",
        policy='[conventions]\nreporting_currency = "EUR"\ntrend_months = 2\n',
        documents="""
            document_id  kind         client  document_date  due_date    amount  currency
            I1           invoice      Acme    2026-01-05     2026-02-04  1000    USD
            P1           payment      Acme    2026-01-20     -           400     USD
            C1           credit_note  Acme    2026-01-25     -           100     USD
            P2           payment      Acme    2026-02-10     -           600     USD
        """,
        allocations="debit_id  credit_id  amount\n I1  P1  400\n I1  C1  100\n I1  P2  600",
        fx_rates="""
            date        currency  quote_currency  rate
            2026-01-05  USD       EUR             0.80
            2026-01-20  USD       EUR             0.90
            2026-01-25  USD       EUR             0.85
            2026-01-31  USD       EUR             0.78
            2026-02-10  USD       EUR             0.75
            2026-02-28  USD       EUR             0.70
        """,
    )
    assert_shows(
        books,
        "rollforward_reporting",
        """
        month_end   opening_balance  invoiced_amount  collected_amount  credited_amount  exchange_difference_amount  realised_difference_amount  closing_balance
        2026-01-31  0.00             800.00           360.00            85.00            35.00                       45.00                       390.00
        2026-02-28  390.00           0.00             450.00            0.00             -10.00                      -25.00                      -70.00
        """,  # noqa: E501 - one row of a table
    )
    differences = (
        "credit_id  settled_amount  difference_amount\n P1  400.00  40.00\n C1  100.00  5.00\n P2  500.00  -25.00"
    )
    assert_shows(books, "exchange_differences", differences)


def test_a_yen_has_no_cents_and_a_dinar_has_three_places(tmp_path: Path) -> None:
    """100,000 yen at 160 for a euro are 625; 1,000.123 dinars at 2.8 euros each are 2,800.3444."""
    books = books_of(
        tmp_path,
        "2026-02-01",
        policy='[conventions]\nreporting_currency = "EUR"\n',
        documents="""
            document_id  kind     client  document_date  amount    currency
            I1           invoice  Acme    2026-01-30     100000    JPY
            I2           invoice  Acme    2026-01-30     1000.123  KWD
        """,
        fx_rates="date  currency  quote_currency  rate\n 2026-01-30  EUR  JPY  160\n 2026-01-30  KWD  EUR  2.8",
    )
    rows = [(row["currency"], row["open_amount"]) for row in books.show("balances_reporting")]
    assert rows == [("JPY", Decimal("625.0000")), ("KWD", Decimal("2800.3444"))]


@pytest.mark.parametrize(("reporting_currency", "found"), [("USD", 0), ("EUR", 1)])
def test_a_list_of_rates_in_another_currency_than_the_reporting_one_is_found(
    tmp_path: Path, reporting_currency: str, found: int
) -> None:
    """A list in dollars prices the euro at 1.10; under a policy that reports in euros its pounds would be wrong."""
    books = books_of(
        tmp_path,
        "2025-03-31",
        policy=f'[conventions]\nreporting_currency = "{reporting_currency}"\n',
        documents=ONE_INVOICE.replace("USD", "GBP"),
        fx_rates="date  currency  rate\n 2025-03-31  EUR  1.10\n 2025-03-31  GBP  1.25\n 2025-03-31  USD  1",
    )
    rows = books.show("rates_of_another_currency")
    assert [(row["severity"], "one EUR is 1.1 on 2025-03-31" in row["detail"]) for row in rows] == [
        ("error", True)
    ] * found


def test_a_firm_with_one_currency_is_told_where_to_say_that_it_is_its_own(tmp_path: Path) -> None:
    """The shipped policy reports in dollars: a firm with euros alone needs no rates but one line of policy."""
    books = books_of(tmp_path, "2025-03-31", documents=ONE_INVOICE.replace("USD", "EUR"))
    [found] = books.show("missing_closing_rates")
    assert found["remedy"].startswith("Set conventions.reporting_currency in the policy to EUR if that is the currency")
