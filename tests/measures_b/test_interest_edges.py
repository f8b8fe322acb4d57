"""Interest on late payment where days, currencies and agreements are awkward; every figure worked out by hand."""

from pathlib import Path

import pytest

from agingreport.books import Books
from drawn import assert_shows, books_of, shown

BRITISH = '[firm]\ncountry = "GB"\n'
FRENCH = '[firm]\ncountry = "FR"\n'
IRISH = '[firm]\ncountry = "IE"\n'
DOCUMENTS = "document_id  kind  client  document_date  due_date  amount  currency"
MATCHES = "debit_id  credit_id  amount"
CLAIM = ("document_id", "late_days", "interest_amount", "fixed_amount", "claim_amount")


def books(folder: Path, as_of: str, policy: str, *rows: str, matches: str = "", **drawings: str) -> Books:
    """Books of these documents; `matches` stand apart by semicolons."""
    if matches:
        drawings["allocations"] = "\n".join([MATCHES, *matches.split(";")])
    return books_of(folder, as_of, policy=policy, documents="\n".join([DOCUMENTS, *rows]), **drawings)


@pytest.mark.parametrize(
    ("paid_on", "interest"),
    [
        ("2023-12-31", "518.60"),  # (10,000 * 14 % * 16 + 6,000 * (14.5 % * 182 + 14.25 % * 10)) / 365
        ("2024-01-01", "520.19"),  # that day still bears interest on all, at the new rate: 4,000 * 14.5 % / 365 more
    ],
)
def test_a_payment_on_the_day_the_rate_changes(tmp_path: Path, paid_on: str, interest: str) -> None:
    """France: 4 + 10 % to the end of 2023, 14.5 % for the 182 days of January to June 2024, then 14.25 %."""
    found = books(
        tmp_path,
        "2024-08-01",
        FRENCH,
        "I1  invoice  Acme  2023-11-15  2023-12-15  10000  EUR",
        f"P1  payment  Acme  {paid_on}  -  4000  EUR",
        "P2  payment  Acme  2024-07-10  -  6000  EUR",
        matches="I1  P1  4000; I1  P2  6000",
    )
    assert shown(found, "late_interest", CLAIM) == [
        ["I1", "208", interest, "40.00", f"{float(interest) + 40:.2f}"],
    ]


def test_a_leap_day_is_a_day_and_a_year_has_365(tmp_path: Path) -> None:
    """1,000 at 13.25 % are 0.36 a day: 31 days of March after a due date of 29 February; 2 days over the 29th."""
    found = books(
        tmp_path,
        "2024-06-30",
        BRITISH,
        "I1  invoice  Acme  2024-01-30  2024-02-29  1000  GBP",
        "I2  invoice  Acme  2024-01-30  2024-02-28  1000  GBP",
        "P1  payment  Acme  2024-03-31  -  1000  GBP",
        "P2  payment  Acme  2024-03-01  -  1000  GBP",
        matches="I1  P1  1000; I2  P2  1000",
    )
    assert sorted(shown(found, "late_interest", CLAIM)) == [
        ["I1", "31", "11.16", "70.00", "81.16"],
        ["I2", "2", "0.72", "70.00", "70.72"],
    ]


def test_a_credit_note_after_the_payment_takes_its_part_out_from_the_beginning(tmp_path: Path) -> None:
    """600 of 1,000 paid ten days late, 400 credited later: 600 were late, so 0.21 a day and the small sum."""
    found = books(
        tmp_path,
        "2025-04-30",
        BRITISH,
        "I1  invoice  Acme  2025-01-01  2025-01-31  1000  GBP",
        "P1  payment  Acme  2025-02-10  -  600  GBP",
        "C1  credit_note  Acme  2025-03-01  -  400  GBP",
        matches="I1  P1  600; I1  C1  400",
    )
    assert shown(found, "late_interest", CLAIM) == [["I1", "10", "2.10", "40.00", "42.10"]]


def test_a_write_off_ends_it_and_unapplied_money_does_not(tmp_path: Path) -> None:
    """0.35 a day: 29 days up to the write-off; 69 days while the client's payment is matched with nothing."""
    found = books(
        tmp_path,
        "2025-04-10",
        BRITISH,
        "I1  invoice  Acme  2025-01-01  2025-01-31  1000  GBP",
        "W1  write_off  Acme  2025-03-01  -  1000  GBP",
        "I2  invoice  Acme  2025-01-01  2025-01-31  1000  GBP",
        "P2  payment  Acme  2025-02-10  -  1000  GBP",
        matches="I1  W1  1000",
    )
    assert shown(found, "late_interest", CLAIM) == [
        ["I1", "29", "10.15", "70.00", "80.15"],
        ["I2", "69", "24.15", "70.00", "94.15"],
    ]


def test_each_late_invoice_of_a_client_has_its_own_sum(tmp_path: Path) -> None:
    found = books(
        tmp_path,
        "2025-02-10",
        BRITISH,
        "I1  invoice  Acme  2025-01-01  2025-01-31  999.99  GBP",
        "I2  invoice  Acme  2025-01-01  2025-01-31  10000  GBP",
    )
    # 10 days at 0.35 and at 3.49
    assert_shows(
        found,
        "late_interest_by_client",
        "debt_count  interest_amount  fixed_amount  claim_amount\n 2  38.40  140.00  178.40",
    )


def test_in_ireland_what_is_paid_on_the_day_and_what_is_still_open_are_one_stretch(tmp_path: Path) -> None:
    """500 * 12.5 % * 20 / 365 paid in June; 1,000 * 12.25 % * 40 / 365 paid today or open: 3.42 and 13.42."""
    found = books(
        tmp_path,
        "2024-07-10",
        IRISH,
        "I1  invoice  Acme  2024-05-01  2024-05-31  1500  EUR",
        "P1  payment  Acme  2024-06-20  -  500  EUR",
        "P2  payment  Acme  2024-07-10  -  500  EUR",
        matches="I1  P1  500; I1  P2  500",
    )
    assert_shows(
        found,
        "interest_periods",
        """
        from_date   to_date     rate_on     principal_amount  interest_amount
        2024-05-31  2024-06-20  2024-06-20  500.00            3.42465753
        2024-05-31  2024-07-10  2024-07-10  1000.00           13.42465753
        """,
    )
    assert shown(found, "late_interest", CLAIM) == [["I1", "40", "16.85", "70.00", "86.85"]]


@pytest.mark.parametrize(
    ("currency", "amount", "rounding", "interest"),
    [
        ("JPY", "100000", "total", "1644.0000"),  # 1,643.84
        ("JPY", "100000", "daily", "1650.0000"),  # 32.88 a day
        ("KWD", "1234.567", "total", "20.2940"),  # 20.29425
        ("KWD", "1234.567", "daily", "20.3000"),  # 0.40588 a day
        ("USD", "1234.567", "total", "20.2900"),
    ],
)
def test_a_claim_is_in_whole_units_of_its_currency(
    tmp_path: Path, currency: str, amount: str, rounding: str, interest: str
) -> None:
    """12 % for 50 days; ISO 4217: the yen has no decimals, the dinar three."""
    policy = f'[late_interest.contract]\nyearly_rate = 0.12\nrounding = "{rounding}"\n'
    found = books(tmp_path, "2025-02-20", policy, f"I1  invoice  Acme  2024-12-01  2025-01-01  {amount}  {currency}")
    [row] = found.show("late_interest")
    assert (str(row["interest_amount"]), str(row["claim_amount"])) == (interest, interest)


@pytest.mark.parametrize(
    ("agreed_on", "schemes"),
    [
        ("2025-06-01", ["GB-LPCDA", "contract"]),
        ("2025-06-02", ["GB-LPCDA", "contract"]),
        ("2025-06-03", ["GB-LPCDA", "GB-LPCDA"]),
        ("-", ["contract", "contract"]),
    ],
)
def test_terms_bind_what_was_issued_on_the_day_they_were_agreed_or_later(
    tmp_path: Path, agreed_on: str, schemes: list[str]
) -> None:
    """24 % agreed in June is nothing to ask for on an invoice of January; on what day unknown, it counts for all."""
    found = books(
        tmp_path,
        "2025-07-31",
        BRITISH + "[late_interest.contract]\nyearly_rate = 0.24\n",
        "I1  invoice  Acme  2025-01-01  2025-01-31  1000  GBP",
        "I2  invoice  Acme  2025-06-02  2025-06-30  1000  GBP",
        agreements=f"client  kind  on_file  date\n Acme  signed_terms  yes  {agreed_on}",
    )
    assert shown(found, "late_interest", ("document_id", "scheme")) == [["I1", schemes[0]], ["I2", schemes[1]]]


def test_a_document_that_the_policy_names_by_id_and_by_number_is_claimed_once(tmp_path: Path) -> None:
    """20 % under its id; a number that two documents bear counts for both, and check says so: 69 days of 1,000."""
    policy = '[late_interest.documents."77"]\nyearly_rate = 0.1\n[late_interest.documents."I1"]\nyearly_rate = 0.2\n'
    found = books_of(
        tmp_path,
        "2025-04-10",
        policy=BRITISH + policy,
        documents="""
            document_id  kind     client  number  document_date  due_date    amount  currency
            I1           invoice  Acme    77      2025-01-01     2025-01-31  1000    GBP
            I2           invoice  Bolt    77      2025-01-01     2025-01-31  1000    GBP
        """,
    )
    assert shown(found, "late_interest", ("document_id", "scheme", "claim_amount")) == [
        ["I1", "contract on I1", "37.81"],
        ["I2", "contract on 77", "18.90"],
    ]
    [odd] = found.show("unknown_policy_names")
    assert (odd["subject"], "2 documents bear that number" in odd["detail"]) == ("document 77", True)


def test_a_name_that_is_one_documents_id_is_not_anothers_number(tmp_path: Path) -> None:
    found = books_of(
        tmp_path,
        "2025-04-10",
        policy=BRITISH + '[late_interest.documents."I2"]\nyearly_rate = 0.2\n',
        documents="""
            document_id  kind     client  number  document_date  due_date    amount  currency
            I1           invoice  Acme    I2      2025-01-01     2025-01-31  1000    GBP
            I2           invoice  Bolt    9       2025-01-01     2025-01-31  1000    GBP
        """,
    )
    assert shown(found, "late_interest", ("document_id", "scheme")) == [["I1", "GB-LPCDA"], ["I2", "contract on I2"]]
    assert len(found.show("unknown_policy_names")) == 0
