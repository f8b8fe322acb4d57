"""How amounts are read, and how a file's one decimal mark is found."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from loaded import load, money, refusal, table, write

from agingreport.errors import AgingReportError
from agingreport.readers.amounts import decide_mark, parse_amount
from agingreport.readers.values import DecimalMark

PROFILE = """
table = "documents"
kind = "invoice"
[columns]
number = "No"
client = "Client"
document_date = "Date"
amount = "Amount"
"""


@pytest.mark.parametrize(
    ("text", "mark", "expected"),
    [
        ("1250.5", ".", "1250.5"),
        ("1,500.00", ".", "1500.00"),
        ("1,00,000.00", ".", "100000.00"),
        ("1'234.50", ".", "1234.50"),
        ("1\u2019234.50", ".", "1234.50"),
        ("$1,584,490.71", ".", "1584490.71"),
        ("-$200.00", ".", "-200"),
        ("$-142.85", ".", "-142.85"),
        ("($400.00)", ".", "-400"),
        ("$(5.00)", ".", "-5"),
        ("$13.50 ", ".", "13.50"),
        ("5-", ".", "-5"),
        ("\u22125", ".", "-5"),
        ("+5", ".", "5"),
        ("USD 5", ".", "5"),
        ("5 EUR", ".", "5"),
        ("Rs.500", ".", "500"),
        ("Rs. 1,00,000.50", ".", "100000.50"),
        (".5", ".", "0.5"),
        ("5.", ".", "5"),
        ("20 160,0", ",", "20160"),
        ("20\u202f160,00", ",", "20160"),
        ("20\u00a0160,00", ",", "20160"),
        ("1.154,61", ",", "1154.61"),
        (" 000000000003000,00", ",", "3000"),
        ("1.234", ",", "1234"),
        ("1.234", ".", "1.234"),
        ("CHF 1'234.50", ".", "1234.50"),
        ("12,34,567.89", ".", "1234567.89"),
        ("₹ 1,00,000", ".", "100000"),
        ("1\u202f234,56\u00a0€", ",", "1234.56"),
        ("1\u2009234,56 zł", ",", "1234.56"),
        ("¥1,234", ".", "1234"),
        ("￥1,234.00", ".", "1234.00"),
        ("1234元", ".", "1234"),
        ("US$ 5", ".", "5"),
        ("5 kr", ".", "5"),
        ("R$ 1.234,50", ",", "1234.50"),
        ("€-5.00", ".", "-5"),
        ("-€5.00", ".", "-5"),
        ("- 5.00", ".", "-5"),
        ("1.234,56-", ",", "-1234.56"),
        ("(1 234,56)", ",", "-1234.56"),
        ("(€5.00)", ".", "-5"),
        ("  13.50\u00a0", ".", "13.50"),
        ("100,00 H", ",", "-100"),
        ("100,00 S", ",", "100"),
        ("1,000.00 Cr", ".", "-1000"),
        ("1,000.00 Dr.", ".", "1000"),
        ("-5 Cr", ".", None),
        ("1.5k", ".", None),
        ("3 Mio", ".", None),
        ("3 Mio. EUR", ".", None),
        ("2 lakh", ".", None),
        ("2.5万", ".", None),
        ("5 M", ".", None),
        ("5 c", ".", None),
        ("C$5", ".", "5"),
        ("12,50", ".", None),
        ("12.50", ",", None),
        ("1 2", ".", None),
        ("1,23", ".", None),
        ("1,234,56", ".", None),
        ("1,234'567", ".", None),
        ("1.5.6", ".", None),
        ("--5", ".", None),
        ("-5-", ".", None),
        ("(5", ".", None),
        ("5)", ".", None),
        (")5(", ".", None),
        ("-(5)", ".", None),
        ("5%", ".", None),
        ("1e5", ".", None),
        ("1_000", ".", None),
        ("123456789012345", ".", None),
        ("abc", ".", None),
        ("-", ".", None),
        ("", ".", None),
    ],
)
def test_an_amount_is_read_exactly_or_it_is_not(text: str, mark: DecimalMark, expected: str | None) -> None:
    assert parse_amount(text, mark) == (Decimal(expected) if expected else None)


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_every_amount_comes_back_from_every_way_to_write_it(amount: Decimal) -> None:
    english, size = f"{amount:,.2f}", f"{abs(amount):,.2f}"
    german = english.translate(str.maketrans(",.", ".,"))
    ways: list[tuple[str, DecimalMark]] = [
        (english, "."),
        (f"{amount:.2f}", "."),
        (f"€ {english}", "."),
        (f"({size})" if amount < 0 else size, "."),
        (f"{size}-" if amount < 0 else f"{size} ", "."),
        (german, ","),
        (german.replace(".", "\u00a0"), ","),
    ]
    assert {parse_amount(text, mark) for text, mark in ways} == {amount}


def test_one_amount_settles_the_mark_of_all() -> None:
    assert decide_mark(["1.234", "1.234,5"]) == ","
    assert decide_mark(["1.234", "12.50"]) == "."
    assert decide_mark(["1.234", "1.234.567"]) == ","
    assert decide_mark(["1,234", "0,5"]) == ","


def test_whole_numbers_need_no_mark() -> None:
    assert decide_mark(["10", "2000", "nonsense"]) == "."


def test_an_amount_that_can_be_either_is_asked_for() -> None:
    with pytest.raises(AgingReportError, match=r"1\.234 can be read with either decimal mark"):
        decide_mark(["1.234", "10"])
    with pytest.raises(AgingReportError, match=r"1\.50 and 2,50 have different decimal marks"):
        decide_mark(["1.50", "2,50"])


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("１２３．５０", "123.50"),
        ("1２3", "123"),
        ("١٢٣.٥٠", "123.50"),
        ("（５．００）", "-5"),
        ("－５", "-5"),
        ("￥１,234.5", "1234.5"),
    ],
)
def test_digits_and_marks_of_any_script_and_width_are_those_of_any_other(text: str, amount: str) -> None:
    assert parse_amount(text, ".") == Decimal(amount)


@pytest.mark.parametrize("text", ["12²", "½", "Ⅻ"])
def test_a_sign_for_a_number_that_is_no_digit_makes_no_amount(text: str) -> None:
    assert parse_amount(text, ".") is None


def test_a_leading_nought_is_no_thousand() -> None:
    assert decide_mark(["0.125"]) == "."


def test_the_mark_is_found_for_the_whole_file_and_the_option_overrules_it(tmp_path: Path) -> None:
    text = table("No;Client;Date;Amount", "1;A;2026-01-05;1.154,61", "2;A;2026-01-05;1.000")
    path, profile = write(tmp_path, text), write(tmp_path, PROFILE, "my.toml")
    assert load(path, profile=profile).rows("documents", "amount") == [(money("1154.61"),), (money("1000"),)]
    assert load(path, profile=profile, decimal_mark=".").rows("documents", "amount") == [(money("1"),)]


def test_a_file_that_leaves_the_mark_open_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, table("No;Client;Date;Amount", "1;A;2026-01-05;1.000"))
    message = refusal(path, profile=write(tmp_path, PROFILE, "my.toml"))
    assert 'say --decimal "." or --decimal ","' in message
